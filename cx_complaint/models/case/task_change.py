from odoo import fields, models


class TaskChange(models.Model):
    """What changed about a task after it had started, and why: never overwritten."""

    _name = "cx.task.change"
    _description = "Change of a Task"
    _check_company_auto = True
    _order = "id desc"

    task_id = fields.Many2one("cx.task", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="task_id.company_id", store=True, index=True)
    kind = fields.Selection(
        [
            ("calendar", "Working time changed"), ("pause", "Waiting"), ("extension", "Extended"),
            ("unreachable", "Customer unreachable"), ("agreed", "Date agreed"), ("assigned", "Handed over"),
            ("passed_up", "Passed up"), ("procedure", "Procedure changed"), ("reopened", "Reopened"),
            ("explained", "Delay explained"), ("told", "Customer told"), ("other", "Other"),
        ],
        required=True)
    changed_on = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", default=lambda self: self.env.user)
    old_due_on = fields.Datetime()
    new_due_on = fields.Datetime()
    old_user_id = fields.Many2one("res.users")
    new_user_id = fields.Many2one("res.users")
    old_role_id = fields.Many2one("cx.procedure.role", check_company=True, ondelete="set null", index="btree_not_null")
    new_role_id = fields.Many2one("cx.procedure.role", check_company=True, ondelete="set null", index="btree_not_null")
    held_seconds = fields.Integer(help="How long who had it before had it, counted as the limit counts.")
    reason = fields.Char()
