"""Which released rework scheme fits goods best. Schemes and goods are plain keys here."""

from typing import NamedTuple


class Offer(NamedTuple):
    """A released scheme and what it is for.

    :param key: identifies the scheme
    :param products: products it is for; empty: any
    :param defects: defects it is for; empty: any
    """

    key: object
    products: frozenset
    defects: frozenset


def fit(offer, product, defects):
    """How well an offer fits, as a sortable figure, or None when it does not.

    The product counts more than the defect; a scheme for the named product is preferred to one for any.
    """
    if offer.products and product not in offer.products:
        return None
    common = offer.defects & defects
    if offer.defects and not common:
        return None
    return bool(offer.products), len(common)


def best(offers, product, defects):
    """Key of the offer that fits best, the first of equals, or None.

    :param offers: in order of preference among equals
    """
    fitting = [(offer, fit(offer, product, frozenset(defects))) for offer in offers]
    fitting = [(offer, figure) for offer, figure in fitting if figure is not None]
    return max(fitting, key=lambda pair: pair[1])[0].key if fitting else None
