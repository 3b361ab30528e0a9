"""Which procedure a case falls under. Plain values."""

from datetime import date
from typing import NamedTuple


class Choice(NamedTuple):
    """A row of the company's choices; what is None is no question.

    :param since: the day on which the procedure comes into force, where that is still to come
    :param later: ``(day, procedure)`` of the editions that will take it over, the first day first
    """

    key: int
    procedure: int
    rank: int = 0
    partner: int | None = None
    product_category: int | None = None
    category: int | None = None
    channel: int | None = None
    since: date | None = None
    later: tuple = ()

    @property
    def conditions(self):
        """How much it asks."""
        return sum(value is not None for value in (self.partner, self.product_category, self.category, self.channel))


class Case(NamedTuple):
    """What a case answers; of what has levels, the nearest first.

    :param partners: the customer, his company
    :param product_categories: one tuple per product, its category first and then those above it
    :param categories: the complaint's category, then those above it
    """

    partners: tuple = ()
    product_categories: tuple = ()
    categories: tuple = ()
    channel: int | None = None


def on_day(choices, day):
    """The choices as they stand on ``day``: without what is to come only, with the edition that has taken over by then."""
    standing = []
    for choice in choices:
        editions = [(choice.since or day, choice.procedure), *choice.later]
        held = [procedure for first_day, procedure in editions if first_day <= day]
        if held:
            standing.append(choice._replace(procedure=held[-1], since=None, later=()))
    return tuple(standing)


def choose(choices, case):
    """The choice whose conditions all hold: first by rank, among equals the one that asks most, and nearest.

    :return: a :class:`Choice`, or None when none holds
    """
    fitting = [(choice, distance) for choice in choices if (distance := _distance(choice, case)) is not None]
    if not fitting:
        return None
    return min(fitting, key=lambda one: (one[0].rank, -one[0].conditions, one[1], one[0].key))[0]


def _distance(choice, case):
    """How many levels away the conditions hold; None when one does not."""
    levels = [
        (choice.partner, (case.partners,)),
        (choice.product_category, case.product_categories),
        (choice.category, (case.categories,)),
        (choice.channel, ((case.channel,),)),
    ]
    total = 0
    for wanted, paths in levels:
        if wanted is None:
            continue
        found = [path.index(wanted) for path in paths if wanted in path]
        if not found:
            return None
        total += min(found)
    return total
