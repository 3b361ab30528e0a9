from odoo import fields, models


class TaskPassUp(models.TransientModel):
    """Why somebody further up is asked."""

    _name = "cx.task.pass.up"
    _description = "Pass Tasks Up"

    task_ids = fields.Many2many("cx.task", required=True)
    reason = fields.Char(required=True, help="Whoever is asked reads it.")

    def action_pass_up(self):
        """Tell the next step of the ladder."""
        self.ensure_one()
        self.task_ids._pass_up(self.reason)
        return {"type": "ir.actions.act_window_close"}
