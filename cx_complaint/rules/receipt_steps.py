"""The order in which a company receives: what is missing before a step, and how far a receipt alone brings a parcel."""

from typing import NamedTuple

COUNT, PAPERS, INSPECT, PLACE = "count", "papers", "inspect", "place"
# steps that a done receipt tells by itself; the others are somebody's own work
_TOLD_BY_RECEIPT = (COUNT, PLACE)


class Step(NamedTuple):
    """A step of the order, and whether the next ones wait for it."""

    code: str
    is_required: bool


def before(steps, code):
    """Steps that stand before ``code``; all of them where it is not one of them."""
    codes = [step.code for step in steps]
    return steps[:codes.index(code)] if code in codes else steps


def missing_before(steps, code, done):
    """Codes of the required steps before ``code`` that are not done, in the company's order.

    :param steps: :class:`Step` in the company's order
    :param done: codes of the steps that are done
    """
    return [step.code for step in before(steps, code) if step.is_required and step.code not in done]


def follows(steps, code):
    """Code of the step right after ``code``, or None."""
    codes = [step.code for step in steps]
    place = codes.index(code) + 1 if code in codes else len(codes)
    return codes[place] if place < len(codes) else None


def reached_by_receipt(steps):
    """State of a parcel whose receipts are done: as far as no required step of another's work stands in between."""
    for code, state in ((COUNT, "arrived"), (PLACE, "counted")):
        if code in [step.code for step in steps] and any(
            step.is_required and step.code not in _TOLD_BY_RECEIPT for step in before(steps, code)
        ):
            return state
    return "placed"
