from datetime import date, timedelta

from odoo.tests import BaseCase, tagged

from ..rules import ladder
from ..rules.ladder import AFTER, AT, BEFORE, Rung
from .clock_common import K1, at, spans

START, DUE = "2026-03-02 10:00", "2026-03-04 11:00"  # Monday and Wednesday
USUAL = (
    Rung("remind", 2, "working_hour", BEFORE, is_quiet_outside_hours=True),
    Rung("due", when=AT),
    Rung("head", 4, "working_hour", AFTER),
    Rung("director", 1, "working_day", AFTER),
)


@tagged("post_install", "-at_install")
class TestClockLadder(BaseCase):

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.k1 = spans(K1)

    def _moments(self, rungs, now=START, start=START, due=DUE, pauses=()):
        pauses = [tuple(map(at, pause)) for pause in pauses]
        return ladder.alarm_moments(at(start), at(due), rungs, self.k1, at(now), pauses)

    def _play(self, rungs, looks, **clock):
        """What is fired at each look, and what was skipped until then; looks remember as records do."""
        marks, told = set(), []
        for look in looks:
            found = ladder.due_alarms(at(look), self._moments(rungs, now=look, **clock), marks)
            marks.update(alarm.mark for alarm in (*found.skipped, *filter(None, [found.fire])))
            told.append((found.fire and found.fire.mark, [alarm.mark for alarm in found.skipped]))
        return told

    def test_moments(self):
        """Before, at and after the due date, in working time."""
        self.assertEqual(
            [(alarm.key, alarm.moment, alarm.rank) for alarm in self._moments(USUAL)],
            [("remind", at("2026-03-03 17:00"), 0), ("due", at("2026-03-04 11:00"), 1),
             ("head", at("2026-03-04 15:00"), 2), ("director", at("2026-03-05 11:00"), 3)])

    def test_units(self):
        cases = [
            (Rung("a", 1, "working_hour", BEFORE), "2026-03-04 10:00"),  # the opening, not the bell before it
            (Rung("a", 30, "minute", BEFORE), "2026-03-04 10:30"),
            (Rung("a", 1, "working_day", BEFORE), "2026-03-03 11:00"),
            (Rung("a", 1, "calendar_day", BEFORE), "2026-03-03 00:00"),
            (Rung("a", 1, "calendar_day", BEFORE, is_quiet_outside_hours=True), "2026-03-03 10:00"),
            (Rung("a", 1, "calendar_day", AFTER), "2026-03-05 23:59:59"),
            (Rung("a", 12, "hour", AFTER), "2026-03-04 23:00"),
        ]
        for rung, expected in cases:
            with self.subTest(rung):
                self.assertEqual([alarm.moment for alarm in self._moments([rung])], [at(expected)])
        with self.assertRaises(ValueError):
            self._moments([Rung("a", 8, "day_of_next_month", BEFORE)])

    def test_no_due_date_no_alarm(self):
        self.assertEqual(ladder.alarm_moments(at(START), None, USUAL, self.k1, at(START)), [])
        self.assertEqual(ladder.due_alarms(at(START), [], ()), (None, ()))
        self.assertIsNone(ladder.next_alarm(at(START), [], ()))

    def test_reminder_before_the_start_is_none(self):
        """What may take an hour is not reminded of a day ahead."""
        rungs = (Rung("day", 1, "working_day", BEFORE), Rung("due"))
        self.assertEqual([alarm.key for alarm in self._moments(rungs, start="2026-03-04 10:00")], ["due"])

    def test_each_rung_once(self):
        """However often one looks."""
        looks = ["2026-03-03 16:59", "2026-03-03 17:00", "2026-03-03 17:01", "2026-03-04 11:00", "2026-03-04 15:00",
                 "2026-03-04 15:00", "2026-03-05 12:00", "2026-03-09 12:00"]
        self.assertEqual(
            [fired for fired, _skipped in self._play(USUAL, looks)],
            [None, ("remind", 1), None, ("due", 1), ("head", 1), None, ("director", 1), None])

    def test_late_look_fires_the_highest_only(self):
        """Registered late, or nobody looked: the highest step already passed, once; the lower ones never."""
        skipped = [("remind", 1), ("due", 1)]
        self.assertEqual(
            self._play(USUAL, ["2026-03-04 16:00", "2026-03-04 17:00", "2026-03-05 11:00"]),
            [(("head", 1), skipped), (None, []), (("director", 1), [])])
        self.assertEqual(self._play(USUAL, ["2026-05-04 16:00"])[0], (("director", 1), [*skipped, ("head", 1)]))

    def test_next_look(self):
        moments, marks = self._moments(USUAL), {("remind", 1)}
        self.assertEqual(ladder.next_alarm(at("2026-03-03 18:00"), moments, marks), at(DUE))
        self.assertEqual(
            ladder.next_alarm(at("2026-03-04 12:00"), moments, marks), at("2026-03-04 12:00"), "something is to be fired")
        marks |= {("due", 1), ("head", 1), ("director", 1)}
        self.assertIsNone(ladder.next_alarm(at("2026-03-09 12:00"), moments, marks))
        self.assertIsNone(ladder.next_alarm(at(START), moments, {("director", 1)}), "nothing lower after the highest")

    def test_repeated(self):
        """Each ring has its number; a long sleep rings once, with the last number."""
        rungs = (Rung("due"), Rung("daily", 1, "working_day", AFTER, repeat_every=1, repeat_max=4))
        looks = ["2026-03-05 11:00", "2026-03-05 12:00", "2026-03-09 11:00", "2026-03-10 11:00", "2026-03-20 11:00"]
        self.assertEqual(self._play(rungs, looks), [
            (("daily", 1), [("due", 1)]), (None, []), (("daily", 3), [("daily", 2)]), (("daily", 4), []), (None, [])])

    def test_repeated_without_end(self):
        """The rings until now and the next one, so that one knows when to look again; and never without end."""
        rungs = (Rung("hourly", when=AT, unit="hour", repeat_every=1),)
        moments = self._moments(rungs, now="2026-03-04 13:30")
        self.assertEqual([alarm.moment for alarm in moments], [at(f"2026-03-04 {hour}:00") for hour in range(11, 15)])
        self.assertEqual(
            ladder.next_alarm(at("2026-03-04 13:30"), moments, {("hourly", 3)}), at("2026-03-04 14:00"))
        self.assertEqual(len(self._moments(rungs, now="2026-12-04 13:30")), ladder.MOST_OCCURRENCES)

    def test_repeated_reminder_ends_at_the_due_date(self):
        rungs = (Rung("remind", 2, "working_hour", BEFORE, repeat_every=1),)
        moments = self._moments(rungs, now="2026-03-20 11:00")
        self.assertEqual([alarm.moment for alarm in moments], [at("2026-03-03 17:00"), at("2026-03-04 10:00")])

    def test_low_rung_goes_on_beside_a_higher_one(self):
        """The daily reminder of the owner does not end because his head was told."""
        rungs = (Rung("owner", unit="working_day", repeat_every=1), Rung("head", 2, "working_hour", AFTER))
        looks = ["2026-03-04 11:00", "2026-03-04 13:00", "2026-03-05 11:00", "2026-03-06 11:00"]
        self.assertEqual(
            [fired for fired, _skipped in self._play(rungs, looks)],
            [("owner", 1), ("head", 1), ("owner", 2), ("owner", 3)])

    def test_reminders_wait_for_the_opening_safety_does_not(self):
        """A reminder that falls on Saturday comes on Monday, what is about safety at once. [S-14]"""
        quiet = Rung("quiet", 2, "hour", BEFORE, is_quiet_outside_hours=True)
        safety = Rung("safety", 1, "hour", AFTER)
        moments = {
            alarm.key: alarm.moment for alarm in self._moments([quiet, safety], due="2026-03-07 23:00")}
        self.assertEqual(moments, {"quiet": at("2026-03-09 10:00"), "safety": at("2026-03-08 00:00")})
        self.assertEqual(
            self._play([quiet, safety], ["2026-03-08 00:00", "2026-03-09 10:00"], due="2026-03-07 23:00"),
            [(("safety", 1), [("quiet", 1)]), (None, [])], "the reminder is not sent behind the escalation")

    def test_pause_after_the_due_date_puts_off(self):
        moments = self._moments(USUAL, pauses=[("2026-03-04 12:00", "2026-03-05 12:00")])
        self.assertEqual(
            {alarm.key: alarm.moment for alarm in moments if alarm.key in ("head", "director")},
            {"head": at("2026-03-05 15:00"), "director": at("2026-03-06 11:00")})

    def test_two_days_missed(self):
        """Nobody on site two days running: told at once, once for each row."""
        def days(text):
            return [(date(2026, 3, 2) + timedelta(days=number), mark == "+") for number, mark in enumerate(text)]

        for text, expected in (("", 0), ("+", 0), ("-", 1), ("--", 2), ("--+", 0), ("-+--", 2), ("---", 3)):
            with self.subTest(text):
                self.assertEqual(ladder.consecutive_missed(days(text)), expected)
        without_sunday = [each for each in days("+++++-+-") if each[0].weekday() != 6]
        self.assertEqual(ladder.consecutive_missed(without_sunday), 2, "a day without visit does not end the row")
        rungs = (Rung("manager", consecutive=2), Rung("top", consecutive=3), *USUAL)
        alarms = ladder.missed_day_alarms(days("--+---"), rungs, self.k1)
        self.assertEqual(
            [(*alarm.mark, alarm.moment) for alarm in alarms],
            [("manager", 1, at("2026-03-03 23:59:59")), ("manager", 2, at("2026-03-06 23:59:59")),
             ("top", 1, at("2026-03-07 23:59:59"))])
        self.assertNotIn("manager", {alarm.key for alarm in self._moments(rungs)})
