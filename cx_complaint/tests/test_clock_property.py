import random
from datetime import timedelta
from itertools import pairwise

from odoo.tests import BaseCase, tagged

from ..rules import clock
from ..rules.clock import Limit, Spans
from .clock_common import BERLIN, HALF_SATURDAY, K1, K4, NIGHTS, SHANGHAI, at, spans

DRAWS = 10_000
MONTHS = ("month", "day_of_next_month")
ADDITIVE = ("minute", "hour", "working_hour", "working_day", "calendar_day")


@tagged("post_install", "-at_install")
class TestClockProperty(BaseCase):
    """What holds for any start, limit, calendar and pauses. The seed is fixed, so that what fails once fails again. [S-19]"""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        days = {"first": "2025-12-01", "last": "2027-06-30"}
        holidays = [f"2026-10-0{day}" for day in range(1, 8)]
        cls.calendars = [
            spans(K1, holidays=holidays, **days), spans(K4, holidays=holidays, zone=BERLIN, **days),
            spans(NIGHTS, zone=BERLIN, **days), spans(HALF_SATURDAY, **days)]
        cls.even = cls.calendars[:2]  # every working day has the same length

    def setUp(self):
        super().setUp()
        self.random = random.Random(20260306)

    def _start(self):
        return at("2026-01-01 00:00") + timedelta(seconds=self.random.randrange(300 * 86400))

    def _limit(self, units=ADDITIVE, least=0):
        """Of the size that occurs, often a round one that ends on an edge of the working day."""
        unit = self.random.choice(units)
        most = {"minute": 3000, "hour": 200, "working_hour": 60, "month": 3, "day_of_next_month": 31}.get(unit, 15)
        value = self.random.randint(least, most)
        if unit in ("hour", "working_hour") and self.random.random() < 0.5:
            value += self.random.randrange(3600) / 3600
        return Limit(value, unit)

    def _pauses(self, start, most=3):
        pauses = []
        for _number in range(self.random.randint(0, most)):
            begin = start + timedelta(seconds=self.random.randint(-2 * 86400, 12 * 86400))
            pauses.append((begin, begin + timedelta(seconds=self.random.choice((1, 3600, 43200, 86400, 400000)))))
        return pauses

    def test_due_uses_up_the_limit(self):
        """elapsed(s, due(s, d)) = d, and not a second before; with pauses too."""
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(least=1)
            calendar, pauses = self.random.choice(self.calendars), self._pauses(start)
            due = clock.due(start, limit, calendar, pauses)
            used = clock.used(start, due, limit.unit, calendar, pauses)
            if limit.unit == "working_day" and calendar not in self.even:
                self.assertTrue(0 <= used - limit.value < 1e-3, (start, limit, pauses))
            else:
                self.assertAlmostEqual(used, limit.value, 7, (start, limit, pauses))
            if limit.unit != "calendar_day":
                before = clock.used(start, due - timedelta(seconds=1), limit.unit, calendar, pauses)
                self.assertLess(before, limit.value, (start, limit, pauses))

    def test_one_after_another_is_the_sum(self):
        """due(due(s, a), b) = due(s, a + b)."""
        for _draw in range(DRAWS):
            start, first = self._start(), self._limit(least=1)
            calendar, pauses = self.random.choice(self.calendars), self._pauses(start)
            second = Limit(self.random.randint(1, 9), first.unit)
            both = clock.due(start, Limit(first.value + second.value, first.unit), calendar, pauses)
            chained = clock.due(clock.due(start, first, calendar, pauses), second, calendar, pauses)
            if first.unit == "working_day" and calendar not in self.even:
                self.assertTrue(timedelta(0) <= chained - both <= timedelta(seconds=3), (start, first, second, pauses))
            else:
                self.assertLess(abs(chained - both), timedelta(milliseconds=1), (start, first, second, pauses))

    def test_later_start_and_longer_limit_are_never_due_earlier(self):
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(ADDITIVE + MONTHS)
            calendar = self.random.choice(self.calendars)
            pauses = [] if limit.unit in MONTHS else self._pauses(start)
            due = clock.due(start, limit, calendar, pauses)
            later = start + timedelta(seconds=self.random.choice((1, 600, 86400, 900000)))
            longer = limit._replace(value=limit.value + self.random.choice((1, 2)))
            self.assertLessEqual(due, clock.due(later, limit, calendar, pauses), (start, later, limit, pauses))
            self.assertLessEqual(due, clock.due(start, longer, calendar, pauses), (start, limit, pauses))
            self.assertLessEqual(due, clock.due(start, limit, calendar, pauses, timedelta(hours=1)))

    def test_a_pause_never_makes_it_earlier(self):
        """One more, a longer one or one without end; months too."""
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(ADDITIVE + MONTHS)
            calendar, pauses = self.random.choice(self.calendars), self._pauses(start, most=4)
            dues = [clock.due(start, limit, calendar, pauses[:count]) for count in range(len(pauses) + 1)]
            for less, more in pairwise(dues):
                self.assertLessEqual(less, more, (start, limit, pauses))
            stands = clock.due(start, limit, calendar, [*pauses, (self._start(), None)])
            self.assertIn(stands, (None, dues[-1]), (start, limit, pauses))

    def test_a_pause_outside_hours_changes_nothing(self):
        """In working time; whether by night or on a day off."""
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(("working_hour", "working_day"), least=1)
            calendar = self.random.choice(self.calendars)
            position = self.random.randrange(len(calendar.begins) - 1)
            closed, opens = calendar.ends[position], calendar.begins[position + 1]
            pauses = self._pauses(start, most=1)
            self.assertEqual(
                clock.due(start, limit, calendar, pauses), clock.due(start, limit, calendar, [*pauses, (closed, opens)]),
                (start, limit, pauses, closed))

    def test_left_and_used_are_the_whole(self):
        """At any moment before the due date, what was used and what is left make the limit."""
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(("minute", "hour", "working_hour"), least=1)
            calendar, pauses = self.random.choice(self.calendars), self._pauses(start)
            due = clock.due(start, limit, calendar, pauses)
            now = start + (due - start) * self.random.random()
            size = clock.UNITS[limit.unit].size.total_seconds()
            self.assertAlmostEqual(
                clock.elapsed(start, now, limit.unit, calendar, pauses)
                + clock.remaining(now, due, limit.unit, calendar, pauses), limit.value * size, 3)

    def test_before_is_the_way_back(self):
        """From the latest moment so long before a due date, the limit leads to it again."""
        for _draw in range(DRAWS):
            start, limit = self._start(), self._limit(("minute", "hour", "working_hour", "working_day"), least=1)
            calendar, pauses = self.random.choice(self.even), self._pauses(start)
            due = clock.due(start, limit, calendar, pauses)
            before = clock.moment_before(due, limit, calendar, pauses)
            self.assertGreaterEqual(before, start, (start, limit, pauses))
            self.assertLess(
                abs(clock.due(before, limit, calendar, pauses) - due), timedelta(milliseconds=1), (start, limit, pauses))

    def test_batch_is_what_each_is(self):
        """Many clocks over one calendar, each over one of its own that reaches just as far as it needs."""
        calendar = self.calendars[0]
        clocks = []
        for _draw in range(DRAWS):
            start = self._start()
            clocks.append(clock.Clock(start, self._limit(ADDITIVE + MONTHS), tuple(self._pauses(start, most=1))))
        found, short = clock.dues(clocks, calendar)
        self.assertFalse(short)
        pairs = list(zip(calendar.begins, calendar.ends, strict=True))
        for each, due in zip(clocks[:500], found, strict=False):
            alone = Spans(pairs, SHANGHAI, *clock.range_for([each]))
            self.assertEqual(clock.due(each.start, each.limit, alone, each.pauses), due, each)
