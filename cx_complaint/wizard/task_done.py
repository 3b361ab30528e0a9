from odoo import fields, models


class TaskDone(models.TransientModel):
    """What came out of a task, and why it is late; or only the latter."""

    _name = "cx.task.done"
    _description = "Finish a Task"

    task_id = fields.Many2one("cx.task", required=True)
    is_explanation = fields.Boolean(help="It stays open: only the delay is explained.")
    is_late = fields.Boolean(related="task_id.is_late", related_sudo=False)
    instruction = fields.Text(related="task_id.instruction", related_sudo=False)
    result = fields.Char(help="What came out; kept with the task.")
    late_reason = fields.Char(string="Why It Is Late")

    def action_done(self):
        """The task is done, by its own verb."""
        self.ensure_one()
        self.task_id.action_done(self.result, self.late_reason)
        return {"type": "ir.actions.act_window_close"}

    def action_explain(self):
        """Keep the reason, by the verb of the task."""
        self.ensure_one()
        self.task_id._explain(self.late_reason)
        return {"type": "ir.actions.act_window_close"}
