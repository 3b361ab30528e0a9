from datetime import timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from odoo import models

from ...rules import days, ladder
from ...rules.clock import Clock, Limit, range_for, remaining
from .complaint_events import aware, stored
from .working_time import WorkingTime

_SAFETY_TRIGGERS = frozenset({"safety", "injury"})
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
        # who has no working time is told at any hour rather than never
        hours = WorkingTime()
        return {
            task: hours.ask_anyway(
                task._calendar(), task.company_id, lambda spans, task=task: task._watch_one(now, spans),
                task._watched_range(now))
            for task in self}

    def _watched_range(self, now):
        """How much of the calendar the ladder is likely to need: begin and end."""
        start, due = aware(self.started_on), aware(self.due_on or self.started_on)
        moments, clocks = [now, start, due], []
        for rung in self._rule().ladder:
            clock = Clock(max(due, now), Limit(rung.offset + (rung.repeat_every or 0), rung.unit))
            clocks.append(clock)
            if rung.when == ladder.BEFORE:
                moments.append(due - (range_for([clock])[1] - clock.start))
        return range_for(clocks, moments)

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
            mark = escalation._rung_of(self).id, escalation.occurrence
            is_over = self.due_changed_on and mark in moments and moments[mark] <= aware(self.due_changed_on)
            if not escalation.due_on or escalation.due_on == self.due_on or is_over:
                yield mark
        if any(alarm.rank >= _ABOVE for alarm in alarms):
            for escalation in self._turns().escalation_ids:
                if escalation.rung_id.consecutive:
                    yield escalation._rung_of(self).id, escalation.occurrence

    def _turn_ends_on(self):
        """When the next turn of a repeated task begins: at the same time of the day, so many days later."""
        days_between = self._rule().duty.repeat_days
        if not days_between:
            return False
        zone = ZoneInfo(self.complaint_id._zone())
        return stored_second(aware(self.started_on).astimezone(zone) + timedelta(days=days_between))


def stored_second(moment):
    """A moment of the rules as it is stored, without the fraction that Odoo does not keep; False for none."""
    return stored(moment).replace(microsecond=0) if moment else False
