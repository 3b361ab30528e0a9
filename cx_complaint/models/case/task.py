from odoo import fields, models

from ...rules.milestones import OPEN
from ..procedure.department import FUNCTIONS


class Task(models.Model):
    """What somebody has to do in a case, and the clock that measures it. Made from a milestone when its event happens.

    The due date follows from start, limit, working time and pauses; what is stored is a cache to search by.
    """

    _name = "cx.task"
    _description = "Task of a Case"
    _inherit = ["cx.by.verb.mixin"]
    _check_company_auto = True
    _order = "due_on, id"

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    milestone_id = fields.Many2one(
        "cx.milestone", required=True, ondelete="restrict", index=True, readonly=True, check_company=True)
    name = fields.Char(related="milestone_id.name")
    nth = fields.Integer(default=1, readonly=True, help="How often it was to be done in this case by now.")
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("done", "Done"), ("missed", "Missed"),
         ("off", "Not needed")], default="running",
        required=True, readonly=True, index=True)

    # whose
    role_id = fields.Many2one("cx.procedure.role", check_company=True, readonly=True, ondelete="restrict", index=True)
    function = fields.Selection(FUNCTIONS, readonly=True, index="btree_not_null")
    department_id = fields.Many2one("cx.department", check_company=True, readonly=True, ondelete="set null", index="btree_not_null")
    user_id = fields.Many2one("res.users", string="Assigned To", readonly=True, index="btree_not_null")
    queue_user_ids = fields.Many2many(
        "res.users", "cx_task_queue_rel", "task_id", "user_id", string="Queue Of", readonly=True,
        help="Everybody who may do it.")

    # when
    started_on = fields.Datetime(required=True, readonly=True)
    due_on = fields.Datetime(readonly=True, index="btree_not_null", help="Empty: there is no clock.")
    agreed_on = fields.Datetime(string="Agreed Date", readonly=True)
    extension_seconds = fields.Integer(readonly=True)
    next_alarm_on = fields.Datetime(readonly=True, index="btree_not_null")
    done_on = fields.Datetime(readonly=True)
    done_by_id = fields.Many2one("res.users", readonly=True)
    result = fields.Char(readonly=True)
    used_seconds = fields.Integer(readonly=True, help="Counted as the limit counts, when it was done.")
    late_seconds = fields.Integer(readonly=True, help="Counted as the limit counts. 0: in time.")
    late_reason = fields.Char(readonly=True)

    change_ids = fields.One2many("cx.task.change", "task_id", string="Changes")
    escalation_ids = fields.One2many("cx.escalation", "task_id", string="Escalations")

    _BY_VERB_ONLY = frozenset({
        "complaint_id", "milestone_id", "nth", "state", "role_id", "function", "department_id", "user_id",
        "queue_user_ids", "started_on", "due_on", "agreed_on", "extension_seconds", "next_alarm_on", "done_on", "done_by_id",
        "result", "used_seconds", "late_seconds", "late_reason", "clock_problem",
    })

    _once = models.UniqueIndex("(complaint_id, milestone_id, nth)", "A task exists once per case, milestone and turn.")

    def _still_open(self):
        """Those that are to be done, running or paused."""
        return self.filtered(lambda task: task.state in OPEN)
