from odoo import api, fields, models


class TaskHandOver(models.TransientModel):
    """To whom tasks are given, and why."""

    _name = "cx.task.hand.over"
    _description = "Hand Over Tasks"

    task_ids = fields.Many2many("cx.task", required=True)
    choice_ids = fields.Many2many("res.users", compute="_compute_choice_ids")
    user_id = fields.Many2one("res.users", string="To", required=True, domain="[('id', 'in', choice_ids)]")
    reason = fields.Char(required=True, help="Kept with the task.")

    @api.depends("task_ids")
    def _compute_choice_ids(self):
        """Those of the queue; for who leads every case, everybody of the company."""
        for dialog in self:
            tasks = dialog.task_ids
            people = tasks.queue_user_ids
            if tasks and all(task._leads() for task in tasks):
                people = people.search([("share", "=", False), ("company_ids", "in", tasks.company_id.ids)])
            dialog.choice_ids = people - (tasks.user_id if len(tasks) == 1 else people.browse())

    def action_hand_over(self):
        """Give the tasks to the person chosen."""
        self.ensure_one()
        self.task_ids._hand_over(self.user_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
