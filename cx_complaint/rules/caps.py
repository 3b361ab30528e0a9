"""How much of a delivery may still come back."""

from typing import NamedTuple


class Returnable(NamedTuple):
    """What became of one delivered move, in the product's unit.

    :param delivered: done at the customer
    :param returned: on its returns that are not cancelled, ours and core's: open ones by demand, done ones as done
    :param promised: authorised on other RMA lines and not on a receipt yet
    """

    delivered: float = 0.0
    returned: float = 0.0
    promised: float = 0.0

    @property
    def left(self):
        """May be negative where core's own return wizard took back more than was delivered."""
        return self.delivered - self.returned - self.promised

    @property
    def shown(self):
        return max(self.left, 0.0)


def split_over(wanted, offers):
    """Share a quantity out over offers, first come first served.

    :param offers: pairs of something and the quantity it can give
    :return: list of pairs that took part, and the rest that nobody could give
    """
    shares = []
    for offer, quantity in offers:
        share = min(wanted, quantity)
        if share > 0:
            shares.append((offer, share))
            wanted -= share
    return shares, wanted
