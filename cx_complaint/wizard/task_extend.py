from odoo import fields, models


class TaskExtend(models.TransientModel):
    """How much more time a task gets, why, and who is told in advance."""

    _name = "cx.task.extend"
    _description = "Extend a Task"
    _inherit = ["cx.number.mixin"]

    task_id = fields.Many2one("cx.task", required=True)
    due_on = fields.Datetime(related="task_id.due_on")
    unit = fields.Selection(related="task_id.milestone_id.limit_unit")
    amount = fields.Float(string="More Time", default=1.0, help="In the unit of the limit.")
    reason = fields.Char(required=True)
    told_user_ids = fields.Many2many(
        "res.users", string="Tell", domain="[('share', '=', False)]", help="Who waits for it, and hears of it now.")

    def action_extend(self):
        """Give it more time, by the verb of the task."""
        self.ensure_one()
        self.task_id._extend(self.amount, self.reason, self.told_user_ids)
        return {"type": "ir.actions.act_window_close"}
