from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from odoo.tests import BaseCase, tagged

from ..rules import clock
from ..rules.clock import Limit, NoWorkingTime, OutOfRange, Spans
from .clock_common import ALWAYS, BERLIN, HALF_SATURDAY, K1, K2, K3, K4, NIGHTS, SHANGHAI, WEEKDAYS, at, spans

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hours(value):
    return Limit(value, "working_hour")


def workdays(value):
    return Limit(value, "working_day")


@tagged("post_install", "-at_install")
class TestClockRefusals(BaseCase):
    """What the clock does not answer."""

    def test_calendar_without_work(self):
        """Refused for every question, in no time. [S-16]"""
        empty = spans({}, "2026-01-01", "2027-12-31")
        start = at("2026-01-05 10:00")
        for limit in (hours(1), workdays(1), hours(0), workdays(0)):
            with self.subTest(limit), self.assertRaises(NoWorkingTime):
                clock.due(start, limit, empty)
        with self.assertRaises(NoWorkingTime):
            clock.next_opening(start, empty)
        self.assertFalse(clock.is_open(start, empty))

    def test_calendar_that_ends(self):
        """A plant that was closed for good in June refuses what would be due behind it, and only that. [S-16]"""
        closed = Spans(
            zip(spans(K1, last="2026-06-30").begins, spans(K1, last="2026-06-30").ends, strict=True), SHANGHAI,
            at("2026-01-01 00:00"), at("2027-12-31 00:00"))
        self.assertEqual(clock.due(at("2026-06-29 10:00"), workdays(2), closed), at("2026-06-30 18:00"))
        for limit in (workdays(3), hours(17)):
            with self.assertRaises(NoWorkingTime):
                clock.due(at("2026-06-29 10:00"), limit, closed)

    def test_range_too_short(self):
        """Work that was not read is unknown, not absent: before the range, behind it, and the day that it cuts."""
        week = spans(K1, "2026-03-02", "2026-03-08")
        for start, limit in (
                ("2026-03-06 10:00", hours(9)), ("2026-03-06 10:00", workdays(2)), ("2026-03-01 12:00", hours(1)),
                ("2026-03-09 12:00", hours(1)), ("2026-03-07 12:00", hours(0))):
            with self.subTest(start=start, limit=limit), self.assertRaises(OutOfRange):
                clock.due(at(start), limit, week)
        cut = Spans(zip(week.begins, week.ends, strict=True), SHANGHAI, at("2026-03-02 12:00"), week.end)
        self.assertEqual(clock.due(at("2026-03-02 17:00"), hours(2), cut), at("2026-03-03 11:00"))
        with self.assertRaises(OutOfRange):
            clock.due(at("2026-03-02 17:00"), workdays(1), cut)
        with self.assertRaises(OutOfRange):
            clock.elapsed(at("2026-03-02 17:00"), at("2026-03-12 17:00"), "working_hour", week)

    def test_a_day_that_the_range_cuts_is_unknown(self):
        """At noon, where nobody sees that there is a morning or an afternoon too, or in the middle of a night shift."""
        lunch, noon, day = spans(K4, "2026-03-02", "2026-03-08"), "2026-03-03 12:30", workdays(1)
        pairs = list(zip(lunch.begins, lunch.ends, strict=True))
        from_noon = Spans(pairs, SHANGHAI, at(noon), lunch.end)
        until_noon = Spans(pairs, SHANGHAI, lunch.begin, at(noon))
        nights = spans(NIGHTS, "2026-03-02", "2026-03-08")
        for start, calendar in (
                ("2026-03-03 14:00", from_noon), ("2026-03-02 17:00", until_noon), ("2026-03-02 10:00", until_noon),
                ("2026-03-07 23:00", nights)):
            with self.subTest(start), self.assertRaises(OutOfRange):
                clock.due(at(start), day, calendar)
        later = Spans(zip(nights.begins, nights.ends, strict=True), SHANGHAI, at("2026-03-05 00:00"), nights.end)
        with self.assertRaises(OutOfRange):
            clock.due(at("2026-03-05 03:00"), day, later)
        self.assertEqual(clock.due(at("2026-03-06 12:00"), day, later), at("2026-03-07 06:00"))

    def test_a_later_pause_needs_no_longer_range(self):
        """What is due before a pause is due, wherever the pause lies."""
        week = spans(K1, "2026-03-02", "2026-03-08")
        pauses = [(at("2026-05-01 00:00"), at("2026-05-09 00:00"))]
        self.assertEqual(clock.due(at("2026-03-03 10:00"), hours(9), week, pauses), at("2026-03-04 11:00"))
        cut = Spans(zip(week.begins, week.ends, strict=True), SHANGHAI, week.begin, at("2026-03-05 12:00"))
        noon = [(at("2026-03-05 11:00"), at("2026-03-05 11:30"))]
        self.assertEqual(clock.due(at("2026-03-03 10:00"), workdays(2), cut, noon), at("2026-03-04 18:00"))
        with self.assertRaises(OutOfRange):
            clock.due(at("2026-03-03 10:00"), hours(90), week, pauses)

    def test_mistakes(self):
        with self.assertRaises(ValueError):
            clock.due(datetime(2026, 3, 2, 10), hours(1), spans(K1))
        with self.assertRaises(ValueError):
            clock.due(at("2026-03-02 10:00"), hours(-1), spans(K1))
        with self.assertRaises(KeyError):
            clock.due(at("2026-03-02 10:00"), Limit(1, "fortnight"), spans(K1))


@tagged("post_install", "-at_install")
class TestClockDue(BaseCase):
    """Golden cases; local time of Shanghai where nothing else is said. 6 March 2026 is a Friday."""

    def _check(self, cases):
        for name, calendar, start, limit, pauses, expected in cases:
            with self.subTest(name):
                pauses = [tuple(map(at, pause)) for pause in pauses]
                self.assertEqual(clock.due(at(start), limit, calendar, pauses), at(expected))

    def test_working_hours(self):
        """To the closing bell and over lunch, nights, days off and pauses. [S-01] [S-02] [S-03] [S-04] [S-05] [S-06] [S-08]"""
        k1, k2, k3, k4 = spans(K1), spans(K2), spans(K3), spans(K4)
        holiday = spans(K1, holidays=["2026-03-03"])
        night = ("2026-03-04 04:15", "2026-03-04 05:00")
        self._check([
            ("S-01 a pause at night", k1, "2026-03-04 04:00", hours(6), [night], "2026-03-04 16:00"),
            ("S-02 ends with the bell", k1, "2026-03-04 16:00", hours(2), [], "2026-03-04 18:00"),
            ("S-02 one second more", k1, "2026-03-04 16:00", hours(2 + 1 / 3600), [], "2026-03-05 10:00:01"),
            ("S-02 an hour's pause", k1, "2026-03-04 16:00", hours(1),
             [("2026-03-04 16:10", "2026-03-04 17:10")], "2026-03-04 18:00"),
            ("S-02 an hour's pause and a second", k1, "2026-03-04 16:00", hours(1),
             [("2026-03-04 16:10", "2026-03-04 17:10:01")], "2026-03-05 10:00:01"),
            ("S-02 over the weekend", k1, "2026-03-06 17:00", hours(1), [], "2026-03-06 18:00"),
            ("S-03", k2, "2026-03-06 17:00", hours(8), [], "2026-03-09 17:00"),
            ("S-04", k3, "2026-03-06 16:00", hours(4), [], "2026-03-09 11:00"),
            ("S-05 lunch", k4, "2026-03-04 11:30", hours(2), [], "2026-03-04 14:30"),
            ("S-06 in the lunch gap", k4, "2026-03-04 12:30", hours(1), [], "2026-03-04 14:00"),
            ("S-06 at night", k1, "2026-03-04 03:00", hours(1), [], "2026-03-04 11:00"),
            ("S-06 on Saturday", k1, "2026-03-07 12:00", hours(1), [], "2026-03-09 11:00"),
            ("S-06 on a holiday", holiday, "2026-03-03 12:00", hours(1), [], "2026-03-04 11:00"),
            ("S-08 a night and a holiday", holiday, "2026-03-02 10:00", hours(16),
             [("2026-03-02 17:00", "2026-03-03 15:00"), ("2026-03-03 20:00", "2026-03-04 11:00")],
             "2026-03-05 12:00"),
            ("pauses that overlap count once", k1, "2026-03-02 10:00", hours(2),
             [("2026-03-02 11:00", "2026-03-02 12:30"), ("2026-03-02 12:00", "2026-03-02 13:00")],
             "2026-03-02 14:00"),
            ("a pause that began before the start", k1, "2026-03-02 10:00", hours(2),
             [("2026-03-01 11:00", "2026-03-02 11:00")], "2026-03-02 13:00"),
            ("at once", k1, "2026-03-02 11:00", hours(0), [], "2026-03-02 11:00"),
            ("at once, at night", k1, "2026-03-01 11:00", hours(0), [], "2026-03-02 10:00"),
            ("at once, in a pause", k1, "2026-03-02 11:00", hours(0),
             [("2026-03-02 10:30", "2026-03-02 19:00")], "2026-03-03 10:00"),
        ])

    def test_working_days(self):
        """A day later is the same share of the next working day. [S-15]"""
        k1, half, holiday = spans(K1), spans(HALF_SATURDAY), spans(K1, holidays=["2026-03-03"])
        self._check([
            ("S-15 Friday evening", k1, "2026-03-06 17:59", workdays(3), [], "2026-03-11 17:59"),
            ("S-15 Saturday", k1, "2026-03-07 12:00", workdays(3), [], "2026-03-11 18:00"),
            ("from the opening", k1, "2026-03-09 10:00", workdays(1), [], "2026-03-09 18:00"),
            ("ten days over a holiday", holiday, "2026-03-02 11:00", workdays(10), [], "2026-03-17 11:00"),
            ("half a day", k1, "2026-03-02 17:00", workdays(0.5), [], "2026-03-03 13:00"),
            ("a short Saturday is a day", half, "2026-03-06 14:00", workdays(1), [], "2026-03-07 12:00"),
            ("and the next is not shorter for it", half, "2026-03-06 14:00", workdays(2), [], "2026-03-09 14:00"),
            ("from a short Saturday", half, "2026-03-07 11:00", workdays(1), [], "2026-03-09 12:00"),
            ("a day's pause", k1, "2026-03-02 11:00", workdays(1),
             [("2026-03-02 12:00", "2026-03-03 12:00")], "2026-03-04 11:00"),
            ("a pause on Sunday", k1, "2026-03-06 11:00", workdays(1),
             [("2026-03-07 12:00", "2026-03-09 10:00")], "2026-03-09 11:00"),
            ("a night shift is a day", spans(NIGHTS), "2026-03-06 23:00", workdays(1), [], "2026-03-07 23:00"),
            ("to the end of a shift", spans(NIGHTS), "2026-03-06 12:00", workdays(1), [], "2026-03-07 06:00"),
            ("without any closing time", spans(ALWAYS), "2026-03-06 17:00", workdays(2), [], "2026-03-08 17:00"),
        ])

    def test_other_lengths_round_to_a_second(self):
        """A share of a day of seven hours falls on a whole second, never too early."""
        odd = spans({**{day: "10:00-18:00" for day in WEEKDAYS}, 1: "10:00-17:00"})
        found = clock.due(at("2026-03-02 10:00:01"), workdays(1), odd)
        self.assertEqual(found, at("2026-03-03 10:00:01"))
        self.assertGreaterEqual(clock.used(at("2026-03-02 10:00:01"), found, "working_day", odd), 1)

    def test_daylight_saving(self):
        """A night is as long as it is. [S-17]"""
        nights = spans(NIGHTS, zone=BERLIN)
        for evening, morning, expected in (
                ("2026-03-28", "2026-03-29", 7), ("2026-10-24", "2026-10-25", 9), ("2026-06-06", "2026-06-07", 8)):
            begin, end = at(f"{evening} 22:00", BERLIN), at(f"{morning} 06:00", BERLIN)
            with self.subTest(evening):
                self.assertEqual(clock.elapsed(begin, end + HOUR, "working_hour", nights), expected * 3600)
                self.assertEqual(clock.due(begin, hours(expected), nights), end)
                self.assertEqual(clock.due(begin, workdays(1), nights), end)
        self.assertEqual(
            clock.due(at("2026-03-28 12:00", BERLIN), Limit(1, "calendar_day"), nights),
            at("2026-03-29 23:59:59", BERLIN))
        self.assertEqual(
            clock.due(at("2026-03-28 12:00", BERLIN), Limit(24, "hour"), None), at("2026-03-29 13:00", BERLIN))
        noon = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo(BERLIN))
        self.assertEqual(clock.due(noon, Limit(24, "hour"), None), at("2026-03-29 13:00", BERLIN))
        self.assertEqual(clock.elapsed(noon, noon.replace(day=29), "hour", None), 23 * 3600)
        local = Spans([(noon, noon.replace(day=29))], BERLIN, noon.replace(day=1), noon.replace(day=31))
        self.assertEqual(clock.elapsed(noon, noon.replace(day=29), "working_hour", local), 23 * 3600)

    def test_plain_hours_and_minutes(self):
        """They run at night; only a pause stops them."""
        self._check([
            ("ten minutes", None, "2026-03-06 23:55", Limit(10, "minute"), [], "2026-03-07 00:05"),
            ("a day", spans(K1), "2026-03-06 17:00", Limit(24, "hour"), [], "2026-03-07 17:00"),
            ("a pause at night", spans(K1), "2026-03-06 17:00", Limit(24, "hour"),
             [("2026-03-06 22:00", "2026-03-07 01:00")], "2026-03-07 20:00"),
            ("a pause from the due date on", None, "2026-03-06 17:00", Limit(1, "hour"),
             [("2026-03-06 18:00", "2026-03-07 01:00")], "2026-03-06 18:00"),
            ("at once", None, "2026-03-06 23:55", Limit(0, "minute"), [], "2026-03-06 23:55"),
        ])

    def test_days_to_their_end(self):
        """Calendar days, months, and a day of the next month."""
        k1 = spans(K1)
        three, two = Limit(3, "calendar_day"), Limit(2, "calendar_day")
        self._check([
            ("three days", k1, "2026-03-06 00:00", three, [], "2026-03-09 23:59:59"),
            ("to the last second", k1, "2026-03-06 23:59:59", three, [], "2026-03-09 23:59:59"),
            ("today", k1, "2026-03-06 09:00", Limit(0, "calendar_day"), [], "2026-03-06 23:59:59"),
            ("a pause within a day", k1, "2026-03-06 09:00", two,
             [("2026-03-07 00:00", "2026-03-07 23:59")], "2026-03-08 23:59:59"),
            ("a pause over one midnight", k1, "2026-03-06 09:00", two,
             [("2026-03-07 12:00", "2026-03-08 09:00")], "2026-03-09 23:59:59"),
            ("a pause of two days", k1, "2026-03-06 09:00", two,
             [("2026-03-07 12:00", "2026-03-09 12:00")], "2026-03-10 23:59:59"),
            ("the same in two pieces", k1, "2026-03-06 09:00", two,
             [("2026-03-07 12:00", "2026-03-08 12:00"), ("2026-03-08 12:01", "2026-03-09 12:00")],
             "2026-03-10 23:59:59"),
            ("a pause on the day itself", k1, "2026-03-06 09:00", two,
             [("2026-03-08 12:00", "2026-03-09 09:00")], "2026-03-09 23:59:59"),
            ("a pause too late", k1, "2026-03-06 09:00", two,
             [("2026-03-09 00:00", "2026-03-19 09:00")], "2026-03-08 23:59:59"),
            ("a month after the 31st", k1, "2026-01-31 09:00", Limit(1, "month"), [], "2026-02-28 23:59:59"),
            ("in a leap year", k1, "2028-01-31 09:00", Limit(1, "month"), [], "2028-02-29 23:59:59"),
            ("three months", k1, "2026-11-30 09:00", Limit(3, "month"), [], "2027-02-28 23:59:59"),
            ("a month with a pause", k1, "2026-01-15 09:00", Limit(1, "month"),
             [("2026-01-20 09:00", "2026-01-25 09:00")], "2026-02-20 23:59:59"),
            ("the 8th", k1, "2026-03-31 23:00", Limit(8, "day_of_next_month"), [], "2026-04-08 23:59:59"),
            ("the 8th from the 1st", k1, "2026-03-01 00:00", Limit(8, "day_of_next_month"), [],
             "2026-04-08 23:59:59"),
            ("the 31st of a short month", k1, "2026-01-08 09:00", Limit(31, "day_of_next_month"), [],
             "2026-02-28 23:59:59"),
            ("over new year", k1, "2026-12-08 09:00", Limit(8, "day_of_next_month"), [], "2027-01-08 23:59:59"),
        ])

    def test_one_instant_in_three_zones(self):
        """Wherever one looks from, the start is the same, and so is what is due; days end where the calendar is."""
        k1 = spans(K1)
        starts = [at("2026-03-06 17:00"), at("2026-03-06 10:00", BERLIN), at("2026-03-06 04:00", "America/New_York")]
        for unit in ("hour", "working_hour", "working_day", "calendar_day", "month"):
            with self.subTest(unit):
                found = {clock.due(start, Limit(3, unit), k1) for start in starts}
                self.assertEqual(len(found), 1)
                self.assertIs(found.pop().tzinfo, timezone.utc)

    def test_agreed(self):
        """The day agreed with the customer is not moved by waiting for him."""
        agreed, pause = at("2026-03-20 12:00"), [(at("2026-03-07 00:00"), None)]
        limit = Limit(None, "agreed")
        self.assertEqual(clock.due(at("2026-03-06 09:00"), limit, None, pause, agreed=agreed), agreed)
        self.assertEqual(clock.due(at("2026-03-06 09:00"), limit, None, extra=DAY, agreed=agreed), agreed + DAY)
        self.assertIsNone(clock.due(at("2026-03-06 09:00"), limit, None))

    def test_undecided_is_off(self):
        """A value that the rulebook lost has no due date."""
        for unit in clock.UNITS:
            with self.subTest(unit):
                self.assertIsNone(clock.due(at("2026-03-06 09:00"), Limit(None, unit), spans(K1)))

    def test_pause_without_end(self):
        """The clock stands: nothing is due behind it, what was due before stays due."""
        k1, start = spans(K1), at("2026-03-02 10:00")
        for unit in ("minute", "hour", "working_hour", "working_day", "calendar_day", "month", "day_of_next_month"):
            with self.subTest(unit):
                self.assertIsNone(clock.due(start, Limit(5, unit), k1, [(start, None)]))
        self.assertIsNone(clock.due(start, hours(0), k1, [(start, None)]))
        self.assertEqual(clock.due(start, hours(2), k1, [(start + 2 * HOUR, None)]), start + 2 * HOUR)

    def test_extra(self):
        """Granted in the limit's own time."""
        k1, start = spans(K1), at("2026-03-06 17:00")
        for limit, extra, expected in (
                (Limit(24, "hour"), DAY, "2026-03-08 17:00"), (hours(2), HOUR, "2026-03-09 12:00"),
                (workdays(3), 2 * DAY, "2026-03-13 17:00"), (Limit(3, "calendar_day"), DAY, "2026-03-10 23:59:59"),
                (Limit(3, "calendar_day"), HOUR, "2026-03-10 23:59:59"),
                (Limit(8, "day_of_next_month"), DAY, "2026-04-09 23:59:59")):
            with self.subTest(limit):
                self.assertEqual(clock.due(start, limit, k1, extra=extra), at(expected))

    def test_midnight_as_odoo_writes_it(self):
        """A shift in two lines that meet at 23:59:59.999999 loses nothing."""
        evening, morning = at("2026-03-03 22:00"), at("2026-03-04 06:00")
        midnight = at("2026-03-04 00:00")
        two = Spans(
            [(midnight, morning), (evening, midnight - timedelta(microseconds=1))], SHANGHAI,
            at("2026-03-01 00:00"), at("2026-03-08 00:00"))
        self.assertEqual((two.begins, two.ends), ([evening], [morning]))
        self.assertEqual(clock.due(evening, hours(8), two), morning)


@tagged("post_install", "-at_install")
class TestClockUsed(BaseCase):
    """What was used, what is left, how late it is."""

    def test_first_response_grid(self):
        """Before (b), during (d) and after (a) hours, on the same day, the next, a day off and days later. [S-07]"""
        k1 = spans(K1, "2021-06-01", "2021-07-31")
        mon, tue, thu, fri, sat, sun = (
            f"2021-{day} " for day in ("06-28", "06-29", "07-01", "06-25", "06-26", "06-27"))
        cases = [
            (mon + "11:00", mon + "12:00", 1), (mon + "12:00", mon + "20:00", 6), (mon + "06:00", mon + "12:00", 2),
            (mon + "19:00", mon + "20:00", 0), (sun + "10:00", sun + "11:00", 0),
            (mon + "06:00", tue + "06:00", 8), (mon + "06:00", tue + "11:00", 9), (mon + "06:00", tue + "20:00", 16),
            (fri + "06:00", sat + "11:00", 8), (mon + "12:00", tue + "06:00", 6), (mon + "12:00", tue + "11:00", 7),
            (mon + "12:00", tue + "20:00", 14), (fri + "12:00", sat + "11:00", 6), (mon + "20:00", tue + "06:00", 0),
            (mon + "20:00", tue + "11:00", 1), (mon + "20:00", tue + "20:00", 8), (fri + "20:00", sat + "11:00", 0),
            (mon + "06:00", thu + "06:00", 24), (mon + "06:00", thu + "11:00", 25), (mon + "06:00", thu + "20:00", 32),
            (fri + "06:00", sun + "11:00", 8), (mon + "12:00", thu + "06:00", 22), (mon + "12:00", thu + "11:00", 23),
            (mon + "12:00", thu + "20:00", 30), (fri + "12:00", sun + "11:00", 6), (mon + "20:00", thu + "06:00", 16),
            (mon + "20:00", thu + "11:00", 17), (mon + "20:00", thu + "20:00", 24), (fri + "20:00", sun + "11:00", 0),
        ]
        self.assertEqual(len(cases), 29)
        for start, end, expected in cases:
            with self.subTest(start=start, end=end):
                self.assertEqual(clock.elapsed(at(start), at(end), "working_hour", k1), expected * 3600)

    def test_elapsed(self):
        k1, start, end = spans(K1), at("2026-03-02 16:00"), at("2026-03-04 11:00")
        pauses = [(at("2026-03-02 17:00"), at("2026-03-03 11:00")), (at("2026-03-04 10:30"), None)]
        cases = [
            ("working_hour", 8.5, 8.5), ("working_day", 8.5, 8.5 / 8), ("hour", 24.5, 24.5), ("minute", 24.5, 1470),
            ("calendar_day", 24.5, 1), ("month", 24.5, 1)]
        for unit, seconds, units in cases:
            with self.subTest(unit):
                self.assertEqual(clock.elapsed(start, end, unit, k1, pauses), seconds * 3600)
                self.assertEqual(clock.used(start, end, unit, k1, pauses), units)
                self.assertEqual(clock.elapsed(end, start, unit, k1, pauses), 0)
                self.assertEqual(clock.used(end, start, unit, k1, pauses), 0)

    def test_remaining_and_late(self):
        """Left in working seconds, below zero when late; a pause behind the due date makes it no later."""
        k1, due = spans(K1), at("2026-03-04 11:00")
        pause = [(at("2026-03-04 12:00"), at("2026-03-04 17:00"))]
        cases = [
            ("2026-03-03 17:00", "working_hour", [], 2), ("2026-03-03 20:00", "working_day", [], 1),
            ("2026-03-03 20:00", "hour", [], 15), ("2026-03-04 11:00", "working_hour", [], 0),
            ("2026-03-05 11:00", "working_hour", [], -8), ("2026-03-05 11:00", "working_hour", pause, -3),
            ("2026-03-05 11:00", "calendar_day", pause, -19), ("2026-03-05 11:00", "agreed", pause, -24)]
        for now, unit, pauses, expected in cases:
            with self.subTest(now=now, unit=unit):
                self.assertEqual(clock.remaining(at(now), due, unit, k1, pauses), expected * 3600)
                self.assertEqual(clock.late_by(at(now), due, unit, k1, pauses), max(0, -expected * 3600))
        evening = at("2026-03-04 18:00")
        self.assertEqual(clock.remaining(at("2026-03-05 09:00"), evening, "working_hour", k1), 0, "no second used")
        self.assertIsNone(clock.remaining(due, None, "hour", k1))
        self.assertEqual(clock.late_by(due, None, "hour", k1), 0)

    def test_opening(self):
        """What comes at night is taken in when work begins; at the bell it is closed."""
        k4 = spans(K4, holidays=["2026-03-09"])
        cases = [
            ("2026-03-04 08:00", True, "2026-03-04 08:00"), ("2026-03-04 09:00", True, "2026-03-04 09:00"),
            ("2026-03-04 12:00", False, "2026-03-04 13:00"), ("2026-03-04 03:00", False, "2026-03-04 08:00"),
            ("2026-03-06 17:00", False, "2026-03-10 08:00")]
        for moment, is_open, opening in cases:
            with self.subTest(moment):
                self.assertEqual(clock.is_open(at(moment), k4), is_open)
                self.assertEqual(clock.next_opening(at(moment), k4), at(opening))

    def test_range_that_suffices(self):
        """What range_for proposes holds the due dates of usual limits in a usual calendar."""
        clocks = [
            clock.Clock(at("2026-03-06 17:00"), Limit(value, unit), extra=extra)
            for unit in clock.UNITS for value in (0, 1, 10, 60) for extra in (timedelta(0), HOUR, 10 * DAY)]
        begin, end = clock.range_for(clocks)
        full = spans(K1, "2020-01-01", "2035-12-31", holidays=[f"2026-10-0{day}" for day in range(1, 8)])
        part = Spans(zip(full.begins, full.ends, strict=True), SHANGHAI, begin, end)
        found, short = clock.dues(clocks, part)
        self.assertFalse(short)
        self.assertEqual(found, clock.dues(clocks, full)[0])
        for each in clocks:
            begin, end = clock.range_for([each])
            part = Spans(zip(full.begins, full.ends, strict=True), SHANGHAI, begin, end)
            with self.subTest(each.limit):
                self.assertEqual(clock.dues([each], part)[1], [])

    def test_batch_names_what_needs_more(self):
        """One clock that runs far ahead does not keep the others from being answered."""
        clocks = [clock.Clock(at("2026-03-02 10:00"), hours(value)) for value in (1, 900, 2)]
        found, short = clock.dues(clocks, spans(K1, "2026-03-01", "2026-03-31"))
        self.assertEqual(found, [at("2026-03-02 11:00"), None, at("2026-03-02 12:00")])
        self.assertEqual(short, [1])
