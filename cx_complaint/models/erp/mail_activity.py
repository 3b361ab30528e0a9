from odoo import fields, models


class MailActivity(models.Model):
    """The task of a case whose deadline an activity is about."""

    _inherit = "mail.activity"

    cx_task_id = fields.Many2one("cx.task", string="Task of a Case", index="btree_not_null", ondelete="set null", readonly=True)

    def _has_field_access(self, field, operation):
        # an activity of somebody else's making would be taken for that of the task, and told what belongs to its case
        if operation == "write" and field.name == "cx_task_id" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)
