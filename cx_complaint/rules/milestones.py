"""Which tasks of a case start, stop, are not needed or begin anew. Plain values: facts and tasks in, a plan out.

A *duty* is a milestone as plain value: it starts with an event or after another duty, and is done with an event or by
hand. A *turn* is a task: the n-th time that the duty is to be done in the case. A *fact* is an event that happened, with
all the moments at which it did.

* A turn begins when its event happens; of an event that happens in parts (three parcels) with the first part.
* It is done when the event that ends it has happened for every part.
* What happens again after a turn was done begins another turn, and so does a case that is reopened whose end was undone
  by it. A turn that was done stays as it was.
* A duty whose condition does not hold any more is switched off, and goes on as if it never had been when it holds again.
* What is repeated begins again every so many days: the next one is there as soon as the last one was done, and one that
  was not done by the time the next begins is *missed*.
* With the end of the case ends what still waits for an event, for it cannot come any more; what somebody has to do by
  hand stays, and what begins with the end begins.

The plan is complete: carried out and asked for again it is empty.
"""

from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

RUNNING, PAUSED, DONE, OFF, MISSED = "running", "paused", "done", "off", "missed"
OPEN = frozenset({RUNNING, PAUSED})
START, REVIVE = "start", "revive"


class Duty(NamedTuple):
    """A milestone.

    :param start: event with which it begins, unless it begins ``after`` another duty
    :param after: key of the duty before it
    :param stop: event with which it is done; None: by hand
    :param repeat_days: begins again every so many days; 0: once
    """

    key: object
    start: str | None = None
    after: object = None
    stop: str | None = None
    repeat_days: int = 0


class Turn(NamedTuple):
    """A task: the n-th time of a duty."""

    duty: object
    nth: int
    state: str
    started: datetime
    done: datetime | None = None


class Fact(NamedTuple):
    """An event that happened.

    :param moments: in order, at least one
    :param is_partly: it is still to happen for some part of the case
    """

    moments: tuple
    is_partly: bool = False


class Action(NamedTuple):
    """One thing to do.

    :param verb: ``start`` a turn, ``done``, ``off`` or ``missed`` of one that is open, ``revive`` one that is off
    :param moment: of ``start`` and ``done``
    """

    verb: str
    duty: object
    nth: int
    moment: datetime | None = None


def fact(value):
    """A moment, a :class:`Fact` or nothing, as a :class:`Fact` or None."""
    if not value or isinstance(value, Fact):
        return value or None
    return Fact((value,))


def fact_of_parts(moments):
    """The fact of something that happens to each of several things: its moment for each, empty where it has not yet."""
    happened = sorted(moment for moment in moments if moment)
    return Fact(tuple(happened), len(happened) < len(moments)) if happened else None


def plan(duties, facts, turns, holding, now, is_cancelled=False, zone="UTC"):
    """What is to be done so that the tasks are what the rulebook says.

    :param duties: :class:`Duty` each; one that begins after another needs that one among them
    :param facts: event -> moment or :class:`Fact`; ``closed`` and ``reopened`` are among the events
    :param turns: :class:`Turn` each, in any order
    :param holding: keys of the duties whose condition holds
    :param now: for what is repeated
    :param is_cancelled: nothing is to be done in the case any more
    :param zone: in which days of what is repeated are counted
    :return: list of :class:`Action`, in the order in which to carry them out
    """
    return _Planner(duties, facts, turns, holding, now, is_cancelled, zone).actions


def is_ahead(key, duties, facts, states):
    """Whether a duty that has not begun is still to come: its event has happened, or what it begins after is not over.

    :param duties: ``{key: Duty}``
    :param facts: event -> moment, of what has happened
    :param states: ``{key: state of the last turn}``
    """
    seen = set()
    while key not in seen:
        seen.add(key)
        duty = duties.get(key)
        if not duty:
            return False
        if duty.after is None:
            return bool(facts.get(duty.start))
        state = states.get(duty.after)
        if state:
            return state in OPEN or state == DONE
        key = duty.after
    return False


class _Planner:
    """The plan in the making: each duty once, after the one that it begins after."""

    def __init__(self, duties, facts, turns, holding, now, is_cancelled, zone):
        self.facts = {event: fact(value) for event, value in facts.items() if value}
        self.holding, self.now, self.is_cancelled, self.zone = holding, now, is_cancelled, ZoneInfo(zone)
        self.closed = self._first("closed")
        self.reopened = self._first("reopened")
        self.actions = []
        self.turns = {}
        for turn in sorted(turns, key=lambda turn: turn.nth):
            self.turns.setdefault(turn.duty, []).append(turn)
        duties = {duty.key: duty for duty in duties}
        planned = set()
        for duty in duties.values():
            chain = []
            while duty and duty.key not in planned:
                planned.add(duty.key)
                chain.append(duty)
                duty = duties.get(duty.after)
            for link in reversed(chain):
                self._plan(link)

    def _first(self, event):
        happened = self.facts.get(event)
        return happened.moments[0] if happened else None

    # One duty

    def _plan(self, duty):
        turns = self.turns.get(duty.key, [])
        last = turns[-1] if turns else None
        begin = self._begin(duty)
        is_wanted = bool(begin) and duty.key in self.holding and not self.is_cancelled
        if last and last.state in OPEN:
            last = self._plan_open(duty, last, is_wanted)
        if is_wanted and (not last or last.state not in OPEN):
            self._plan_next(duty, last, begin)

    def _begin(self, duty):
        """The moments at which it may begin, or None while there is no reason for it."""
        if duty.after is None:
            happened = self.facts.get(duty.start)
            return happened and happened.moments
        before = self.turns.get(duty.after, [])
        if not before or before[-1].state != DONE:
            return None
        return tuple(turn.done for turn in before if turn.state == DONE)

    def _stopped(self, duty):
        """When it was done with its event, or None."""
        happened = self.facts.get(duty.stop)
        return happened.moments[-1] if happened and not happened.is_partly else None

    def _plan_open(self, duty, turn, is_wanted):
        """What becomes of a running turn; the turn as it is then."""
        stopped = self._stopped(duty)
        if not is_wanted:
            return self._change(turn, OFF)
        if stopped:
            return self._change(turn, DONE, max(turn.started, stopped))
        if self.closed and turn.started < self.closed and (duty.stop or duty.repeat_days):
            return self._change(turn, OFF)
        if duty.repeat_days and self._slot(duty, turn.started, 1) <= self.now:
            return self._change(turn, MISSED)
        return turn

    def _plan_next(self, duty, last, begin):
        """The first turn, or another one."""
        stopped = self._stopped(duty)
        if not last:
            if not self._is_over(begin[0]):
                self._start(duty, 1, begin[0], stopped and max(begin[0], stopped))
            return
        moment = self._again(duty, last, begin, stopped)
        if moment and not self._is_over(moment) and not (stopped and stopped <= moment):
            self._start(duty, last.nth + 1, moment, stopped)
        elif not moment and last.state == OFF and not stopped and not self.closed:
            self._change(last, REVIVE)

    def _again(self, duty, last, begin, stopped):
        """When another turn begins, or None."""
        ended = last.done if last.state == DONE else last.started
        if duty.repeat_days and last.state in (DONE, MISSED):
            return None if stopped or self.closed else self._slot_now(duty, last.started)
        if newer := [moment for moment in begin if moment > ended]:
            return newer[0]
        if duty.repeat_days and not stopped and self._slot(duty, last.started, 1) <= self.now:
            return last.started  # was off while its time went by
        is_undone = last.state == OFF or (duty.stop and not stopped)
        return self.reopened if is_undone and self.reopened and self.reopened > ended else None

    def _is_over(self, moment):
        """Whether the case was closed behind this moment."""
        return bool(self.closed) and moment < self.closed

    # What is repeated

    def _slot(self, duty, started, count):
        """The beginning so many repetitions later, at the same time of the day."""
        return (started.astimezone(self.zone) + timedelta(days=count * duty.repeat_days)).astimezone(started.tzinfo)

    def _slot_now(self, duty, started):
        """The beginning of the repetition in which we are now; before the first one, of that."""
        count = max(1, (self.now - started) // timedelta(days=duty.repeat_days))
        while self._slot(duty, started, count + 1) <= self.now:
            count += 1
        while count > 1 and self._slot(duty, started, count) > self.now:
            count -= 1
        return self._slot(duty, started, count)

    # Writing it down

    def _start(self, duty, nth, moment, done):
        if duty.repeat_days and not done and self._slot(duty, moment, 1) <= self.now:
            moment = self._slot_now(duty, moment)  # nobody could do the earlier ones
        self.actions.append(Action(START, duty.key, nth, moment))
        turn = Turn(duty.key, nth, RUNNING, moment)
        self.turns.setdefault(duty.key, []).append(turn)
        if done:
            self._change(turn, DONE, done)

    def _change(self, turn, verb, moment=None):
        self.actions.append(Action(verb, turn.duty, turn.nth, moment))
        changed = turn._replace(state=RUNNING if verb == REVIVE else verb, done=moment)
        turns = self.turns[turn.duty]
        turns[turns.index(turn)] = changed
        return changed
