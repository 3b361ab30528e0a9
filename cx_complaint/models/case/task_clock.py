from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models

from ...rules import bands, clock
from ...rules.limits import DAY_END, UNITS
from .complaint_events import aware, stored
from .working_time import WorkingTime, is_worked, worked

_OPEN = ("running", "paused")


class Reading(NamedTuple):
    """The clock of a task with what is needed to read it."""

    clock: clock.Clock
    calendar: models.Model
    company: models.Model

    def ask(self, hours, question, *moments):
        """What ``question`` says about working time around some moments; of clocks that count none nothing is read.

        :param hours: :class:`WorkingTime`
        :param question: called with the working time, or with None where it is not counted
        :raises NoWorkingTime: the calendar has no hours
        """
        if not is_worked(self.clock.limit.unit):
            return question(None)
        return hours.ask(self.calendar, self.company, question, [aware(moment) for moment in moments if moment])


class Task(models.Model):
    """The clock of a task. Start, limit, working time and pauses say when it is due; ``due_on`` is what they said last."""

    _inherit = "cx.task"

    clock_problem = fields.Char(readonly=True, help="Why the clock does not run.")

    def _rule(self):
        """What the rulebook says of this task's milestone."""
        self.ensure_one()
        procedure = self.sudo().milestone_id.procedure_id  # sudo: cx.milestone, cx.procedure - as the rulebook says
        return procedure._rules().get(self.milestone_id.id) or self.sudo().milestone_id._as_rule()

    def _limit(self):
        """The limit that holds in this case, or None: no clock, or nobody has decided it yet."""
        rule, case = self._rule(), self.complaint_id.sudo()  # sudo: cx.complaint - distance and reach of the case
        if rule.unreachable and case.is_unreachable:
            return rule.unreachable
        if rule.bands and case.distance_km:
            return bands.pick_band(case.distance_km, rule.bands)
        return rule.limit

    def _calendar(self):
        """The working time that the task is measured with."""
        task = self.sudo()  # sudo: cx.procedure, res.company - which working time is used
        return task.milestone_id.procedure_id.calendar_id or task.company_id.resource_calendar_id

    def _pauses(self):
        """The intervals in which the case waits, as far as they stop this clock; the end of an open one is None."""
        if not self._rule().is_pausable:
            return ()
        waits = self.complaint_id.sudo().waiting_ids  # sudo: cx.waiting - when the case waited
        return tuple((aware(wait.from_on), aware(wait.until_on) or None) for wait in waits)

    def _readings(self):
        """``{task: Reading}`` of the tasks that have a limit."""
        readings = {}
        for task in self:
            if limit := task._limit():
                case = task.complaint_id.sudo()  # sudo: cx.complaint - the date agreed
                readings[task] = Reading(
                    clock.Clock(
                        aware(task.started_on), limit, task._pauses(), timedelta(seconds=task.extension_seconds),
                        aware(case.agreed_on) or None),
                    task._calendar(), task.company_id)
        return readings

    # Due dates

    def _update_due(self, kind=None, reason=None):
        """Calculate the due dates of these open tasks anew, and keep what they were.

        The working time of each calendar is fetched once. A calendar without any working time stops the clocks that
        need it, with a sentence on the task; nothing else is held up by it.

        :param kind: of ``cx.task.change``; None: the tasks are new
        """
        tasks = self.filtered(lambda task: task.state in _OPEN) if kind else self
        readings = tasks._readings()
        found = dict.fromkeys(tasks, (False, False))
        hours, by_calendar = WorkingTime(), {}
        for task, reading in readings.items():
            by_calendar.setdefault((reading.calendar, reading.company), []).append(task)
        for (calendar, company), those in by_calendar.items():
            dues, standing = hours.dues(calendar, company, [readings[task].clock for task in those])
            found.update({task: (stored(due) or False, False) for task, due in zip(those, dues, strict=True)})
            found.update({those[position]: (False, self._no_hours_text(calendar)) for position in standing})
        tasks._write_dues(found, kind, reason)

    def _no_hours_text(self, calendar):
        return self.env._(
            "“%(calendar)s” has no working hours. Enter them, or choose another working time.",
            calendar=calendar.name or ", ".join(self.company_id.sudo().mapped("name")))  # sudo: res.company - names

    def _opening(self, case, rule, moment, hours):
        """When a task begins whose event happened at a moment: at night it may begin with the next opening.

        When the case was received stays what it was.

        :param moment: aware
        :source: S2.16-27
        """
        is_at_night = rule.is_next_opening and (case.urgency or "0") == "0"
        if not is_at_night and not rule.is_same_working_day:
            return moment
        calendar = case.procedure_id.calendar_id or case.company_id.resource_calendar_id
        try:
            return hours.ask(calendar, case.company_id, lambda spans: clock.next_opening(moment, spans), [moment])
        except clock.NoWorkingTime:
            return moment

    def _move_start(self):
        """What begins with the receipt of its case follows when that is corrected, or becomes urgent."""
        hours, moved = WorkingTime(), self.browse()
        for task in self.filtered(lambda task: task.state in _OPEN and task.nth == 1):
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

    def _spans(self, calendar, zone, reach):
        """Working time of a calendar in a range, as the rules read it, without the holidays of these tasks' companies."""
        return clock.Spans(worked(calendar, self.company_id, *reach), zone, *reach)

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
