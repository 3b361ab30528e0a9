"""Which figures a rulebook may hold: those that a clock can count. Plain values."""

# ten years in each unit; beyond the calendar no date is to be had, and a case could not be registered any more
_MOST = {
    "minute": 5_256_000, "hour": 87_600, "working_hour": 87_600, "working_day": 3_660, "calendar_day": 3_660, "month": 120,
}
_WHOLE = frozenset({"calendar_day", "month", "day_of_next_month"})


def figure_problem(value, unit):
    """What is wrong with a figure: ``negative``, ``too_long``, ``whole``, ``day_of_month``, or None.

    :param unit: of the limit, or nothing for a plain number; 0 is no limit
    """
    if value < 0:
        return "negative"
    if value and unit == "day_of_next_month" and not 1 <= value <= 31:
        return "day_of_month"
    if unit in _WHOLE and value != int(value):
        return "whole"
    if value > _MOST.get(unit, value):
        return "too_long"
    return None
