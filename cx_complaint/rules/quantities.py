"""Where the goods of a return are, from what moved. Quantities in the product's unit; nothing is read, nothing kept.

Every quantity follows from *done* moves, so it cannot drift from the stock it describes:

    received = in quarantine + in work + at a destination

holds after every step by construction: what came is either still in the tree, in a production location, or elsewhere.
"""

from collections import defaultdict
from typing import NamedTuple

CUSTOMER = "customer"
QUARANTINE = "quarantine"  # a location of a quarantine tree
WORK = "work"  # a production location
STOCK = "stock"  # on hand: released, or put straight there by core's own return
INSIDE = "inside"  # any other location of ours: a dock, transit
OUTSIDE = "outside"  # scrapped, back to the vendor, used up

USED_UP = 0  # stands for the location of goods that became something else; no location has this id


class Step(NamedTuple):
    """So much went from one location to another: a done move line, or several alike."""

    source: int
    destination: int
    quantity: float


class Whereabouts(NamedTuple):
    """Where the goods are.

    :param arriving: at a dock outside the tree, on the way into it; not received yet
    :param received: reached quarantine, or went elsewhere
    """

    arriving: float
    received: float
    quarantine: float
    work: float
    final: float


def whereabouts(steps, zones):
    """Sort out where what came from the customer is now.

    :param steps: all done :class:`Step` of one RMA line, or of one lot of it
    :param dict zones: zone of each location id
    """
    net = defaultdict(float)
    docked = defaultdict(float)  # by location of ours outside the tree that goods entered straight from the customer
    came = sent_back = 0.0
    for source, destination, quantity in steps:
        if zones[source] == CUSTOMER:
            came += quantity
            if zones[destination] == INSIDE:
                docked[destination] += quantity
        if zones[destination] == CUSTOMER:
            sent_back += quantity
        net[source] -= quantity
        net[destination] += quantity
    for source, _destination, quantity in steps:
        if source in docked:
            docked[source] -= quantity
    arriving = sum(max(quantity, 0.0) for quantity in docked.values())

    def total(*wanted):
        return sum(quantity for location, quantity in net.items() if zones[location] in wanted)

    return Whereabouts(
        arriving=arriving,
        received=came - arriving,
        quarantine=total(QUARANTINE),
        work=total(WORK),
        final=sent_back + total(INSIDE, STOCK, OUTSIDE) - arriving,
    )


def straight_to_stock(steps, zones):
    """What core's own return put from the customer into stock: nothing is left to decide about it."""
    return sum(
        quantity for source, destination, quantity in steps
        if zones[source] == CUSTOMER and zones[destination] == STOCK)


def in_zone(keyed_steps, zones, zone=QUARANTINE):
    """What stands in a zone, by location and whatever else tells units apart.

    :param keyed_steps: pairs of a key (lot, owner) and a :class:`Step`
    :return: dict ``{(location, *key): quantity}``; what is zero may be in it
    """
    net = defaultdict(float)
    for key, (source, destination, quantity) in keyed_steps:
        if zones[source] == zone:
            net[(source, *key)] -= quantity
        if zones[destination] == zone:
            net[(destination, *key)] += quantity
    return dict(net)


def missing(authorised, received, expected, is_closed_short):
    """What was authorised, did not come, and is not on an open receipt either."""
    return 0.0 if is_closed_short else max(authorised - received - expected, 0.0)


def undecided(received, planned):
    """What came and has no disposition yet."""
    return max(received - planned, 0.0)


def rma_state(decision, lines):
    """State of an RMA: what people decided, and from the authorisation on what its lines tell.

    :param lines: per line a triple of booleans: still waited for, something came, something still to be handled
    """
    if decision != "authorised" or not lines:
        return decision
    if any(is_waited_for for is_waited_for, _came, _open in lines):
        return "receiving" if any(came for _waited, came, _open in lines) else "authorised"
    return "received" if any(is_open for _waited, _came, is_open in lines) else "done"
