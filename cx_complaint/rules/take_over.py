"""Which of a customer's units become ours when he was compensated for some of them. Plain values, nothing is read.

Units of which nothing is decided go first, then whole decisions: a decision is about one owner's goods, so it is taken
over as a whole or not at all. What is decided to go back to the customer stays his.
"""

from typing import NamedTuple

from .leaving import above_zero

PRECISION = 6


class Decided(NamedTuple):
    """Units under one open decision.

    :param key: of the decision
    :param places: ``{(location, lot): quantity}`` where they stand
    """

    key: object
    places: dict

    @property
    def quantity(self):
        return sum(self.places.values())


class Plan(NamedTuple):
    """What is taken.

    :param places: undecided units, ``{(location, lot): quantity}``
    :param decisions: keys of the decisions whose units are all taken
    :param quantity: in all
    """

    places: dict
    decisions: list
    quantity: float


def undecided(standing, decisions):
    """What stands somewhere and is under none of the decisions.

    :param standing: ``{(location, lot): quantity}``
    :param decisions: list of dicts of the same kind
    """
    left = dict(standing)
    for places in decisions:
        for place, quantity in places.items():
            left[place] = left.get(place, 0.0) - quantity
    return above_zero(left)


def plan(wanted, free, decisions, lots=frozenset()):
    """Choose units for a quantity.

    :param free: undecided units, ``{(location, lot): quantity}``
    :param decisions: list of :class:`Decided` that may be taken, in the order of preference
    :param lots: only units of these; empty: of any
    """
    rest, places, keys = wanted, {}, []
    for (location, lot), quantity in free.items():
        share = min(quantity, rest) if not lots or lot in lots else 0.0
        if round(share, PRECISION) > 0:
            places[location, lot] = share
            rest -= share
    for decided in decisions:
        fits = not lots or all(lot in lots for _location, lot in decided.places)
        if fits and round(decided.quantity, PRECISION) > 0 and round(decided.quantity - rest, PRECISION) <= 0:
            keys.append(decided.key)
            rest -= decided.quantity
    return Plan(places, keys, round(wanted - rest, PRECISION))
