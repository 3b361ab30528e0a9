from datetime import timedelta

from odoo import models

from ...rules import milestones
from ...rules.blocker import Blocker
from ...rules.limits import converted
from .by_code import BY_CODE, is_by_code


class Task(models.Model):
    """What becomes of the tasks of a case that comes under another procedure or edition.

    What carries on there is the task of whom the new one names. Only whom somebody has given it to by hand keeps it.
    """

    _inherit = "cx.task"

    def _follow_procedure(self, procedure, reason):
        """Open tasks carry on as those of the same code in ``procedure``, with their start and pauses; the rest is off.

        :param procedure: the rulebook that the case is under now, or none
        :param reason: why it is; kept with every task that changes
        """
        tasks = self.sudo()._still_open()  # sudo: cx.task - follows from the case, which somebody may move
        codes = set(procedure.sudo().milestone_ids.mapped("code"))
        kept = tasks.filtered(lambda task: task.milestone_id.code in codes)
        gone = tasks - kept
        tasks.browse()._end({milestones.OFF: [(task, None) for task in gone]})
        self.env["cx.task.change"].sudo().create([{  # sudo: cx.task.change - as above
            "task_id": task.id, "kind": "procedure", "reason": reason, "user_id": self.env.uid, "old_due_on": task.due_on}
            for task in gone])
        kept._carry_on(procedure, reason)

    def _carry_on(self, procedure, reason):
        """These open tasks go on under another procedure: by its limits, with its role, people and department."""
        held = self._held_seconds()  # by the limit under which they had it
        handed = self.filtered(lambda task: task._was_handed_over())
        before = {task: {"old_role_id": task.role_id.id, "old_due_on": task.due_on} for task in self}
        self._rename_to(procedure)
        waiting = self.filtered(lambda task: task._waits_with_case())
        waiting.write({"state": "paused"})
        (self - waiting).write({"state": "running"})
        self._reassign(reason, held=held, kept=handed)
        self._update_due()
        self.env["cx.task.change"].create([{
            **before[task], "task_id": task.id, "kind": "procedure", "reason": reason, "user_id": self.env.uid,
            "new_role_id": task.role_id.id, "new_due_on": task.due_on} for task in self])

    def _rename_to(self, procedure):
        """Each is the task of the milestone of its code there; time that it was granted counts as it was meant."""
        namesakes = {milestone.code: milestone for milestone in procedure.sudo().milestone_ids}  # sudo: cx.milestone
        for milestone, those in self.grouped("milestone_id").items():
            namesake = namesakes.get(milestone.code)
            if not namesake or namesake == milestone:
                continue
            units = {task: task._counted_in() for task in those if task.extension_seconds}
            those.write({
                "milestone_id": namesake.id, "role_id": namesake.role_id.id, "function": namesake.role_id.function})
            for task, unit in units.items():
                task.extension_seconds = converted(
                    timedelta(seconds=task.extension_seconds), unit, task._counted_in(),
                    task._calendar().hours_per_day).total_seconds()

    def _was_handed_over(self):
        """Whether somebody else gave it by hand to who has it now."""
        return bool(self.taken_on) and any(
            change.kind == "assigned" and change.changed_on == self.taken_on and change.user_id != self.user_id
            for change in self.change_ids)

    def _open_again(self):
        """What is to be done again is done as the procedure of the case says by now, by who is there by now."""
        for procedure, those in self.grouped(lambda task: task.complaint_id.procedure_id).items():
            those._rename_to(procedure)
        result = super()._open_again()
        self._reassign()
        return result

    def _blockers_take_back(self):
        blockers = super()._blockers_take_back()
        case = self.complaint_id.sudo()  # sudo: cx.complaint, cx.milestone - what its procedure is
        if self.sudo().milestone_id.code not in case.procedure_id.milestone_ids.mapped("code"):
            blockers.append(Blocker(
                "other_procedure", self.name, self.env._("The procedure that the case is under now does not know it."),
                self.env._("It stays done.")))
        return blockers


class Complaint(models.Model):
    """Cases that come under another procedure or edition."""

    _inherit = "cx.complaint"

    def _put_under(self, procedure, reason, **vals):
        """Write the procedure, and let everything follow: tasks, classes, severity, route.

        :param vals: what is written together with it
        """
        if is_by_code(self.env, "cx_is_registered"):
            return super()._put_under(procedure, reason, **vals)
        result = super(Complaint, self.with_context(cx_follows_rulebook=BY_CODE))._put_under(procedure, reason, **vals)
        self.sudo().task_ids._follow_procedure(procedure, reason)  # sudo: cx.task - as above
        self._follow_rulebook(frozenset({"procedure_id"}))
        self._sync_tasks()
        return result
