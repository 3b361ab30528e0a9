"""What a scan at the dock means: on which line of the parcel it counts, how many, or what is to be asked."""

from typing import NamedTuple

# kinds of answers
COUNT = "count"  # it counts, as the fills say
ASK_LOT = "ask_lot"  # a tracked product, and the code does not say which lot
ALREADY = "already"  # a serial number that is counted already
SEVERAL = "several"  # one serial number with a quantity that is not one
WHICH_PRODUCT = "which_product"  # products of several kinds carry the code
UNKNOWN = "unknown"  # nobody knows it

_DIGITS = 6


class Code(NamedTuple):
    """What a code says, as far as the books know it."""

    products: frozenset = frozenset()  # products that carry it
    lots: tuple = ()  # lots of the name on it: (lot, product)
    lot_name: str = ""  # the name itself, known or not
    quantity: float | None = None  # units in the box; None: the code does not say


class Line(NamedTuple):
    """What is expected; lines stand in the order in which they are filled, the oldest first."""

    key: int
    product: int
    expected: float
    lots: frozenset = frozenset()  # lots that may come on it; empty: any


class Fill(NamedTuple):
    """So many units of a product count on a line; on none where nobody announced them."""

    key: int | None
    product: int
    lot: int | None
    lot_name: str
    quantity: float


class Answer(NamedTuple):
    kind: str
    product: int | None = None
    fills: tuple = ()


def decide(code, lines, counted, tracking, active=None):
    """Answer to a scan. Nothing is refused because it was not announced; what is not clear is asked.

    :param code: :class:`Code`
    :param lines: list of :class:`Line`
    :param counted: list of :class:`Fill`, what is counted so far
    :param dict tracking: ``none``, ``lot`` or ``serial`` by product
    :param active: tracked product of which a lot was asked; a code that nobody knows is its lot
    """
    product, lot = _identify(code, {line.product for line in lines}, active)
    if not product:
        return Answer(WHICH_PRODUCT if code.products or code.lots else UNKNOWN)
    kept, lot_name = tracking[product], code.lot_name
    if kept == "none":
        lot, lot_name = None, ""
    elif not lot and not lot_name:
        lot = _only_lot(product, lines) if kept == "lot" else None
        if not lot:
            return Answer(ASK_LOT, product)
    quantity = code.quantity if code.quantity and code.quantity > 0 else 1.0
    if kept == "serial":
        if quantity != 1.0:
            return Answer(SEVERAL, product)
        if any(fill.product == product and fill.quantity > 0 and (
                fill.lot == lot if lot else fill.lot_name == lot_name) for fill in counted):
            return Answer(ALREADY, product)
    return Answer(COUNT, product, tuple(allocate(product, lot, lot_name, quantity, lines, counted)))


def allocate(product, lot, lot_name, quantity, lines, counted):
    """Lines that so many units count on.

    The lines that name the lot come first, then those that name none, then those of other lots; among them the oldest,
    each up to what is expected. More of what is expected on one line only is more of that line; more of what several
    lines expect belongs to none of them.

    :return: list of :class:`Fill`
    """
    own = [line for line in lines if line.product == product]
    ranked = sorted(own, key=lambda line: 0 if lot in line.lots else 1 if not line.lots else 2)
    fills, rest = [], quantity
    for line in ranked:
        room = line.expected - sum(fill.quantity for fill in counted if fill.key == line.key)
        taken = round(min(rest, room), _DIGITS)
        if taken > 0:
            fills.append(Fill(line.key, product, lot, lot_name, taken))
            rest = round(rest - taken, _DIGITS)
    if rest > 0:
        key = own[0].key if len(own) == 1 else None
        if fills and fills[-1].key == key:
            rest = round(rest + fills.pop().quantity, _DIGITS)
        fills.append(Fill(key, product, lot, lot_name, rest))
    return fills


def _identify(code, expected, active):
    """Product and lot of a code; no product where it is unknown or not clear."""
    products = code.products or frozenset(product for _lot, product in code.lots)
    if len(products) > 1:
        products = products & expected or products
        if len(products) > 1 and active in products:
            products = frozenset({active})
    if len(products) > 1:
        return None, None
    if not products:
        return (active, None) if active and code.lot_name else (None, None)
    product = next(iter(products))
    return product, next((lot for lot, of_product in code.lots if of_product == product), None)


def _only_lot(product, lines):
    """The lot of a product where there is no choice, or None."""
    lots = frozenset().union(*(line.lots for line in lines if line.product == product))
    return next(iter(lots)) if len(lots) == 1 else None
