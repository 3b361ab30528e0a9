"""In which phase of its life an object is on a day. Plain values, nothing is read."""

from datetime import date
from typing import NamedTuple

from .warranty import end_of


class Phase(NamedTuple):
    """A part of an object's life.

    :param start: what kind of service event it starts with; nothing: it starts with the object itself
    :param length: in ``unit``; 0: until another phase starts
    """

    id: int
    sequence: int
    start: int | bool
    length: int
    unit: str


def phase_on(phases, events, day):
    """The phase that holds on a day: the one that started last; of two, the one that ends first.

    The first and the last day of a phase belong to it. A phase that starts again, as with each visit to the workshop,
    counts from the last start that is not after the day.

    :param events: days by kind of service event
    :return: :class:`Phase` or None
    """
    holding = []
    for phase in phases:
        started = _started(phase, events, day)
        last_day = started and _last_day(phase, started)
        if started and day <= last_day:
            holding.append((-started.toordinal(), last_day, phase.sequence, phase.id, phase))
    return min(holding)[-1] if holding else None


def _started(phase, events, day):
    """The last day, not after ``day``, on which the phase started; None when it has not."""
    if not phase.start:
        return date.min
    return max((one for one in events.get(phase.start, ()) if one <= day), default=None)


def _last_day(phase, started):
    """The last day of the phase; the end of time where another phase ends it."""
    return (phase.start and end_of(started, phase.length, phase.unit)) or date.max
