"""What the components of a dismantled unit are worth. Plain figures; nothing is read, nothing kept."""

from typing import NamedTuple


class Kept(NamedTuple):
    """A component that is kept."""

    quantity: float
    cost: float  # of one new component


def prices(value, kept):
    """Price of one of each kept component: its cost as new, but never more in all than the unit was worth.

    What the unit was worth beyond that is lost with the scrapped components and with the work that was in it.

    :param value: what was taken apart was worth
    :param kept: list of :class:`Kept`
    """
    as_new = sum(component.quantity * component.cost for component in kept)
    share = min(1.0, max(value, 0.0) / as_new) if as_new > 0.0 else 0.0
    return [component.cost * share for component in kept]
