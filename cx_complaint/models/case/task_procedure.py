from odoo import models

from ...rules import milestones
from .by_code import BY_CODE, is_by_code


class Task(models.Model):
    """What becomes of the tasks of a case that comes under another procedure or edition."""

    _inherit = "cx.task"

    def _follow_procedure(self, procedure, reason):
        """Open tasks carry on as those of the same code in ``procedure``, with their start and pauses; the rest is off.

        :param procedure: the rulebook that the case is under now, or none
        :param reason: why it is; kept with every task that changes
        """
        tasks = self.sudo()._still_open()  # sudo: cx.task - follows from the case, which somebody may move
        namesakes = {milestone.code: milestone for milestone in procedure.sudo().milestone_ids}
        kept, gone = tasks.browse(), tasks.browse()
        for milestone, those in tasks.grouped("milestone_id").items():
            namesake = namesakes.get(milestone.code)
            if namesake:
                kept |= those
                those.write({
                    "milestone_id": namesake.id, "role_id": namesake.role_id.id, "function": namesake.role_id.function})
            else:
                gone |= those
        tasks.browse()._end({milestones.OFF: [(task, None) for task in gone]})
        self.env["cx.task.change"].sudo().create([{  # sudo: cx.task.change - as above
            "task_id": task.id, "kind": "procedure", "reason": reason, "user_id": self.env.uid, "old_due_on": task.due_on}
            for task in gone])
        kept._reassign(reason)
        kept._update_due("procedure", reason)


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
