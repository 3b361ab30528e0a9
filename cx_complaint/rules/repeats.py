"""How often something happened before. Plain values, nothing is read."""

from datetime import timedelta


def count_earlier(cases, own, days=None):
    """Cases before the own one.

    :param cases: ``(moment, id)`` of each
    :param own: ``(moment, id)``; of two at the same moment the one registered later has the other before it
    :param days: only those of so many days before; all of them when not given
    """
    first = days is not None and own[0] - timedelta(days=days)
    return sum(1 for case in cases if case < own and (days is None or case[0] >= first))


def count_within(dates, day, days):
    """Dates of the last ``days`` days, of which ``day`` is the last one; all until that day when ``days`` is None."""
    first = days is not None and day - timedelta(days=days)
    return sum(1 for one in dates if one <= day and (days is None or one > first))
