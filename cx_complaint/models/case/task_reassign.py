from markupsafe import Markup

from odoo import api, models
from odoo.fields import Command

from ...rules.filling import fill
from ...rules.milestones import OPEN


class Task(models.Model):
    """Tasks follow the people: whoever is on duty now has what nobody has taken in hand, and nothing stays with who left."""

    _inherit = "cx.task"

    @api.model
    def _on_staff_changed(self, before):
        """Ask again for the open tasks whose role is filled by somebody else now.

        :param before: ``{company: staff before}``, None where it is not known
        """
        Task = self.sudo()  # sudo: cx.task - who has a task follows from the staff, whoever changed that
        changed = Task.browse()
        for company, old in before.items():
            new = self.env["cx.role"]._staff(company.id)
            if old == new:
                continue
            is_open = [("company_id", "=", company.id), ("state", "in", tuple(OPEN)), ("role_id", "!=", False)]
            roles = Task.env["cx.procedure.role"].union(
                *(role for (role,) in Task._read_group(is_open, ["role_id"])))
            affected = roles.filtered(lambda role, old=old, new=new: not old or role._is_filled_otherwise(old, new))
            if affected:
                changed |= Task.search([*is_open, ("role_id", "in", affected.ids)])
        changed._reassign()

    def _reassign(self, reason=None, held=None, kept=()):
        """Ask again who does each of these open tasks.

        The queue is who fills the role now. Who has taken a task in hand keeps it as long as he belongs to its queue, or
        was chosen from outside of it, and works here; else it goes to the first of the queue. The department follows.

        :param held: how long who has them has had them, where it is not to be counted by their limits of now
        :param kept: those that stay with who has them as long as he works here
        :return: those that have changed hands
        """
        moved, queues, notes, departments = {}, {}, {}, {}
        open_tasks = self.filtered(lambda task: task.state in OPEN and task.role_id)
        for role, tasks in open_tasks.grouped("role_id").items():
            answers = role._resolve(tasks.complaint_id)
            for task in tasks:
                people = answers[role.id, task.complaint_id.id]
                department_id = task._department_of(task.complaint_id, task._rule(), people)
                if task.department_id.id != department_id:
                    departments[department_id] = departments.get(department_id, self.browse()) | task
                people += task._called_in() - people
                user = task.user_id if task._keeps(people) or (task in kept and task._in_hand()) else people[:1]
                if task.user_id != user:
                    moved[user] = moved.get(user, self.browse()) | task
                    if task.user_id and task.user_id not in people:
                        notes.setdefault(task.complaint_id, []).append(task._left_text(user))
                if task.queue_user_ids != people:
                    queues[people] = queues.get(people, self.browse()) | task
        for department_id, tasks in departments.items():
            tasks.write({"department_id": department_id})
        self._write_reassigned(moved, queues, reason, held)
        self._log_reassigned(notes)
        return self.browse().union(*moved.values())

    def _write_reassigned(self, moved, queues, reason, held):
        """Write whose tasks are whose now.

        :param moved: ``{user: tasks}``
        :param queues: ``{users: tasks}``
        """
        held = held or self.browse().union(*moved.values())._held_seconds()
        self.env["cx.task.change"].create([
            task._prepare_assigned_vals(user, reason, held[task]) for user, tasks in moved.items() for task in tasks])
        for user, tasks in moved.items():
            tasks.write({"user_id": user.id, "taken_on": False})
        for people, tasks in queues.items():
            tasks.write({"queue_user_ids": [Command.set(people.ids)]})

    def _left_text(self, heir):
        return self.env._(
            "%(task)s: it is not any more with %(leaver)s, but with %(heir)s.", task=self.name, leaver=self.user_id.name,
            heir=heir.name or self.env._("nobody: the company has nobody for it"))

    def _log_reassigned(self, notes):
        """Keep on each case which tasks have passed from somebody who does not do them any more.

        :param notes: ``{complaint: sentences}``
        """
        complaints = self.env["cx.complaint"].union(*notes)
        complaints._message_log_batch(bodies={
            complaint.id: Markup("<br/>").join(sentences) for complaint, sentences in notes.items()})

    @api.model
    def _hand_over_from(self, leavers, company):
        """Give the open tasks of people who do not work in a company any more to the next of their queue."""
        # sudo: cx.task - who has a task follows from who is there, whoever lets him go
        tasks = self.sudo().search([
            ("company_id", "=", company.id), ("state", "in", tuple(OPEN)),
            "|", ("user_id", "in", leavers.ids), ("queue_user_ids", "in", leavers.ids)])
        moved = tasks._reassign(self.env._("%(people)s left", people=", ".join(leavers.mapped("name"))))
        for user, theirs in moved.grouped("user_id").items():
            if user != self.env.user:
                theirs._tell_assigned(None)

    def _called_in(self):
        """Those who were asked to help and may do it as well, as far as they still work here."""
        asked = self.escalation_ids.filtered(lambda told: not told.due_on).user_ids
        return (self.queue_user_ids & asked)._cx_working_in(self.company_id)

    def _keeps(self, people):
        """Whether who has the task in hand keeps it, when ``people`` are its queue."""
        self.ensure_one()
        was_chosen = self.user_id not in self.queue_user_ids
        return self._in_hand() and (was_chosen or self.user_id in people)


class ProcedureRole(models.Model):
    """Whether a change of the staff concerns a role."""

    _inherit = "cx.procedure.role"

    def _is_filled_otherwise(self, old, new):
        """Whether it may be filled by somebody else in the new staff; always where the case names who it is."""
        self.ensure_one()
        chain = self._chain()
        if any(link.resolver != "role" for link in chain):
            return True
        return fill(old, [link._asked(old) for link in chain]) != fill(new, [link._asked(new) for link in chain])


class Role(models.Model):
    """The staff of a company, told of its changes."""

    _inherit = "cx.role"

    @api.model
    def _on_staff_changed(self, before):
        result = super()._on_staff_changed(before)
        self.env["cx.task"]._on_staff_changed(before)
        return result
