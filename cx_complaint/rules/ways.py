"""Which ways a disposition can send goods: works and destinations, and which of them fit. One table, read everywhere.

A word for a place is that of :mod:`rules.leaving`. ``location`` and ``operation`` are fields of the warehouse; a
destination without them has documents of its own (scrap) or places that depend on the goods (customer, vendor).
"""

from typing import NamedTuple


class Work(NamedTuple):
    """What is done to the goods before they reach their destination."""

    label: str
    order: str | None  # kind of the order that carries it out: "rework", "conversion", "dismantle"
    comes_back: bool  # the same units come out of it and wait for the check
    has_scheme: bool  # operations, and parts where they are allowed, come from a rework scheme
    has_parts: bool = False


class Destination(NamedTuple):
    """Where goods end up."""

    label: str
    place: str  # in which word of :mod:`rules.leaving` goods have arrived
    works: frozenset  # after which works goods may go there
    location: str | None = None  # field of the warehouse; None: depends on the goods
    operation: str | None = None  # field of the warehouse; None: no transfer
    is_on_hand: bool = False  # goods count as ours to sell or to use at once


_AS_THEY_ARE = frozenset({"none"})
_AS_THEMSELVES = frozenset({"none", "sort", "rework", "repair"})

WORKS = {
    "none": Work("None", None, False, False),
    "sort": Work("Sort", "rework", True, True),
    "rework": Work("Rework", "rework", True, True, True),
    "repair": Work("Repair", "rework", True, True, True),
    "conversion": Work("Material Conversion", "conversion", False, True, True),
    "dismantle": Work("Dismantle", "dismantle", False, False),
}
DESTINATIONS = {
    "stock": Destination(
        "Stock", "stock", frozenset(WORKS), "lot_stock_id", "cx_release_type_id", is_on_hand=True),
    "reworked": Destination(
        "Reworked Stock", "stock", _AS_THEMSELVES - {"sort"}, "lot_stock_id", "cx_release_type_id", is_on_hand=True),
    "discount": Destination(
        "Discount Stock", "discount", _AS_THEMSELVES, "cx_discount_loc_id", "cx_release_type_id"),
    "internal": Destination(
        "Internal Sale", "internal", _AS_THEMSELVES, "cx_internal_loc_id", "cx_release_type_id"),
    "sample": Destination("Sample Store", "sample", _AS_THEMSELVES, "cx_sample_loc_id", "cx_release_type_id"),
    "customer": Destination("Back to Customer", "customer", _AS_THEMSELVES, None, "cx_back_type_id"),
    "vendor": Destination("Back to Vendor", "vendor", frozenset({"none", "sort"}), None, "cx_vendor_type_id"),
    "scrap": Destination("Scrap", "scrap", _AS_THEY_ARE),
}

WORK_SELECTION = [(code, work.label) for code, work in WORKS.items()]
DESTINATION_SELECTION = [(code, destination.label) for code, destination in DESTINATIONS.items()]


def fits(work, destination):
    """Whether goods may go to a destination after a work."""
    return work in DESTINATIONS[destination].works


def destinations_after(work):
    """Codes of the destinations that fit a work."""
    return [code for code in DESTINATIONS if fits(work, code)]


def final_place(work, destination):
    """The word for the place where goods of a decision have arrived; what is used up has arrived in production."""
    return "production" if is_used_up(work) else DESTINATIONS[destination].place


def is_used_up(work):
    """Whether the goods become something else: they do not come out of the work as themselves."""
    return bool(WORKS[work].order) and not WORKS[work].comes_back
