"""What a parcel at the dock tells: where it stands, what is missing, until when it is to be collected."""

from datetime import timedelta

BEFORE_PLACING = ("draft", "announced", "arrived", "counted")


def consignment_state(decision, receipts, reached="placed"):
    """State of a consignment: what people recorded, overtaken by what its receipts tell.

    :param decision: the last thing somebody recorded
    :param receipts: states of its receipts; goods that are received stand in quarantine, whatever nobody recorded
    :param reached: how far done receipts bring it, in the company's order of receiving
    """
    has_open = any(state not in ("done", "cancel") for state in receipts)
    if decision in BEFORE_PLACING and "done" in receipts and not has_open:
        return max(decision, reached, key=(*BEFORE_PLACING, "placed").index)
    return decision


def missing_pieces(announced, arrived, is_counted):
    """Pieces short of the waybill; 0 before anybody counted, and where more came."""
    return max(announced - arrived, 0) if is_counted else 0


def collect_by(placed_date, days):
    """Last day to collect placed goods, or None without a limit.

    :param int days: calendar days after the day of placing; 0: no limit
    """
    return placed_date + timedelta(days=days) if placed_date and days else None


def covers(received, gone, asked):
    """Whether what was received of each key is enough for what goes now besides what went already.

    :param received: ``{key: quantity}``, as are ``gone`` and ``asked``; product's unit
    """
    return all(
        round(received.get(key, 0.0) - gone.get(key, 0.0) - quantity, 6) >= 0 for key, quantity in asked.items())
