"""Calendars for tests of the clock, written as people say them; no database."""

from datetime import date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

from ..rules.clock import Spans

WEEKDAYS, WITH_SATURDAY = range(5), range(6)
K1 = {day: "10:00-18:00" for day in WEEKDAYS}
K2 = {day: "09:00-17:00" for day in WEEKDAYS}
K3 = {day: "08:00-17:00" for day in WEEKDAYS}
K4 = {day: "08:00-12:00 13:00-17:00" for day in WEEKDAYS}
HALF_SATURDAY = {**K1, 5: "10:00-14:00"}
NIGHTS = {day: "22:00-06:00" for day in range(7)}
ALWAYS = {day: "00:00-24:00" for day in range(7)}
SHANGHAI, BERLIN = "Asia/Shanghai", "Europe/Berlin"


def at(text, zone=SHANGHAI):
    """A moment as the clock on the wall shows it: ``2026-03-06 17:59`` or with seconds."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(timezone.utc)


def spans(week, first="2026-01-01", last="2026-12-31", zone=SHANGHAI, holidays=()):
    """The spans of a week that repeats itself, from the first until the last day.

    :param week: {weekday: "08:00-12:00 13:00-17:00"}; an end before its begin is on the next day
    """
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    holidays = {date.fromisoformat(day) for day in holidays}
    pairs = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        if day in holidays:
            continue
        for stretch in week.get(day.weekday(), "").split():
            begin, end = stretch.split("-")
            is_next = end <= begin or end == "24:00"
            pairs.append((_moment(day, begin, zone), _moment(day + timedelta(days=is_next), end, zone)))
    return Spans(
        pairs, zone, _moment(first, "00:00", zone), _moment(last + timedelta(days=1), "00:00", zone))


def _moment(day, hour, zone):
    return datetime.combine(day, time.fromisoformat(hour.replace("24:", "00:")), ZoneInfo(zone)).astimezone(timezone.utc)
