from odoo import fields, models


class MailActivity(models.Model):
    """The task of a case whose deadline an activity is about."""

    _inherit = "mail.activity"

    cx_task_id = fields.Many2one("cx.task", string="Task of a Case", index="btree_not_null", ondelete="set null", readonly=True)
