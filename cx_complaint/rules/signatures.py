"""Who signs next, and what exactly was signed. People and steps are opaque keys here."""

import hashlib
import json
from typing import NamedTuple


class Step(NamedTuple):
    """A signature that is asked and not given yet.

    :param key: identifies the step
    :param sequence: steps with the same number may be signed in any order
    :param people: keys of those who may sign it
    """

    key: object
    sequence: int
    people: frozenset


def entitled(ladder, closed):
    """Who may sign a step, and whether only with a declared conflict.

    :param ladder: sets of people in the order in which a closed step moves on: the role's own, its substitutes, each
        next rank, the top
    :param closed: people to whom the step is closed
    :return: ``(people, is_conflict)``; nobody at all when no rung is filled
    """
    for people in ladder:
        free = frozenset(people) - frozenset(closed)
        if free:
            return free, False
    top = next((frozenset(people) for people in reversed(ladder) if people), frozenset())
    return top, bool(top)


def turn(steps):
    """The steps that may be signed now: those with the lowest number."""
    return [step for step in steps if step.sequence == min(other.sequence for other in steps)]


def signed_at_once(steps, person):
    """Keys of the steps that ``person`` signs with one signature: his in this turn, and on while he holds whole turns.

    :param steps: open steps in the order of their sequence
    """
    keys = []
    turns = {}
    for step in steps:
        turns.setdefault(step.sequence, []).append(step)
    for same_turn in turns.values():
        his = [step.key for step in same_turn if person in step.people]
        keys += his
        if len(his) < len(same_turn):
            break
    return keys


def checksum(values):
    """SHA-256 of values that JSON can hold, whatever the order of their keys."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()
