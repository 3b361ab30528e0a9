"""What limits are counted in: the units, the measures behind them, and how much of a calendar they need."""

from datetime import datetime, timedelta, timezone
from fractions import Fraction
from typing import NamedTuple

from . import days
from .worktime import FOREVER, NOTHING, merged, utc

ELAPSED, WORKING, WORKING_DAYS, DAY_END, AGREED = "elapsed", "working", "working_days", "day_end", "agreed"


class Unit(NamedTuple):
    """What a limit is counted in.

    :param kind: which time is measured
    :param size: of one unit in that time, if it has one size
    """

    kind: str
    size: timedelta | None = None


UNITS = {
    "minute": Unit(ELAPSED, timedelta(minutes=1)),
    "hour": Unit(ELAPSED, timedelta(hours=1)),
    "working_hour": Unit(WORKING, timedelta(hours=1)),
    "working_day": Unit(WORKING_DAYS),
    "calendar_day": Unit(DAY_END),
    "month": Unit(DAY_END),
    "day_of_next_month": Unit(DAY_END),
    "agreed": Unit(AGREED),
}


class Limit(NamedTuple):
    """How long something may take.

    :param value: how many units; 8 of ``day_of_next_month`` is the end of the 8th of the month after the start; 0 is at
        once: as soon as the clock runs; None is not decided yet: there is no due date. Of no meaning for ``agreed``.
    :param unit: one of :data:`UNITS`
    """

    value: float | None
    unit: str


class Clock(NamedTuple):
    """One clock with all that its due date follows from: the arguments of :func:`clock.due` but for the calendar."""

    start: datetime
    limit: Limit
    pauses: tuple = ()
    extra: timedelta = NOTHING
    agreed: datetime | None = None


class Seconds:
    """Time as it goes by, as a measure beside working time and working days."""

    epoch = datetime(1970, 1, 1, tzinfo=timezone.utc)
    reach = FOREVER

    def at(self, moment):
        return moment - self.epoch

    def earliest(self, passed):
        return self.epoch + passed

    latest = earliest

    def opening(self, moment):
        return moment


class Midnights:
    """Days of a zone that have ended, as a measure."""

    def __init__(self, zone):
        self.zone = zone

    def at(self, moment):
        return days.day_of(moment, self.zone).toordinal()


def measure_of(unit, spans):
    """The measure in which a limit of a unit is counted."""
    kind = UNITS[unit].kind
    if kind == WORKING_DAYS:
        return spans.working_days
    return spans if kind == WORKING else Seconds()


def amount_of(limit, extra):
    """The limit in its measure."""
    kind, size = UNITS[limit.unit]
    if kind == WORKING_DAYS:
        return Fraction(limit.value).limit_denominator(1_000_000) + Fraction(extra // timedelta(seconds=1), 86400)
    return limit.value * size + extra


def converted(extra, old_unit, new_unit, hours_per_day):
    """Time granted on top of a limit of one unit, for a limit of another: a working day is the hours of one, and back.

    :param hours_per_day: of a working day; 0: as long as a day
    """
    per_day = Fraction(hours_per_day or 24).limit_denominator(1000) / 24
    old, new = UNITS[old_unit].kind, UNITS[new_unit].kind
    if old in (WORKING_DAYS, DAY_END) and new == WORKING:
        factor = per_day
    elif old == WORKING and new in (WORKING_DAYS, DAY_END):
        factor = 1 / per_day
    else:
        factor = 1
    return timedelta(seconds=round(extra.total_seconds() * factor))


def range_for(clocks, moments=()):
    """A range of a calendar that is likely to hold the due dates of clocks: so much must be read of it.

    It is generous, yet no promise: where :class:`OutOfRange` comes, take one twice as long. That ends, at the latest with
    :class:`NoWorkingTime`.
    :param moments: others that must lie within, such as now
    :return: begin and end in UTC
    """
    begins, ends = list(map(utc, moments)), list(map(utc, moments))
    for start, limit, pauses, extra, agreed in clocks:
        value = limit.value or 0
        length = timedelta(days={
            "minute": 1 + value / 1440, "hour": 1 + value / 24, "working_hour": 14 + value / 2,
            "working_day": 14 + 2 * value, "calendar_day": 1 + value, "month": 31 * (1 + value)}.get(limit.unit, 62))
        paused = sum((last - first for first, last in merged(pauses) if last != FOREVER), NOTHING)
        stretch = 12 if UNITS[limit.unit].kind == WORKING else 2  # a working day has two hours at least
        begins.append(utc(start))
        ends.append(utc(agreed or start) + length + paused + stretch * extra)
    return min(begins) - timedelta(days=3), max(ends) + timedelta(days=3)
