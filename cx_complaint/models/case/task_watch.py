from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import models

from ...rules import days, ladder
from ...rules.clock import Clock, Limit, NoWorkingTime, OutOfRange, Spans, range_for, remaining
from .complaint_events import aware, stored

_SAFETY_TRIGGERS = frozenset({"safety", "injury"})
_MORE = timedelta(days=3)
_DOUBLINGS = 8  # of a range that is too short
# a missed row is above every step of the ladder that looks at one deadline
_ABOVE = 1000


class Watch(NamedTuple):
    """A task as its ladder sees it.

    :param alarms: :class:`ladder.Alarm` of each ring, in order
    :param marks: of what was told, or passed over, already
    :param left: seconds until the due date, below zero by how late it is, as the limit counts; None without a due date
    """

    alarms: list
    marks: frozenset
    left: float | None


class Task(models.Model):
    """When whom a task's ladder has to tell: what the pure rules need is gathered here, for many tasks at once.

    A step counts as taken for one due date. When the due date is moved, what was told stays told where its moment is over by
    the new one as well, and rings anew where it lies ahead again: after an extension people are reminded once more, and
    a holiday that is added later tells nobody a second time that something is late.
    """

    _inherit = "cx.task"

    def _watch(self, now):
        """:class:`Watch` of each task with a ladder; costs the same few queries for one task and for a thousand.

        :param now: aware
        """
        found = {}
        for calendar, tasks in self.grouped(lambda task: task._calendar()).items():
            begin, end = tasks._range(now)
            zone = calendar.tz or "UTC"
            for attempt in range(_DOUBLINGS + 1):
                # who has no working time, or none for years, is told at any hour rather than never
                is_closed = not calendar or attempt == _DOUBLINGS
                always = Spans([(begin, end)], zone, begin, end)
                spans = always if is_closed else self._spans(calendar, zone, (begin, end))
                found.update((task, task._watch_within(now, spans, always)) for task in tasks)
                tasks = tasks.filtered(lambda task: found[task] is None)
                begin, end = begin - (end - begin), end + (end - begin)
                if not tasks:
                    break
        return {task: watch for task, watch in found.items() if watch}

    def _watch_within(self, now, spans, always):
        """The watch, or None where the spans are too short.

        :param always: spans in which every hour counts, for who has no working time
        """
        try:
            return self._watch_one(now, spans)
        except OutOfRange:
            return None
        except NoWorkingTime:
            return self._watch_one(now, always)

    def _range(self, now):
        """How much of the calendar the ladders are likely to need."""
        moments, clocks = [now], []
        for task in self:
            start, due = aware(task.started_on), aware(task.due_on or task.started_on)
            moments += [start, due]
            for rung in task._rule().ladder:
                clock = Clock(max(due, now), Limit(rung.offset + (rung.repeat_every or 0), rung.unit))
                clocks.append(clock)
                if rung.when == ladder.BEFORE:
                    moments.append(due - (range_for([clock])[1] - clock.start))
        begin, end = range_for(clocks, moments)
        return begin, end + _MORE

    def _watch_one(self, now, spans):
        """:raises OutOfRange: the spans are too short"""
        rungs = self._rungs()
        start, due = aware(self.started_on), aware(self.due_on) or None
        pauses = [(max(begin, start), end) for begin, end in self._pauses() if not end or end > start]
        alarms = ladder.alarm_moments(start, due, rungs, spans, now, pauses)
        missed = ladder.missed_day_alarms(self._expected(spans.zone), rungs, spans)
        alarms += [alarm._replace(rank=alarm.rank + _ABOVE) for alarm in missed]
        alarms.sort(key=lambda alarm: (alarm.moment, alarm.rank, alarm.occurrence))
        left = remaining(now, due, self._counted_in(), spans, pauses)
        return Watch(alarms, frozenset(self._marks(alarms)), left)

    def _counted_in(self):
        """The unit in which it is counted how late it is."""
        limit = self._limit()
        return limit.unit if limit else "hour"

    def _rungs(self):
        """The steps of its ladder; what is about safety waits for nobody's working hours."""
        rungs = self._rule().ladder
        return [rung._replace(is_quiet_outside_hours=False) for rung in rungs] if self._is_about_safety() else rungs

    def _is_about_safety(self):
        complaint = self.complaint_id
        return complaint.severity == "critical" or not _SAFETY_TRIGGERS.isdisjoint(complaint.trigger_ids.mapped("code"))

    def _expected(self, zone):
        """The days on which the repeated task was to be done in this case, each with whether it was; the last is its own."""
        if not any(rung.consecutive for rung in self._rule().ladder):
            return []
        expected = []
        for turn in self._turns():
            day = turn._day(zone)
            expected.append((day, bool(turn.done_on) and turn.done_on <= days.end_of_day(day, zone)))
        return expected

    def _turns(self):
        """The turns of the same milestone in the same case up to this one; those that were not needed are left out."""
        return self.complaint_id.task_ids.filtered(
            lambda task: task._duty_key() == self._duty_key() and task.nth <= self.nth and task.state != "off")

    def _day(self, zone):
        """The day on which it has to be done: when it is due, else the last one before the next turn begins."""
        return days.day_of(self.due_on, zone) if self.due_on else days.day_of(
            self.started_on, zone) + timedelta(days=max(0, self._rule().duty.repeat_days - 1))

    def _marks(self, alarms):
        """What was told already, see the class; steps about missed days are remembered over all turns."""
        moments = {alarm.mark: alarm.nominal for alarm in alarms}
        for escalation in self.escalation_ids:
            mark = escalation.rung_id.id, escalation.occurrence
            is_over = self.due_changed_on and mark in moments and moments[mark] <= aware(self.due_changed_on)
            if not escalation.due_on or escalation.due_on == self.due_on or is_over:
                yield mark
        if any(alarm.rank >= _ABOVE for alarm in alarms):
            for escalation in self._turns().escalation_ids:
                if escalation.rung_id.consecutive:
                    yield escalation.rung_id.id, escalation.occurrence

    def _turn_ends_on(self):
        """When the next turn of a repeated task begins: at the same time of the day, so many days later."""
        days_between = self._rule().duty.repeat_days
        if not days_between:
            return False
        zone = ZoneInfo(self.company_id.resource_calendar_id.tz or "UTC")
        return stored_second(aware(self.started_on).astimezone(zone) + timedelta(days=days_between))


def stored_second(moment):
    """A moment of the rules as it is stored, without the fraction that Odoo does not keep; False for none."""
    return stored(moment).replace(microsecond=0) if moment else False
