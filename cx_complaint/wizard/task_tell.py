from odoo import fields, models


class TaskTell(models.TransientModel):
    """What the customer was told of a date that has moved."""

    _name = "cx.task.tell"
    _description = "Tell the Customer"

    # nothing of a task that the user does not see
    task_id = fields.Many2one("cx.task", required=True)
    promised_on = fields.Datetime(related="task_id.promised_on", related_sudo=False)
    due_on = fields.Datetime(related="task_id.due_on", related_sudo=False)
    customer_told = fields.Char(string="Customer Was Told", required=True)

    def action_tell(self):
        """Keep it, by the verb of the task."""
        self.ensure_one()
        self.task_id._tell_customer(self.customer_told)
        return {"type": "ir.actions.act_window_close"}
