"""When something is due, how much of its time is used and how much is left. Plain values; nobody is asked what time it is.

``due`` is a pure function of start, limit, calendar and pauses, so that it can be calculated anew whenever one of them
changes; what is stored is a copy to search by. All of it follows one idea: a *measure* says how much of a kind of time
has gone by until a moment (seconds, working seconds, working days), a pause is taken out of the measure, and the due date
is the **earliest** moment at which the measure has grown by the limit. Two limits after one another are therefore one of
their sum, a pause never makes anything due earlier, and a pause outside working hours changes nothing in working time.

Limits that end with a day (calendar days, months, a day of the next month) count midnights. One that falls into a pause
does not count: a pause from Monday noon until Wednesday moves the due date by two days, one within a day by none.
"""

from datetime import timedelta
from math import ceil

from dateutil.relativedelta import relativedelta

from . import days
from .limits import (
    AGREED,
    DAY_END,
    UNITS,
    WORKING,
    WORKING_DAYS,
    Clock,
    Limit,
    Midnights,
    Seconds,
    amount_of,
    measure_of,
    range_for,
)
from .worktime import (
    FOREVER,
    NOTHING,
    NoWorkingTime,
    OutOfRange,
    Spans,
    first_moment,
    is_open,
    last_moment,
    merged,
    next_opening,
    utc,
)

# this file is the door: what a clock needs can be had from here
__all__ = [
    "UNITS", "Clock", "Limit", "NoWorkingTime", "OutOfRange", "Spans", "due", "dues", "elapsed", "is_open", "late_by",
    "moment_before", "next_opening", "range_for", "remaining", "used"]
_DAY = timedelta(days=1)


def due(start, limit, spans, pauses=(), extra=NOTHING, agreed=None):
    """The earliest moment at which the time is used up; what is done at that very moment is in time.

    :param start: aware
    :param limit: :class:`limits.Limit`
    :param spans: :class:`worktime.Spans` of the calendar; may be None for minutes, hours and agreed dates
    :param pauses: begin and end of each; an end of None has not come yet, nothing is due behind it
    :param extra: granted on top, in the limit's own time: an hour is a working hour where those are counted, a day a
        working day; begun days count whole where days are counted to their end
    :param agreed: what was agreed with the customer, which no pause moves
    :return: aware, in UTC; None where the limit is undecided, nothing is agreed or the clock stands
    :raises OutOfRange: the spans are too short: ask again with longer ones
    :raises NoWorkingTime: the calendar is closed for good
    """
    kind = UNITS[limit.unit].kind
    if kind == AGREED:
        return utc(agreed) + extra if agreed else None
    if limit.value is None:
        return None
    if limit.value < 0 or extra < NOTHING:
        raise ValueError(f"a limit of {limit.value} and {extra} is below nothing")
    start = utc(start)
    if kind == DAY_END:
        return _due_at_day_end(start, limit, spans.zone, merged(pauses), extra)
    return _count_up(start, amount_of(limit, extra), measure_of(limit.unit, spans), merged(pauses))


def dues(clocks, spans):
    """:func:`due` of many clocks of one calendar.

    :param clocks: :class:`limits.Clock` each
    :return: list of due dates in their order, and the positions of those for which the spans were too short
    """
    found, short = [], []
    for position, clock in enumerate(clocks):
        try:
            moment = due(clock.start, clock.limit, spans, clock.pauses, clock.extra, clock.agreed)
        except OutOfRange:
            moment = None
            short.append(position)
        found.append(moment)
    return found, short


def elapsed(start, end, unit, spans, pauses=()):
    """Seconds that were used from start to end, without pauses; working seconds where the unit counts working time.

    :param unit: of the limit, one of :data:`limits.UNITS`
    :return: float; 0 where the end is not after the start
    """
    measure = spans if UNITS[unit].kind in (WORKING, WORKING_DAYS) else Seconds()
    start, end = utc(start), utc(end)
    return _passed(start, end, measure, pauses).total_seconds() if start < end else 0.0


def used(start, end, unit, spans, pauses=()):
    """The same in the unit of the limit: minutes, hours, working hours or working days, else days that ended."""
    start, end = utc(start), utc(end)
    if start >= end:
        return 0.0
    kind, size = UNITS[unit]
    if kind in (DAY_END, AGREED):
        return float(_passed(start, end, Midnights(spans.zone), pauses))
    passed = _passed(start, end, measure_of(unit, spans), pauses)
    return passed / size if size else float(passed)


def remaining(now, due, unit, spans, pauses=()):
    """Seconds left until the due date, below zero by how late it is; working seconds where the unit counts those.

    What is ``agreed`` or due at the end of a day has plain seconds. Nothing is lost in a pause, before the due date or
    after it.
    :param due: what :func:`due` said; None: there is nothing to say
    """
    if due is None:
        return None
    if UNITS[unit].kind == AGREED:
        pauses = ()
    return elapsed(now, due, unit, spans, pauses) or 0.0 - elapsed(due, now, unit, spans, pauses)


def late_by(now, due, unit, spans, pauses=()):
    """Seconds by which the due date was missed, 0 when in time; ``now`` is when it was done, or now."""
    return 0.0 if due is None or now <= due else elapsed(due, now, unit, spans, () if unit == "agreed" else pauses)


def moment_before(due, limit, spans, pauses=()):
    """The latest moment that lies so long before a due date, for reminders: an opening rather than the bell before it.

    Of calendar days and months it is the begin of the day so many before that of the due date.
    """
    kind = UNITS[limit.unit].kind
    due = utc(due)
    if kind == DAY_END:
        if limit.unit == "day_of_next_month":
            raise ValueError("nothing lies a day of the next month before something")
        day = days.day_of(due, spans.zone)
        back = relativedelta(months=int(limit.value)) if limit.unit == "month" else timedelta(days=ceil(limit.value))
        return first_moment(day - back, spans.zone)
    measure = measure_of(limit.unit, spans)
    target = measure.at(due) - amount_of(limit, NOTHING)
    for begin, end in reversed(_clipped(merged(pauses), None, due)):
        if measure.at(end) <= target:
            break
        target -= measure.at(end) - measure.at(begin)
    return measure.latest(target)


def _clipped(pauses, start, end):
    """What of the pauses lies between two moments; None is no bound."""
    return [
        (max(first, start) if start else first, min(last, end) if end else last) for first, last in pauses
        if (not start or last > start) and (not end or first < end)]


def _count_up(start, amount, measure, pauses):
    """The earliest moment at which a measure has grown by an amount since the start, pauses left out."""
    # nothing is found behind the reach, so pauses there need not be measured
    pauses = [pause for pause in _clipped(pauses, start, None) if pause[0] < measure.reach]
    if not amount:
        moment = measure.opening(start)
        for begin, end in pauses:
            if end == FOREVER and begin <= moment:
                return None
            if begin <= moment < end:
                moment = measure.opening(end)
        return moment
    target = measure.at(start) + amount
    for begin, end in pauses:
        already = measure.at(begin)
        if already >= target:
            break
        if end == FOREVER:
            return None
        target += measure.at(end) - already
    return measure.earliest(target)


def _due_at_day_end(start, limit, zone, pauses, extra):
    day = days.day_of(start, zone)
    if limit.unit == "month":
        day += relativedelta(months=int(limit.value))
    elif limit.unit == "day_of_next_month":
        first = day.replace(day=1) + relativedelta(months=1)
        day = min(first + timedelta(days=ceil(limit.value) - 1), first + relativedelta(months=1) - _DAY)
    else:
        day += timedelta(days=ceil(limit.value))
    day += timedelta(days=ceil(extra / _DAY))
    for begin, end in _clipped(pauses, start, None):
        if begin > last_moment(day, zone):
            break
        if end == FOREVER:
            return None
        day += days.day_of(end, zone) - days.day_of(begin, zone)
    return last_moment(day, zone)


def _passed(start, end, measure, pauses):
    """By how much a measure grew from start to end, pauses left out."""
    total = measure.at(end) - measure.at(start)
    for begin, finish in _clipped(merged(pauses), start, end):
        total -= measure.at(finish) - measure.at(begin)
    return total
