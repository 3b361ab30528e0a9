"""Working time of one calendar over a range, as sums that can be asked for at any moment. Nothing is read.

All moments are aware datetimes and are kept as UTC, so that the hour that daylight saving takes or gives is counted as
it passes. A span is open from its begin until just before its end: at the closing bell it is closed.

*Working days* are a measure of their own. Each day on which there is work is one, however long it is, and a moment lies
in it by the share of its working time that has passed: noon of a short Saturday is as far as the evening of a long
Monday. A shift over midnight belongs to the day on which it begins; where work goes on for 24 hours and more, days are
cut at midnight.
"""

from bisect import bisect_left, bisect_right
from datetime import datetime, timedelta, timezone
from fractions import Fraction
from functools import cached_property
from itertools import accumulate
from math import ceil, floor

from . import days

FOREVER = datetime.max.replace(tzinfo=timezone.utc)  # end of what has not ended yet
NOTHING = timedelta(0)
CLOSED_FOR_GOOD = timedelta(days=366)
_TICK = timedelta(microseconds=1)
_SECOND = timedelta(seconds=1)
_DAY = timedelta(days=1)


class OutOfRange(ValueError):
    """The answer lies outside the range of the spans: ask again with those of a longer one."""


class NoWorkingTime(ValueError):
    """The calendar is closed for more than a year, or for ever: no longer range would help, the calendar must be mended."""


def utc(moment):
    """The same moment in UTC; differences between two moments of one zone would be those of the clock on its wall.

    :raises ValueError: for a naive datetime, of which nobody knows what it means
    """
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment if moment.tzinfo is timezone.utc else moment.astimezone(timezone.utc)


def merged(pairs):
    """Pairs of begin and end in order, none touching another, none empty; an end of None is :data:`FOREVER`.

    The last microsecond of a day is its end: that is how Odoo writes 24:00.
    """
    result = []
    for begin, end in sorted((utc(begin), FOREVER if end is None else utc(end)) for begin, end in pairs):
        if end.microsecond == 999999 and end != FOREVER:
            end += _TICK
        if begin >= end:
            continue
        if result and begin <= result[-1][1]:
            result[-1] = (result[-1][0], max(result[-1][1], end))
        else:
            result.append((begin, end))
    return result


def first_moment(day, zone):
    """When a day begins in a zone."""
    return days.midnight(day, zone).replace(tzinfo=timezone.utc)


def last_moment(day, zone):
    """The last second of a day in a zone: what is promised for a day may be done on the whole of it."""
    return first_moment(day + _DAY, zone) - _SECOND


class Spans:
    """Working time of one calendar between two moments.

    :param pairs: begin and end of each stretch of work, aware; in any order, they may touch or overlap
    :param zone: name of the time zone in which the calendar's days begin and end
    :param begin, end: the range for which ``pairs`` are complete. Work outside is unknown, which is not the same as none:
        whoever asks for it gets :class:`OutOfRange`. A day that the range cuts is unknown as a working day, so the range
        begins some days before the first start (see :func:`limits.range_for`).
    """

    def __init__(self, pairs, zone, begin, end):
        self.zone = zone
        self.begin, self.end = utc(begin), utc(end)
        inside = [
            (max(first, self.begin), min(last, self.end)) for first, last in merged(pairs)
            if first < self.end and last > self.begin]
        self.begins = [first for first, _last in inside]
        self.ends = [last for _first, last in inside]
        sums = list(accumulate((last - first for first, last in inside), initial=NOTHING))
        self.before, self.after = sums[:-1], sums[1:]  # working time before and with each span
        self.reach = self.end

    def at(self, moment):
        """Working time of the range until a moment."""
        self._check_known(moment)
        position = bisect_right(self.begins, moment) - 1
        if position < 0:
            return NOTHING
        return self.before[position] + min(moment, self.ends[position]) - self.begins[position]

    def earliest(self, worked):
        """First moment at which so much is worked: the closing bell, not the next opening. ``worked`` is above zero."""
        position = bisect_left(self.after, worked)
        if position == len(self.after):
            raise self.too_short()
        return self.ends[position] - (self.after[position] - worked)

    def latest(self, worked):
        """Last moment at which no more than so much is worked: the opening, not the closing bell before it."""
        if worked < NOTHING or not self.begins:
            raise OutOfRange(f"there is work before {self.begin}")
        position = bisect_right(self.before, worked) - 1
        return self.begins[position] + (worked - self.before[position])

    def is_open(self, moment):
        self._check_known(moment)
        position = bisect_right(self.begins, moment) - 1
        return position >= 0 and moment < self.ends[position]

    def opening(self, moment):
        """The moment itself in working time, else the next begin of work."""
        self._check_known(moment)
        position = bisect_right(self.ends, moment)
        if position == len(self.ends):
            raise self.too_short()
        return max(moment, self.begins[position])

    def too_short(self):
        """Why nothing is found behind the last span: the range ends there, or the work."""
        last = self.ends[-1] if self.ends else self.begin
        if self.end - last >= CLOSED_FOR_GOOD:
            return NoWorkingTime(f"no working time between {last} and {self.end}")
        return OutOfRange(f"there is more to come than until {self.end}")

    def _check_known(self, moment):
        if not self.begin <= moment <= self.end:
            raise OutOfRange(f"{moment} is not between {self.begin} and {self.end}")

    @cached_property
    def working_days(self):
        return _WorkingDays(self)


class _WorkingDays:
    """The same working time measured in days; see the head of the file."""

    def __init__(self, spans):
        self.spans = spans
        by_day = {}
        for day, begin, end in self._pieces():
            by_day.setdefault(day, []).append((begin, end))
        self.starts, self.lengths = [], []
        worked = NOTHING
        for day, pieces in by_day.items():
            length = sum((end - begin for begin, end in pieces), NOTHING)
            if self._is_known(day, pieces[0][0], pieces[-1][1]):
                self.starts.append(worked)
                self.lengths.append(length)
            worked += length

    @cached_property
    def reach(self):
        """Until when days are known for sure."""
        return self.spans.earliest(self.starts[-1] + self.lengths[-1]) if self.starts else self.spans.begin

    def _pieces(self):
        """Day, begin and end of each span, the very long ones cut at midnight."""
        zone = self.spans.zone
        for begin, end in zip(self.spans.begins, self.spans.ends, strict=True):
            day = days.day_of(begin, zone)
            while end - begin >= _DAY and first_moment(day + _DAY, zone) < end:
                midnight = first_moment(day + _DAY, zone)
                yield day, begin, midnight
                begin, day = midnight, day + _DAY
            yield day, begin, end

    def _is_known(self, day, begin, end):
        """Whether the range holds the whole of a day and no end of it cuts its work."""
        zone = self.spans.zone
        return (
            self.spans.begin <= first_moment(day, zone) and first_moment(day + _DAY, zone) <= self.spans.end
            and begin != self.spans.begin and end != self.spans.end)

    def at(self, moment):
        """Working days until a moment, as an exact fraction."""
        worked = self.spans.at(moment)
        position = bisect_right(self.starts, worked) - 1
        if not self.starts:
            raise self.spans.too_short()
        if position < 0:
            raise OutOfRange(f"the day of {moment} begins before {self.spans.begin}")
        length = self.lengths[position]
        if worked - self.starts[position] > length:
            raise self.spans.too_short()
        return position + Fraction((worked - self.starts[position]) // _TICK, length // _TICK)

    def earliest(self, count):
        """First moment at which so many days are worked, above zero; on a whole second, never too early."""
        position = ceil(count) - 1
        if position >= len(self.starts):
            raise self.spans.too_short()
        return self.spans.earliest(self.starts[position] + self._share(position, count - position, ceil))

    def latest(self, count):
        """Last moment at which no more than so many days are worked, on a whole second."""
        if count < 0 or not self.starts:
            raise OutOfRange(f"there are working days before {self.spans.begin}")
        position = min(int(count), len(self.starts) - 1)
        return self.spans.latest(self.starts[position] + self._share(position, count - position, floor))

    def opening(self, moment):
        return self.spans.opening(moment)

    def _share(self, position, share, rounded):
        length = self.lengths[position]
        return min(rounded(share * (length // _TICK) / 1_000_000) * _SECOND, length)


def is_open(moment, spans):
    """Whether there is work at a moment: from the opening until just before the closing bell."""
    return spans.is_open(utc(moment))


def next_opening(moment, spans):
    """The moment itself in working time, else the next begin of work: when what came at night is taken in.

    :raises NoWorkingTime: where work never begins again
    :source: S2.16-25, S2.16-27
    """
    return spans.opening(utc(moment))
