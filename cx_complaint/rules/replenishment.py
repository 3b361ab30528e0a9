"""What a defect rate says about goods that nobody has sorted yet. Quantities in the product's unit."""

from math import ceil, floor
from typing import NamedTuple


class Estimate(NamedTuple):
    """What is expected of the whole quantity; the three add up to it."""

    good: float
    rework: float
    scrap: float

    @property
    def defective(self):
        return self.rework + self.scrap


def estimate(quantity, rate, repairable_share=100.0, rounding=1.0):
    """Estimate good and defective goods by the rate of a sample.

    Rounded to the customer's side: one more defective, one more to scrap, rather than too few replaced.

    :param quantity: what came back, or is expected
    :param rate: defective of the sample in per cent
    :param repairable_share: of the defective, what can be reworked, in per cent
    :param rounding: smallest quantity of the unit that exists
    """
    defective = min(_up(quantity * rate / 100.0, rounding), quantity)
    rework = _down(defective * repairable_share / 100.0, rounding)
    return Estimate(
        round(quantity - defective, 10), round(rework, 10), round(defective - rework, 10))


def repairable_share(findings):
    """Share of the defective of a sample that can be reworked, in per cent; all of them where none is defective.

    :param findings: pairs of quantity and whether it can be repaired, of what is not good
    """
    total = sum(quantity for quantity, _is_repairable in findings)
    return 100.0 * sum(quantity for quantity, repairable in findings if repairable) / total if total else 100.0


def replenishment(defective, room):
    """How many to send at once: what is estimated to be defective, and never more than may be made good.

    :param room: what may still be made good, or None where no delivery limits it
    """
    return defective if room is None else max(min(defective, room), 0.0)


def _up(quantity, rounding):
    return ceil(round(quantity / rounding, 6)) * rounding


def _down(quantity, rounding):
    return floor(round(quantity / rounding, 6)) * rounding
