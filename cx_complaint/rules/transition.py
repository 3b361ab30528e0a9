"""The shape of a row in a table of transitions."""

from typing import NamedTuple


class Transition(NamedTuple):
    """What a verb does to a record's life.

    :param sources: states the verb may start from
    :param decision: what is written, or None when the verb only records an event
    :param groups: XML ids of the groups of which one is needed
    """

    sources: frozenset
    decision: str | None
    groups: tuple


def transition(sources, decision, *groups):
    """Write a row of the table: ``transition("draft submitted", "authorised", "cx_complaint.group_sales")``."""
    return Transition(frozenset(sources.split()), decision, groups)
