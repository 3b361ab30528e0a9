from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.blocker import Blocker
from ...rules.filling import superior
from .complaint_tasks import EVENT_OF_VERB
from .task_hand_over import OPEN


class Task(models.Model):
    """Why a task is late, where the rulebook wants to know: asked before it is done, and afterwards of what goods, money or
    another event ended.

    :source: S0-5.2.10c
    """

    _inherit = "cx.task"

    is_reason_missing = fields.Boolean(
        string="Delay Not Explained", compute="_compute_is_reason_missing", search="_search_is_reason_missing",
        help="It is or was late, the procedure wants to know why, and nobody has said it.")
    can_explain = fields.Boolean(compute="_compute_can_explain")

    _late_idx = models.Index("(user_id) WHERE late_seconds > 0")

    @api.depends("state", "due_on", "late_seconds", "late_reason", "milestone_id")
    def _compute_is_reason_missing(self):
        for task in self:
            task.is_reason_missing = task._is_unexplained()

    @api.model
    def _search_is_reason_missing(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: cx.milestone - as the rulebook says
        asked = self.env["cx.milestone"].sudo()._search([("is_reason_required", "=", True)])
        over = Domain("state", "=", "done") & Domain("late_seconds", ">", 0)
        still = Domain("state", "in", tuple(OPEN)) & Domain("due_on", "<", fields.Datetime.now())
        return (over | still) & Domain("late_reason", "in", (False, "")) & Domain("milestone_id", "in", asked)

    @api.depends("state", "due_on", "late_seconds", "user_id", "queue_user_ids", "complaint_id.handler_id")
    @api.depends_context("uid")
    def _compute_can_explain(self):
        for task in self:
            task.can_explain = not task._blockers_explain()

    def _is_unexplained(self):
        """Whether the rulebook wants to know why it is late and nobody has said it: the only place that knows."""
        return self._is_past_due() and not self.late_reason and self._rule().is_reason_required

    def _is_past_due(self):
        """Whether it was done behind its due date, or is not done yet, paused or not."""
        self.ensure_one()
        if self.state in OPEN:
            return bool(self.due_on) and self.due_on < fields.Datetime.now()
        return self.state == "done" and self.late_seconds > 0

    # Saying why

    def action_explain(self):
        """Ask why it is late; see :meth:`_explain`."""
        self.ensure_one()
        self._raise_task_blockers(self._blockers_explain())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_done_action")
        return {**action, "name": self.env._("Explain Delay"),
                "context": {"default_task_id": self.id, "default_is_explanation": True}}

    def _explain(self, reason):
        """Keep why these tasks are late, and who said so; what was said before stays among the changes."""
        self.check_access("read")
        reason = (reason or "").strip()
        blockers = [blocker for task in self for blocker in task._blockers_explain()]
        if not reason:
            blockers += [Blocker("no_reason", task.name, self.env._("Nothing is said about why it is late."),
                                 self.env._("Give the reason.")) for task in self]
        self._raise_task_blockers(blockers)
        tasks = self.sudo()  # sudo: cx.task, cx.task.change - checked above
        tasks.write({"late_reason": reason})
        tasks.env["cx.task.change"].create([{
            "task_id": task.id, "kind": "explained", "reason": reason, "user_id": self.env.uid, "old_due_on": task.due_on,
            "new_due_on": task.due_on} for task in tasks])

    # What stands in the way

    def _blockers_explain(self):
        """Why the user may not say why it is late: what is over is explained by who had it, or by somebody above him."""
        self.ensure_one()
        if not (self._is_past_due() or self.state == "missed"):
            return [Blocker("not_late", self.name, self.env._("It is not late."), self.env._("There is nothing to explain."))]
        if self.state in OPEN:
            return self._blockers_not_mine()
        user = self.env.user
        if self.env.su or user in self._had_by() or user.has_group("cx_complaint.group_manager") or (
                user.id in self._superiors()):
            return []
        return [Blocker("not_had", self.name, self.env._("You did not have it."), self._explainers_text())]

    def _had_by(self):
        """Who had it to the end; where nobody had, the queue that left it lying."""
        return self.user_id or self.queue_user_ids

    def _superiors(self):
        """Ids of those above whoever had it."""
        staff = self.env["cx.role"]._staff(self.company_id.id)
        return [person for user in self._had_by() for person in superior(staff, user.id)]

    def _explainers_text(self):
        people = self._had_by() | self.env["res.users"].browse(self._superiors())
        # sudo: res.users - their names
        return self.env._("Ask %(people)s, or the complaint manager.", people=", ".join(people.sudo().mapped("name"))
                          or self.env._("nobody"))

    def _blockers_late_reason(self):
        """It may not be done without a reason."""
        if not self._is_unexplained():
            return []
        return [Blocker(
            "late_reason_missing", self.name, self.env._("It is late, and nobody has said why."),
            self.env._("Give the reason."))]


class Complaint(models.Model):
    """Steps of a case that wait until somebody has said why a task is late."""

    _inherit = "cx.complaint"

    def _blockers_late(self, verb):
        """Late tasks that end with this step; and before the case is closed, those that something else has ended."""
        event = EVENT_OF_VERB.get(verb)
        asked = self.sudo().task_ids.filtered(  # sudo: cx.task - what holds the case up is the same for everybody
            lambda task: task._is_unexplained() and (
                event and task._rule().duty.stop == event if task.state in OPEN else verb == "close"))
        return [self._blocker(
            "late_reason_missing", self.env._("“%(task)s” is late, and nobody has said why.", task=task.name)
            if task.state in OPEN else self.env._("“%(task)s” was done late, and nobody has said why.", task=task.name),
            self.env._("Give the reason on the task: “Explain Delay”.") if task.state in OPEN else self.env._(
                "%(people)s had it. He, somebody above him or the complaint manager gives the reason on the task: “Explain Delay”.",
                people=", ".join(task._had_by().mapped("name")) or task._people_text())) for task in asked]
