"""How much of what was delivered may still be made good, and how far an invoice line may be credited.

Plain numbers only. A *pool* is something delivered that can be made good once: the goods of one delivery move, or one
component over all deliveries of an order line. Pools nest and never cross, so what fits into each pool fits together.
"""

from collections import defaultdict
from typing import NamedTuple


class Use(NamedTuple):
    """A claim on a pool.

    :param pool: key of the pool
    :param quantity: in the unit of the pool
    """

    pool: tuple
    quantity: float


def total_by_pool(uses):
    """Sum of the claims per pool."""
    totals = defaultdict(float)
    for use in uses:
        totals[use.pool] += use.quantity
    return totals


def left(wanted, delivered, used):
    """How often the whole of ``wanted`` still fits.

    :param wanted: the :class:`Use` that one unit of the settlement makes of each of its pools
    :param delivered: ``{pool: quantity}``
    :param used: ``{pool: quantity}`` of everybody else
    :return: number of units, never below 0; None when the settlement draws on no pool
    """
    rooms = [
        (delivered.get(use.pool, 0.0) - used.get(use.pool, 0.0)) / use.quantity for use in wanted if use.quantity > 0
    ]
    return max(min(rooms), 0.0) if rooms else None


def credited_elsewhere(delivered, invoiced, credited):
    """Goods of an order line that finance credited with core's own means.

    A reversal that was invoiced again credits nothing, so only what is missing from the net counts.

    :param delivered: what went to the customer
    :param invoiced: on customer invoices, gross
    :param credited: on credit notes that no settlement made
    """
    return max(0.0, min(credited, delivered - (invoiced - credited)))


def lowering(credited, returned, credited_by_core):
    """What goods credited by settlements take off the delivered quantity of their order line.

    A return with "update quantities" has lowered it already. Such a return belongs to core's credit notes first; what
    they do not cover is covered by ours, and must not be taken off twice.

    :param credited: by settlements, not cancelled
    :param returned: what returns have taken off already
    :param credited_by_core: on other credit notes, not cancelled
    """
    return max(0.0, credited - max(0.0, returned - credited_by_core))


def share_out(amount, capacities):
    """Fill ``capacities`` one after the other; the last one takes what is too much.

    :return: list of what each one got
    """
    shares = []
    for capacity in capacities:
        share = min(amount, capacity)
        shares.append(share)
        amount -= share
    if shares:
        shares[-1] += amount
    return shares
