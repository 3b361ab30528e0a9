"""What a disposition allows to leave quarantine, and what has left under it.

Goods of a disposition go three ways: straight to their destination; through work (out into production and back into
the zone *reworked, to check*), then to their destination once quality released them; or they are used up in work and
become something else, which is their destination. Quantities are in the product's unit, lots and owners are ids
(False: none), places are told by a word:

``tree``        in the quarantine tree of the disposition's warehouse
``production``  in work
``stock``, ``discount``, ``internal``, ``sample``, ``customer``, ``vendor``, ``scrap``  the destinations
``other``       anywhere else: transit, the quarantine of another warehouse
"""

from collections import defaultdict
from typing import NamedTuple

PRECISION = 6  # decimals at which two quantities are the same; far finer than any unit, far coarser than a float


class Flow(NamedTuple):
    """Goods of a disposition that went from one place to another."""

    source: str
    destination: str
    lot: int | bool
    quantity: float
    undoes: bool = False  # taken apart again (unbuild): goes the way back


class Account(NamedTuple):
    """What was decided about some goods and what became of it."""

    approved: bool
    work: bool  # goes into work and comes back as itself
    destination: str  # the word for its place; "production" for goods that are used up there
    product: int
    owner: int | bool
    quantity: float
    lots: frozenset  # empty: the product is not tracked
    released: float  # passed the check after work
    released_lots: frozenset
    into_work: dict  # {lot: quantity}, less what was taken apart again
    worked: dict
    final: dict

    @property
    def to_work(self):
        """Quantity that has not been taken into work yet."""
        return self.quantity - total(self.into_work) if self.work else 0.0

    @property
    def to_check(self):
        """Quantity that came out of work and was not released yet."""
        # what failed the check is decided anew: the quantity is lower then than what came out of the work
        worked = min(total(self.worked), self.quantity)
        return worked - max(self.released, total(self.final)) if self.work else 0.0

    @property
    def to_leave(self):
        """Quantity that may go to the destination now."""
        may = min(self.released, total(self.worked)) if self.work else self.quantity
        return may - total(self.final)


class Leaving(NamedTuple):
    """Goods about to leave the tree."""

    way: str  # a place, or "undo" for the unbuild of a rework order
    product: int
    owner: int | bool
    lot: int | bool
    quantity: float


class Refusal(NamedTuple):
    """Why goods may not leave: a stable code and the two figures where it is about a quantity."""

    code: str
    lot: int | bool = False
    asked: float = 0.0
    allowed: float = 0.0


def total(by_lot):
    """Sum over all lots."""
    return sum(by_lot.values())


def more(left, right):
    """Whether ``left`` exceeds ``right`` by more than a float's dust."""
    return round(left - right, PRECISION) > 0


def fold(flows, is_used_up=False):
    """What went into work, came out of it and reached a destination.

    :param flows: iterable of :class:`Flow`
    :param is_used_up: production is where the goods end
    :return: three dicts ``{lot: quantity}``: into work, worked, final
    """
    into_work, worked, final = defaultdict(float), defaultdict(float), defaultdict(float)
    for flow in flows:
        ends = (flow.source, flow.destination)
        if ends == ("tree", "production") and not is_used_up:
            if flow.undoes:
                worked[flow.lot] -= flow.quantity
            else:
                into_work[flow.lot] += flow.quantity
        elif ends == ("production", "tree") and not is_used_up:
            if flow.undoes:
                into_work[flow.lot] -= flow.quantity
            else:
                worked[flow.lot] += flow.quantity
        elif ends == ("stock", "production"):  # core's own documents about goods that came straight into stock
            into_work[flow.lot] += flow.quantity
        elif ends == ("production", "stock"):
            worked[flow.lot] += flow.quantity
            final[flow.lot] += flow.quantity
        elif ends == ("stock", "scrap") or flow.source == "tree" and flow.destination != "tree":
            final[flow.lot] += flow.quantity
        elif flow.destination == "tree" and flow.source != "tree":
            final[flow.lot] -= flow.quantity
    return dict(into_work), dict(worked), dict(final)


def standing(rows):
    """Where goods stand after having moved.

    :param rows: iterable of ``(source, destination, lot, quantity)``; the ends are hashable keys of places, None for a
        place that is not looked at
    :return: ``{(place, lot): quantity}`` without the empty ones
    """
    stand = defaultdict(float)
    for source, destination, lot, quantity in rows:
        if source is not None:
            stand[source, lot] -= quantity
        if destination is not None:
            stand[destination, lot] += quantity
    return {key: quantity for key, quantity in stand.items() if round(quantity, PRECISION)}


def above_zero(places):
    """What is left of each lot in all, by place: what is claimed where it does not stand is taken from where it does.

    :param places: ``{(place, lot): quantity}``, some below zero
    """
    owed = defaultdict(float)
    for (_place, lot), quantity in places.items():
        owed[lot] += max(-quantity, 0.0)
    left = {}
    for (place, lot), quantity in places.items():
        taken = min(max(quantity, 0.0), owed[lot])
        owed[lot] -= taken
        if more(quantity, taken):
            left[place, lot] = quantity - taken
    return left


def refusal(account, leavings):
    """First reason why these goods may not leave under this disposition, or None.

    :param account: :class:`Account`, or None for goods without a disposition
    :param leavings: all goods of one batch that leave under it, so that two lines cannot use one allowance twice
    """
    if account is None:
        return Refusal("no_disposition")
    if not account.approved:
        return Refusal("not_approved")
    for leaving in leavings:
        if reason := _wrong_goods(account, leaving):
            return reason
    for way in dict.fromkeys(("production", "undo", account.destination)):
        asked = [leaving for leaving in leavings if leaving.way == way]
        if asked and (reason := _too_much(account, way, asked)):
            return reason
    return None


def _wrong_goods(account, leaving):
    """The goods are not those, or do not go the way, that was decided."""
    if leaving.product != account.product:
        return Refusal("other_product")
    if leaving.owner != account.owner:
        return Refusal("other_owner", leaving.lot)
    if account.lots and leaving.lot not in account.lots:
        return Refusal("other_lot", leaving.lot)
    ways = {account.destination} | ({"production", "undo"} if account.work else set())
    return None if leaving.way in ways else Refusal("other_way", leaving.lot)


def _too_much(account, way, asked):
    """More leaves than is still owed, in all or of a lot."""
    allowed, per_lot = {
        "production": (account.to_work, _rest({lot: 1.0 for lot in account.lots}, account.into_work)),
        "undo": (total(account.worked) - total(account.final), _rest(account.worked, account.final)),
    }.get(way if account.work else None) or (account.to_leave, _rest(
        {lot: 1.0 for lot in (account.released_lots if account.work else account.lots)}, account.final))
    quantity = sum(leaving.quantity for leaving in asked)
    if more(quantity, allowed):
        # what the check has not passed yet is another matter than what was never decided
        waits = way == account.destination and account.work and more(account.quantity, account.released)
        return Refusal("not_released" if waits else "too_much", asked[0].lot, quantity, max(allowed, 0.0))
    if len(account.lots) > 1:  # serials: one unit each; a single lot has the disposition's quantity
        of_lot = defaultdict(float)
        for leaving in asked:
            of_lot[leaving.lot] += leaving.quantity
        for lot, quantity in of_lot.items():
            if more(quantity, per_lot.get(lot, 0.0)):
                waits = way == account.destination and account.work and lot not in account.released_lots
                return Refusal("not_released" if waits else "too_much", lot, quantity, max(per_lot.get(lot, 0.0), 0.0))
    return None


def _rest(of, less):
    return {lot: quantity - less.get(lot, 0.0) for lot, quantity in of.items()}
