from odoo import api, fields, models

from ..models.procedure.rulebook_lists import UNITS


class TaskExtend(models.TransientModel):
    """How much more time a task gets, why, and who is told in advance."""

    _name = "cx.task.extend"
    _description = "Extend a Task"
    _inherit = ["cx.number.mixin"]

    # nothing of a task that the user does not see
    task_id = fields.Many2one("cx.task", required=True)
    due_on = fields.Datetime(related="task_id.due_on", related_sudo=False)
    limit_text = fields.Char(string="May Take", compute="_compute_unit")
    company_id = fields.Many2one(related="task_id.company_id", related_sudo=False)
    is_promised = fields.Boolean(compute="_compute_unit")
    unit = fields.Selection(UNITS, compute="_compute_unit")
    amount = fields.Float(string="More Time", default=1.0)
    new_due_on = fields.Datetime(string="Due From Now On", compute="_compute_new_due_on")
    reason = fields.Char(required=True)
    told_user_ids = fields.Many2many(
        "res.users", string="Tell", domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Who waits for it, and hears of it now.")
    customer_told = fields.Char(
        string="Customer Was Told", help="It is promised to him: what he was told. Kept among the contacts of the case.")

    @api.depends("task_id")
    def _compute_unit(self):
        for dialog in self:
            task = dialog.task_id
            is_timed = task.has_access("read") and not task._blockers_extend()
            dialog.limit_text = is_timed and task.limit_text
            dialog.unit = is_timed and task._extension_unit()
            dialog.is_promised = is_timed and task._is_promised()

    @api.depends("task_id", "amount")
    def _compute_new_due_on(self):
        """What it will be: the same clock says it that will count then."""
        for dialog in self:
            dialog.new_due_on = dialog.unit and dialog.task_id._is_extension(dialog.amount) and (
                dialog.task_id._due_if_extended(dialog.amount))

    def action_extend(self):
        """Give it more time, by the verb of the task."""
        self.ensure_one()
        self.task_id._extend(self.amount, self.reason, self.told_user_ids, self.customer_told)
        return {"type": "ir.actions.act_window_close"}
