from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.milestones import OPEN

_LEADING = ("cx_complaint.group_service", "cx_complaint.group_manager")


class Task(models.Model):
    """Whose task it is: taken from the queue by one of it, handed over with a reason; each hand-over is kept."""

    _inherit = "cx.task"

    taken_on = fields.Datetime(
        string="Taken in Hand On", readonly=True,
        help="Since then it stays with whoever has it, also when somebody else is on duty.")
    can_take = fields.Boolean(compute="_compute_can_take")
    can_hand_over = fields.Boolean(compute="_compute_can_take")

    @api.depends("state", "user_id", "queue_user_ids", "taken_on", "complaint_id.handler_id")
    @api.depends_context("uid")
    def _compute_can_take(self):
        for task in self:
            is_mine = task.user_id == self.env.user
            task.can_take = not (is_mine and task.taken_on) and not task._blockers_take()
            task.can_hand_over = not task._blockers_hand_over()

    def _is_written_by_nobody(self, field):
        return field.name == "taken_on" or super()._is_written_by_nobody(field)

    # Verbs

    def action_take(self):
        """Take tasks of one's queue in hand."""
        self.check_access("read")
        self.lock_for_update()  # two who take it at once: the second one is told who has it
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_take())
        self._give(self.env.user)

    def action_hand_over(self):
        """Ask to whom, and why; see :meth:`_hand_over`."""
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_hand_over())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_hand_over_action")
        return {**action, "context": {"default_task_ids": self.ids}}

    def _hand_over(self, user, reason):
        """Give tasks to somebody else of their queue; who leads the case may choose anybody of the company."""
        self.check_access("read")
        self.lock_for_update()
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_hand_over(user))
        self._give(user, reason)
        self._tell_assigned(reason)

    def _give(self, user, reason=None):
        """Write whose the tasks are from now on, and how long who had them before had them."""
        tasks = self.sudo()  # sudo: cx.task, cx.task.change - written by verbs only, which have checked who may
        held, now = tasks._held_seconds(), fields.Datetime.now()
        changes = [
            {**task._prepare_assigned_vals(user, reason, held[task]), "changed_on": now}  # by it a hand-over is known
            for task in tasks if task.user_id != user]
        tasks.env["cx.task.change"].create(changes)
        tasks.write({"user_id": user.id, "taken_on": now})

    def _prepare_assigned_vals(self, user, reason, held_seconds):
        self.ensure_one()
        return {
            "task_id": self.id, "kind": "assigned", "old_user_id": self.user_id.id, "new_user_id": user.id,
            "held_seconds": held_seconds if self.user_id else 0, "reason": reason, "user_id": self.env.uid,
            "old_due_on": self.due_on, "new_due_on": self.due_on,
        }

    def _tell_assigned(self, reason):
        """Who has got a task from somebody else hears of it."""
        for complaint, tasks in self.grouped("complaint_id").items():
            if others := tasks.user_id - self.env.user:
                # sudo: cx.complaint, res.users - who gives the task need not be allowed to read either
                complaint.sudo().message_notify(
                    partner_ids=others.sudo().partner_id.ids,
                    subject=self.env._("%(case)s: you have got a task", case=complaint.sudo().display_name),
                    body=". ".join(filter(None, [", ".join(tasks.mapped("name")), reason])))

    # What stands in the way

    def _raise_task_blockers(self, blockers):
        """:raises UserError: with all of them, when there is one"""
        if sentences := [blocker.sentence() for blocker in blockers]:
            raise UserError("\n".join(sentences))

    def _leads(self):
        """Whether the user leads the case: he handles it, or is customer service or complaint manager."""
        self.ensure_one()
        user = self.env.user
        # sudo: cx.complaint - who handles it, also for somebody who only has this task
        return self.env.su or self.complaint_id.sudo().handler_id == user or any(map(user.has_group, _LEADING))

    def _in_hand(self):
        """Whether somebody who still works here has taken it in hand."""
        # sudo: res.users - whether he still works here
        return bool(self.taken_on and self.user_id.sudo()._cx_working_in(self.company_id.sudo()))

    def _blockers_over(self):
        if self.state in OPEN:
            return []
        return [Blocker("task_over", self.name, self.env._("It is done or not needed any more."),
                        self.env._("There is nothing to take or to hand over."))]

    def _blockers_take(self):
        """Why the user may not take it in hand."""
        self.ensure_one()
        user = self.env.user
        blockers = self._blockers_over()
        if not (user in self.queue_user_ids or user == self.user_id or self._leads()):
            blockers.append(Blocker(
                "not_in_queue", self.name, self.env._("It is not among your tasks."),
                self.env._("It belongs to %(people)s.", people=self._people_text())))
        elif user != self.user_id and self._in_hand():
            blockers.append(Blocker(
                "in_hand", self.name, self.env._("%(person)s has taken it in hand.", person=self.user_id.name),
                self.env._("It has to be handed over to you.")))
        return blockers

    def _blockers_hand_over(self, user=None):
        """Why the user may not hand it over, or not to ``user``."""
        self.ensure_one()
        blockers = self._blockers_over()
        me = self.env.user
        leads = self._leads()
        if not (leads or me == self.user_id or (me in self.queue_user_ids and not self._in_hand())):
            blockers.append(Blocker(
                "not_yours", self.name, self.env._("It is not yours to hand over."),
                self.env._("Ask %(people)s.", people=self.user_id.name or self._people_text())))
        if not user:
            return blockers
        if not user.sudo()._cx_working_in(self.company_id.sudo()):  # sudo: res.users - whether he still works here
            blockers.append(Blocker(
                "not_here", self.name, self.env._("%(person)s does not work in the company of the case.", person=user.name),
                self.env._("Choose somebody else.")))
        elif user == self.user_id:
            blockers.append(Blocker(
                "has_it", self.name, self.env._("%(person)s has it already.", person=user.name),
                self.env._("Choose somebody else.")))
        elif not leads and user not in self.queue_user_ids:
            blockers.append(Blocker(
                "outside_queue", self.name, self.env._("%(person)s is not in its queue.", person=user.name),
                self.env._("Choose one of %(people)s, or ask customer service.", people=self._people_text())))
        return blockers

    def _people_text(self):
        """Names of those in the queue."""
        return ", ".join(self.queue_user_ids.mapped("name")) or self.env._("customer service")
