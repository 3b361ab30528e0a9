"""Who is told when about a due date: the steps of a ladder, which of them to fire now and when to look again.

A ladder is a tuple of rungs. Each rung rings once, or again and again; each ring has the number of its occurrence, and
rung and number together are remembered when it was fired or skipped, so that nothing rings twice. Nothing here knows the
time: ``now`` comes in, and a ring that should have come while nobody looked is found late but once.

A case that is registered late, or a server that slept, finds several rings passed: only the highest of them is fired.
The lower ones are *skipped*, for to remind somebody of what his head is told already helps nobody. A rung is the higher
the later it first rings; of two at once the later one in the ladder.
"""

from datetime import datetime
from typing import NamedTuple

from .clock import due as count_on
from .clock import moment_before
from .limits import Limit
from .worktime import last_moment, next_opening, utc

BEFORE, AT, AFTER = "before", "at", "after"
MOST_OCCURRENCES = 1000


class Rung(NamedTuple):
    """One step of a ladder.

    :param key: by which it is remembered, unique in its ladder
    :param offset: how many ``unit`` before or after the due date; of no meaning ``at`` it
    :param unit: one of ``limits.UNITS`` that has a length
    :param when: ``before``, ``at`` or ``after``
    :param repeat_every: how many ``unit`` until it rings again; None or 0: it rings once
    :param repeat_max: how often it rings in all, the first time counted; None or 0: until the clock stops, at most
        :data:`MOST_OCCURRENCES` times
    :param consecutive: so many days missed in a row ring it instead of the due date, see :func:`missed_day_alarms`
    :param is_quiet_outside_hours: waits for the next opening, as a reminder does; what is about safety does not
    """

    key: object
    offset: float = 0
    unit: str = "hour"
    when: str = AT
    repeat_every: float | None = None
    repeat_max: int | None = None
    consecutive: int | None = None
    is_quiet_outside_hours: bool = False


class Alarm(NamedTuple):
    """One ring of a rung.

    :param moment: when it is to be fired
    :param key: of its rung
    :param occurrence: 1 for the first time
    :param rank: height of its rung, 0 is the lowest
    :param nominal: when it would be fired if nothing had to wait for the next opening
    """

    moment: datetime
    key: object
    occurrence: int
    rank: int
    nominal: datetime

    @property
    def mark(self):
        """What is to be remembered of it once it was fired or skipped."""
        return self.key, self.occurrence


class DueAlarms(NamedTuple):
    """What is to be done now.

    :param fire: :class:`Alarm` or None
    :param skipped: alarms that will never be fired; to be remembered with the one that is
    """

    fire: Alarm | None
    skipped: tuple


def alarm_moments(start, due, rungs, spans, now, pauses=(), hours=None):
    """When each rung rings.

    A rung before the due date that would ring before the clock started is left out: nobody is reminded a day ahead of
    what may take an hour.
    :param start, due: of the clock; without a due date nothing rings
    :param now: of a rung that is repeated, the rings until now are listed and the next one
    :param pauses: of the clock; a pause after the due date puts off what comes after it
    :param hours: working time of whoever is told, if it is not that of the clock
    :return: list of :class:`Alarm` in the order in which they ring
    :raises OutOfRange: the spans are too short
    """
    if due is None:
        return []
    start, due, now = utc(start), utc(due), utc(now)
    rings = {}
    for position, rung in enumerate(rungs):
        if not rung.consecutive:
            moments = list(_moments(start, due, rung, spans, now, pauses))
            if moments:
                rings[position] = moments
    ranks = {
        position: rank for rank, position in enumerate(sorted(rings, key=lambda each: (rings[each][0][1], each)))}
    return sorted((
        Alarm(_heard(nominal, rungs[position], hours or spans), rungs[position].key, number, ranks[position], nominal)
        for position, moments in rings.items() for number, nominal in moments), key=_order)


def due_alarms(now, moments, fired):
    """What is to be fired now, once, and what will not be fired any more.

    :param moments: of :func:`alarm_moments`
    :param fired: marks of the alarms that were fired or skipped before
    :return: :class:`DueAlarms`
    """
    fired, now = set(fired), utc(now)
    waiting, overtaken = _waiting(moments, fired)
    passed = [alarm for alarm in waiting if alarm.moment <= now]
    highest = max(passed, key=lambda alarm: (alarm.rank, alarm.occurrence), default=None)
    if highest is None:
        return DueAlarms(None, tuple(overtaken))
    now_overtaken = [
        alarm for alarm in waiting if alarm != highest and (alarm.moment <= now or _is_overtaken(alarm, highest))]
    return DueAlarms(highest, tuple(sorted(overtaken + now_overtaken, key=_order)))


def next_alarm(now, moments, fired):
    """The next moment to look at a clock again: ``now`` where something is to be fired, None where nothing is to come."""
    now = utc(now)
    waiting, _overtaken = _waiting(moments, set(fired))
    return max(now, min(alarm.moment for alarm in waiting)) if waiting else None


def consecutive_missed(expected):
    """How many days in a row were missed up to the last one, of the days on which somebody was expected.

    :param expected: pairs of a day and whether the expected was done, in any order; a day without anything expected,
        such as one that the customer did not want, is not among them and does not end the row
    :source: S2.03-3b
    """
    row = 0
    for _day, is_done in sorted(expected):
        row = 0 if is_done else row + 1
    return row


def missed_day_alarms(expected, rungs, spans, hours=None):
    """Alarms of the rungs that ring when days were missed in a row: at the end of the day that makes the row full.

    A row rings each rung once; the occurrence counts the rows.
    :param expected: as of :func:`consecutive_missed`, only days that are over
    """
    wanted = sorted((rung.consecutive, position) for position, rung in enumerate(rungs) if rung.consecutive)
    alarms = []
    for rank, (length, position) in enumerate(wanted):
        rung, row, occurrence = rungs[position], 0, 0
        for day, is_done in sorted(expected):
            row = 0 if is_done else row + 1
            if row == length:
                occurrence += 1
                nominal = last_moment(day, spans.zone)
                alarms.append(Alarm(_heard(nominal, rung, hours or spans), rung.key, occurrence, rank, nominal))
    return sorted(alarms, key=_order)


def _moments(start, due, rung, spans, now, pauses):
    """Number and moment of each ring, those until now and one more; what rings before the due date ends there."""
    most = min(rung.repeat_max or MOST_OCCURRENCES, MOST_OCCURRENCES) if rung.repeat_every else 1
    for number in range(1, most + 1):
        further = (number - 1) * (rung.repeat_every or 0)
        if rung.when == BEFORE:
            if number > 1 and rung.offset <= further:
                return
            moment = moment_before(due, Limit(rung.offset - further, rung.unit), spans, pauses)
            if moment <= start:
                continue
        elif rung.when == AT and not further:
            moment = due
        else:
            moment = count_on(due, Limit(rung.offset * (rung.when == AFTER) + further, rung.unit), spans, pauses)
            if moment is None:
                return
        yield number, moment
        if moment > now:
            return


def _heard(nominal, rung, hours):
    return next_opening(nominal, hours) if rung.is_quiet_outside_hours else nominal


def _order(alarm):
    return alarm.moment, alarm.rank, alarm.occurrence


def _waiting(moments, fired):
    """Alarms not done with yet, those still to be fired and those overtaken by one that was."""
    latest = {}
    for alarm in moments:
        if alarm.mark in fired and (alarm.rank not in latest or alarm.occurrence > latest[alarm.rank].occurrence):
            latest[alarm.rank] = alarm
    waiting, overtaken = [], []
    for alarm in moments:
        if alarm.mark not in fired:
            is_late = any(_is_overtaken(alarm, other) for other in latest.values())
            (overtaken if is_late else waiting).append(alarm)
    return waiting, overtaken


def _is_overtaken(alarm, other):
    """Whether an alarm says nothing new once the other was fired."""
    if alarm.rank == other.rank:
        return alarm.occurrence < other.occurrence
    return alarm.rank < other.rank and alarm.nominal <= other.nominal
