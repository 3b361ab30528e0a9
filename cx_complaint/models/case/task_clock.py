from datetime import timedelta

from odoo import api, fields, models

from ...rules import clock
from ...rules.limits import DAY_END, UNITS
from .complaint_events import aware, stored
from .working_time import WorkingTime


class Task(models.Model):
    """The clock of a task. Start, limit, working time and pauses say when it is due; ``due_on`` is what they said last."""

    _inherit = "cx.task"

    clock_problem = fields.Char(readonly=True, help="Why the clock does not run.")

    def _rulebook(self):
        """The edition that this task's milestone is of: that of its case, or an earlier one in which the task ended."""
        self.ensure_one()
        procedure = self.sudo().complaint_id.procedure_id  # sudo: cx.procedure, cx.milestone - as the rulebook says
        return procedure if procedure and self.milestone_id.id in procedure._rules() else self.sudo().milestone_id.procedure_id

    def _rule(self):
        """What the rulebook says of this task's milestone."""
        return self._rulebook()._rules()[self.milestone_id.id]

    def _limit(self):
        """The limit that holds in this case, or None: no clock, or nobody has decided it yet."""
        return self.complaint_id._limit_of(self._rule())

    def _calendar(self):
        """The working time that the task is measured with."""
        return self._rulebook().calendar_id or self.sudo().company_id.resource_calendar_id  # sudo: res.company - as above

    def _pauses(self):
        """The intervals in which the case waits, as far as they stop this clock; the end of an open one is None."""
        return self.complaint_id._pauses_of(self._rule())

    def _readings(self):
        """``{task: Reading}`` of the tasks that have a limit."""
        readings = {}
        for task in self:
            reading = task.complaint_id._reading(
                task._rule(), aware(task.started_on), task._calendar(), timedelta(seconds=task.extension_seconds))
            if reading:
                readings[task] = reading
        return readings

    # Due dates

    def _update_due(self, kind=None, reason=None):
        """Calculate the due dates of these open tasks anew, and keep what they were.

        :param kind: of ``cx.task.change``; None: they begin anew, and nothing is kept
        """
        tasks = self._still_open()
        found = dict.fromkeys(tasks, (False, False)) | self._dues(tasks._readings())
        tasks._write_dues(found, kind, reason)

    @api.model
    def _dues(self, readings):
        """When clocks are due.

        The working time of each calendar is fetched once. A calendar without any working time stops the clocks that
        need it, with a sentence on the task; nothing else is held up by it.

        :param readings: ``{key: Reading}``
        :return: ``{key: (due date as stored or False, why the clock stands or False)}``
        """
        hours, by_calendar, found = WorkingTime(), {}, {}
        for key, reading in readings.items():
            by_calendar.setdefault((reading.calendar, reading.company), []).append(key)
        for (calendar, company), keys in by_calendar.items():
            dues, standing = hours.dues(calendar, company, [readings[key].clock for key in keys])
            found.update({key: (stored(due) or False, False) for key, due in zip(keys, dues, strict=True)})
            found.update({keys[position]: (False, self._no_hours_text(calendar, company)) for position in standing})
        return found

    def _no_hours_text(self, calendar, company):
        return self.env._(
            "“%(calendar)s” has no working hours. Enter them, or choose another working time.",
            calendar=calendar.name or company.sudo().name)  # sudo: res.company - its name

    def _opening(self, case, rule, moment, hours):
        """When a task begins whose event happened at a moment: at night it may begin with the next opening.

        When the case was received stays what it was.

        :param moment: aware
        :source: S2.16-27
        """
        is_at_night = rule.is_next_opening and (case.urgency or "0") == "0"
        if not is_at_night and not rule.is_same_working_day:
            return moment
        try:
            return hours.ask(case._calendar(), case.company_id, lambda spans: clock.next_opening(moment, spans), [moment])
        except clock.NoWorkingTime:
            return moment

    def _move_start(self):
        """What begins with the receipt of its case follows when that is corrected, or becomes urgent."""
        hours, moved = WorkingTime(), self.browse()
        for task in self._still_open().filtered(lambda task: task.nth == 1):
            case, rule = task.complaint_id, task._rule()
            if rule.duty.start != "received" or rule.duty.after or rule.duty.repeat_days:
                continue
            start = stored(self._opening(case, rule, aware(case.received_on), hours))
            if start != task.started_on:
                task.started_on = start
                moved |= task
        moved._update_due("other", self.env._("The case was received at another time, or is urgent now."))

    def _write_dues(self, found, kind, reason):
        """Write due dates that have changed; tasks of the same date together, all changes at once."""
        changed = [task for task, (due, _problem) in found.items() if task.due_on != due]
        if kind and changed:
            self.env["cx.task.change"].create([{
                "task_id": task.id, "kind": kind, "reason": reason, "user_id": self.env.uid,
                "old_due_on": task.due_on, "new_due_on": found[task][0]} for task in changed])
        for task, (due, problem) in found.items():
            # of thousands of tasks each has a date of its own: assigned one by one, flushed together
            if task.due_on != due:
                task.due_on = due
            if (task.clock_problem or False) != problem:
                task.clock_problem = problem
        self._on_due_changed()

    def _on_due_changed(self):
        """What depends on due dates and states of these tasks is to be looked at again."""

    # Reading the clock

    def _measures(self, now):
        """What was used of each clock and what is left, in the limit's own time, in seconds: ``{task: (used, left)}``.

        Of a task that is over it is what it was when it ended. Tasks without a clock are not there.
        """
        hours, measures = WorkingTime(), {}
        for task, reading in self._readings().items():
            def measure(spans, task=task, one=reading.clock):
                return task._measure(one, spans, aware(now))

            try:
                measures[task] = reading.ask(hours, measure, task.started_on, task.due_on, task.done_on, now)
            except clock.NoWorkingTime:
                measures[task] = (0, None)
        return measures

    def _measure(self, one, spans, now):
        """Used and left of one task's clock in seconds, at a moment; left is below zero when it is late."""
        end = aware(self.done_on) or now
        unit = one.limit.unit if UNITS[one.limit.unit].kind != DAY_END else "hour"
        used = clock.elapsed(one.start, end, unit, spans, one.pauses)
        left = clock.remaining(end, aware(self.due_on) or None, one.limit.unit, spans, one.pauses)
        return int(used), None if left is None else int(left)
