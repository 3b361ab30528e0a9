"""How a clock looks. Plain values."""

from datetime import timedelta

_SOON = timedelta(hours=24)  # or the last quarter of its time, whichever is shorter


def colour_of(state, started, due, now):
    """``late``, ``soon``, ``running``, ``paused``, ``none`` (no clock) or ``done``.

    A clock is due soon in the last quarter of its time, but not earlier than a day before it is over.
    """
    if state == "paused":
        return "paused"
    if state != "running":
        return "done"
    if not due:
        return "none"
    if due < now:
        return "late"
    return "soon" if due - now <= min(_SOON, (due - started) / 4) else "running"


def share_of(used, planned):
    """Used time in hundredths of the planned one, from 0 to 100; 100 where nothing was planned."""
    if not planned or planned <= 0:
        return 100
    return max(0, min(100, round(100 * used / planned)))
