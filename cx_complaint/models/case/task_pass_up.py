from itertools import takewhile

from odoo import api, fields, models

from ...rules.blocker import Blocker


class Task(models.Model):
    """Who cannot settle it alone asks the next step of the ladder at once, whatever the clock says.

    The step counts as taken: its deadline does not ring a second time.

    :source: S0-5.2.1c, S2.13-4, S3-3.4b, S3-III.2b, S4-1.2d
    """

    _inherit = "cx.task"

    can_pass_up = fields.Boolean(compute="_compute_can_pass_up")

    @api.depends("state", "user_id", "queue_user_ids", "escalation_ids", "complaint_id.handler_id")
    @api.depends_context("uid")
    def _compute_can_pass_up(self):
        for task in self:
            task.can_pass_up = not task._blockers_pass_up()

    # Verbs

    def action_pass_up(self):
        """Ask why; see :meth:`_pass_up`."""
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_pass_up())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_pass_up_action")
        return {**action, "context": {"default_task_ids": self.ids}}

    def _pass_up(self, reason):
        """Tell the next step of each task's ladder, once; who is told has the task among his own as well."""
        self.check_access("read")
        self.lock_for_update()  # two who ask at once: the second one reaches the step above
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_pass_up())
        for task in self:
            task._tell_rungs(task._next_rungs(), reason)

    def _tell_rungs(self, rungs, reason):
        """Take steps of the ladder now, and write down who was told and why."""
        self.ensure_one()
        # sudo: cx.task, cx.escalation, cx.complaint - written by this verb, which has checked who may
        task = self.sudo()
        complaint = task.complaint_id
        people = rungs.role_id._resolve(complaint)
        told = self.env["res.users"].sudo()
        for rung in rungs:
            users = people[rung.role_id.id, complaint.id]
            task.env["cx.escalation"].create({
                "task_id": task.id, "rung_id": rung.id, "fired_on": fields.Datetime.now(), "user_ids": [(6, 0, users.ids)]})
            told |= users.sudo()
        task.queue_user_ids |= told
        task.env["cx.task.change"].create({
            "task_id": task.id, "kind": "passed_up", "reason": reason, "user_id": self.env.uid,
            "old_due_on": task.due_on, "new_due_on": task.due_on})
        complaint.message_notify(
            partner_ids=told.partner_id.ids,
            subject=self.env._("%(case)s: you are asked to help", case=complaint.display_name),
            body=". ".join(filter(None, [task.name, reason, *rungs.mapped("name")])))

    def _next_rungs(self):
        """The lowest steps of the ladder that nobody has heard of yet; those of the same moment together."""
        self.ensure_one()
        # sudo: cx.milestone, cx.escalation - what the rulebook says, and what was done by it
        task = self.sudo()
        taken = self.env["cx.ladder.rung"].sudo().union(*(told._rung_of(task) for told in task.escalation_ids))
        rungs = task.milestone_id.ladder_id.rung_ids.filtered(lambda rung: not rung.consecutive and rung not in taken)
        first = rungs[:1]
        return rungs.browse(rung.id for rung in takewhile(
            lambda rung: (rung.when, rung.offset, rung.unit) == (first.when, first.offset, first.unit), rungs))

    # What stands in the way

    def _blockers_pass_up(self):
        """Why the user may not pass it up."""
        self.ensure_one()
        blockers = self._blockers_over()
        user = self.env.user
        if not (user in self.queue_user_ids or user == self.user_id or self._leads()):
            blockers.append(Blocker(
                "not_in_queue", self.name, self.env._("It is not among your tasks."),
                self.env._("It belongs to %(people)s.", people=self._people_text())))
        if not self._next_rungs():
            blockers.append(Blocker(
                "nobody_above", self.name, self.env._("The procedure names nobody further to ask."),
                self.env._("Hand the task over, or speak with the head of your department.")))
        return blockers
