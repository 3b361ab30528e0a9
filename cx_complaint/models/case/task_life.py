from odoo import api, fields, models

from ...rules.blocker import Blocker


class Task(models.Model):
    """What people do with a task: they say that it is done, and take that back."""

    _inherit = "cx.task"

    can_finish = fields.Boolean(compute="_compute_can_finish")
    can_extend = fields.Boolean(compute="_compute_can_finish")
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")
    instruction = fields.Text(related="milestone_id.instruction")

    @api.depends("state", "user_id", "queue_user_ids", "due_on", "complaint_id.handler_id")
    @api.depends_context("uid")
    def _compute_can_finish(self):
        for task in self:
            task.can_finish = not task._blockers_done_by_user()
            task.can_extend = not task._blockers_extend()

    @api.depends("due_on", "state", "late_seconds")
    def _compute_is_late(self):
        now = fields.Datetime.now()
        for task in self:
            is_over = task.state == "running" and task.due_on and task.due_on < now
            task.is_late = bool(is_over or task.late_seconds or task.state == "missed")

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        return ["|", "|", ("late_seconds", ">", 0), ("state", "=", "missed"),
                "&", ("state", "=", "running"), ("due_on", "<", fields.Datetime.now())]

    # Verbs

    def action_finish(self):
        """Ask for the result, and for the reason when it is late; see :meth:`action_done`."""
        self.ensure_one()
        self._raise_task_blockers(self._blockers_done_by_user())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_done_action")
        return {**action, "context": {"default_task_id": self.id}}

    def action_done(self, result=None, late_reason=None):
        """It is done; what begins after it begins.

        :param result: what came out, in words
        :param late_reason: why it is late; needed where the rulebook wants to know
        """
        self.check_access("read")
        self.lock_for_update()  # two who finish at once: the second one is told that it is done
        if late_reason:
            self.filtered(lambda task: task._is_past_due())._explain(late_reason)
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_done())
        tasks = self.sudo()  # sudo: cx.task, cx.complaint - checked above
        tasks.write({"state": "done", "done_on": fields.Datetime.now(), "done_by_id": self.env.uid, "result": result})
        tasks._close_clock()
        tasks._on_due_changed()
        tasks.complaint_id._sync_tasks()

    def action_take_back(self):
        """What was said to be done is not: the complaint manager opens it again."""
        self.check_access("read")
        self.lock_for_update()
        self._raise_task_blockers(blocker for task in self for blocker in task._blockers_take_back())
        tasks = self.sudo()  # sudo: cx.task - checked above
        tasks.env["cx.task.change"].create([{
            "task_id": task.id, "kind": "reopened", "old_due_on": task.due_on, "new_due_on": task.due_on,
            "user_id": self.env.uid, "reason": task.result} for task in tasks])
        tasks.write({"done_on": False, "done_by_id": False, "used_seconds": 0, "late_seconds": 0})
        tasks._open_again()
        tasks._update_due("reopened")
        tasks.complaint_id._sync_tasks()

    # What stands in the way

    def _may_work(self):
        """Whether the task is the user's to do: it stands in his queue, was given to him, or he leads the case."""
        return self.env.user in self.queue_user_ids | self.user_id or self._leads()

    def _blockers_not_mine(self):
        if self._may_work():
            return []
        return [Blocker(
            "not_in_queue", self.name, self.env._("It is not among your tasks."),
            self.env._("It belongs to %(people)s.", people=self._people_text()))]

    def _blockers_done_by_user(self):
        """Why the user cannot say that it is done, whatever he writes about it."""
        self.ensure_one()
        blockers = self._blockers_over() + self._blockers_not_mine()
        event = self._rule().duty.stop
        if event:
            label = dict(self.env["cx.milestone"]._fields["stop_event"]._description_selection(self.env))[event]
            blockers.append(Blocker(
                "done_by_event", self.name, self.env._("Nobody says by hand that it is done."),
                self.env._("It is done with: %(event)s.", event=label)))
        return blockers

    def _blockers_done(self):
        return self._blockers_done_by_user() + self._blockers_late_reason()

    def _blockers_take_back(self):
        self.ensure_one()
        blockers = []
        if not (self.env.su or self.env.user.has_group("cx_complaint.group_manager")):
            blockers.append(Blocker(
                "not_manager", self.name, self.env._("Only the complaint manager takes back what was done."),
                self.env._("Ask him.")))
        if self.state != "done" or self._rule().duty.stop:
            blockers.append(Blocker(
                "not_done_by_hand", self.name, self.env._("Nobody has said by hand that it is done."),
                self.env._("Reopen the case to do a step of it again.")))
        return blockers
