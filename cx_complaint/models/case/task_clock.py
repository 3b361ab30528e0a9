from datetime import timedelta
from typing import NamedTuple

from odoo import fields, models

from ...rules import bands, clock
from ...rules.limits import DAY_END, ELAPSED, UNITS, range_for
from .complaint_events import aware, stored

_OPEN = ("running", "paused")
_DOUBLINGS = 8  # a range that is too short is taken twice as long: 8 times is years


class Reading(NamedTuple):
    """The clock of a task with what is needed to read it."""

    clock: clock.Clock
    calendar: models.Model
    zone: str


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
        if rule.bands:
            return bands.pick_band(case.distance_km, rule.bands) if case.distance_km else None
        if rule.unreachable and case.is_unreachable:
            return rule.unreachable
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
                calendar = task._calendar()
                case = task.complaint_id.sudo()  # sudo: cx.complaint - the date agreed
                readings[task] = Reading(
                    clock.Clock(
                        aware(task.started_on), limit, task._pauses(), timedelta(seconds=task.extension_seconds),
                        aware(case.agreed_on) or None),
                    calendar, calendar.tz or "UTC")
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
        by_calendar = {}
        for task, reading in readings.items():
            by_calendar.setdefault((reading.calendar, reading.zone), []).append(task)
        for (calendar, zone), those in by_calendar.items():
            found.update(self._dues_of_calendar(calendar, zone, {task: readings[task].clock for task in those}))
        tasks._write_dues(found, kind, reason)

    def _dues_of_calendar(self, calendar, zone, clocks):
        """``{task: (stored due date or False, why the clock does not run or False)}``."""
        waits = {task for task in clocks if task._waits_for_opening()}
        needs_work = bool(waits) or any(
            UNITS[one.limit.unit].kind not in (ELAPSED, DAY_END, "agreed") for one in clocks.values())
        try:
            if waits:
                spans = self._spans(calendar, zone, range_for(clocks.values()), needs_work)
                clocks = {
                    task: one._replace(start=clock.next_opening(one.start, spans)) if task in waits else one
                    for task, one in clocks.items()}
            tasks, values = list(clocks), list(clocks.values())
            found, short = [None] * len(values), range(len(values))
            reach = range_for(values)
            for _attempt in range(_DOUBLINGS):
                spans = self._spans(calendar, zone, reach, needs_work)
                again = list(short)
                dues, left = clock.dues([values[position] for position in again], spans)
                for position, due in zip(again, dues, strict=True):
                    found[position] = due
                short = [again[position] for position in left]
                if not short:
                    break
                reach = (reach[0], reach[1] + (reach[1] - reach[0]))
        except (clock.NoWorkingTime, clock.OutOfRange):
            problem = self.env._(
                "“%(calendar)s” has no working hours. Enter them, or choose another working time.",
                calendar=calendar.name or ", ".join(self.company_id.sudo().mapped("name")))  # sudo: res.company - names
            return dict.fromkeys(clocks, (False, problem))
        return {task: (stored(due) or False, False) for task, due in zip(tasks, found, strict=True)}

    def _waits_for_opening(self):
        """Whether its clock does not begin before the next opening: nobody has to be woken for it."""
        case = self.complaint_id.sudo()  # sudo: cx.complaint - whether it is urgent
        return self._rule().is_next_opening and (case.urgency or "0") == "0"

    def _spans(self, calendar, zone, reach, needs_work=True):
        """Working time of a calendar in a range, as the rules read it.

        :param needs_work: without it only the zone is needed, and nothing is read
        """
        begin, end = reach
        if not needs_work:
            return clock.Spans([], zone, begin, end)
        # sudo: resource.calendar - working time is the same for whoever asks
        work = calendar.sudo()._work_intervals_batch(begin, end)[False] if calendar else ()
        return clock.Spans([(first, last) for first, last, _records in work], zone, begin, end)

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

        The time used of a task that is over is what was kept when it ended. Tasks without a clock are not there.
        """
        readings = self._readings()
        measures = {}
        by_calendar = {}
        for task, reading in readings.items():
            by_calendar.setdefault((reading.calendar, reading.zone), []).append(task)
        for (calendar, zone), those in by_calendar.items():
            clocks = {task: readings[task].clock for task in those}
            moments = [aware(moment) for task in those for moment in (task.started_on, task.due_on, task.done_on) if moment]
            spans = self._spans(calendar, zone, range_for(clocks.values(), [aware(now), *moments]))
            for task, one in clocks.items():
                measures[task] = task._measure(one, spans, aware(now))
        return measures

    def _measure(self, one, spans, now):
        """Used and left of one task's clock in seconds, at a moment; left is below zero when it is late."""
        end = aware(self.done_on) or now
        unit = one.limit.unit if UNITS[one.limit.unit].kind != DAY_END else "hour"
        used = clock.elapsed(one.start, end, unit, spans, one.pauses)
        left = clock.remaining(end, aware(self.due_on) or None, one.limit.unit, spans, one.pauses)
        return int(used), None if left is None else int(left)
