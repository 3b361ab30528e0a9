"""Moments of a day as a clock on the wall of the place shows them; as naive UTC, as Odoo stores them."""

from datetime import datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo


def midnight(day, zone):
    """The first second of the day."""
    return _utc(day, time(), zone)


def start_of_work(day, zone):
    """Eight in the morning."""
    return _utc(day, time(8), zone)


def end_of_day(day, zone):
    """The last second of the day: what is promised for a day may be done on the whole of it."""
    return _utc(day, time(23, 59, 59), zone)


def day_of(moment, zone):
    """The day that the place has at a moment given as naive UTC."""
    return moment.replace(tzinfo=timezone.utc).astimezone(ZoneInfo(zone)).date()


def week_of(day):
    """Monday of the week, and the Monday after it."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=7)


def _utc(day, hour, zone):
    return datetime.combine(day, hour, ZoneInfo(zone)).astimezone(timezone.utc).replace(tzinfo=None)
