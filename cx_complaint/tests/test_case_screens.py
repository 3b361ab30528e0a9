from datetime import datetime, timedelta

from odoo.tests import BaseCase, tagged

from ..rules.clock_colours import colour_of, share_of
from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestClockColours(BaseCase):
    """How a clock looks, as a table."""

    def test_colours(self):
        """Red when late, yellow in the last quarter but not more than a day before, green otherwise."""
        start = datetime(2026, 11, 30, 8)
        for state, due, now, colour in (
            ("running", None, 0, "none"), ("paused", 8, 4, "paused"), ("done", 8, 9, "done"), ("missed", 8, 9, "done"),
            ("running", 8, 5.9, "running"), ("running", 8, 6, "soon"), ("running", 8, 8, "soon"), ("running", 8, 8.1, "late"),
            ("running", 240, 200, "running"), ("running", 240, 216, "soon"),
        ):
            with self.subTest(state=state, due=due, now=now):
                self.assertEqual(colour_of(
                    state, start, due and start + timedelta(hours=due), start + timedelta(hours=now)), colour)

    def test_shares(self):
        """Never below nothing or above all."""
        self.assertEqual([share_of(*pair) for pair in ((0, 100), (50, 200), (300, 200), (5, 0), (-5, 10))],
                         [0, 25, 100, 100, 0])


@tagged("post_install", "-at_install")
class TestCaseScreens(RulebookCommon):
    """Board, strip of clocks and analyses, under the battery maker's three working days."""

    CODE = "s2_08"

    def test_the_strip_shows_planned_used_and_left(self):
        """Half a day of three is used on Monday noon, in working time; late by two working hours on Thursday at eleven."""
        self.complain(at="2026-11-30 09:00", login="cx_sales")
        self.at("2026-11-30 11:00")
        strip = self._strip()
        self.assertIn("Give the result", strip)
        self.assertIn("2 h", strip)
        self.assertIn("22 h left", strip.replace("\xa0", " "))
        self.at("2026-12-03 11:00")
        self.assertIn("late by 2 h", self._strip())
        self.assertEqual(self.task("result").clock_state, "late")

    def _strip(self):
        self.complaint.invalidate_recordset()
        self.task("result").invalidate_recordset()
        # days are shown as days of 24 hours of work: three working days of eight hours are 24 hours
        return str(self._as("cx_sales", self.complaint).clock_strip_html)

    def test_the_board_holds_what_is_due_today(self):
        """Due on Thursday: not on Wednesday's board, on Thursday's, and still on Friday's as late."""
        self.complain(at="2026-11-30 09:00", login="cx_sales")
        action = self.env.ref("cx_complaint.task_action_board")
        for day, is_due, is_late in (("2026-12-02 09:00", False, False), ("2026-12-03 08:30", True, False),
                                     ("2026-12-04 08:30", True, True)):
            with self.subTest(day=day):
                self.at(day)
                desk = self.env["cx.desk"].with_user(self.users_by_login["cx_quality"])
                due = self.env["cx.task"].search(desk._domain(action))
                self.assertEqual(self.task("result") in due, is_due)
                self.assertEqual(bool(due.filtered_domain(due._late_domain()) & self.task("result")), is_late)

    def test_on_time_and_late(self):
        """One case in time, one late: half of them, and how late."""
        self.complain(at="2026-11-30 09:00")
        self.step("confirm")
        self.step("conclude", "cx_quality", at="2026-12-01 09:00")
        self.complain(at="2026-11-30 09:00")
        self.step("confirm")
        self.at("2026-12-03 11:00")
        self._as("cx_quality", self.task("result"))._explain("The laboratory was closed")
        self.step("conclude", "cx_quality")
        self.env.flush_all()
        [(rate, late)] = self.env["cx.clock.report"]._read_group(
            [("milestone_id.code", "=", "result"), ("company_id", "=", self.company.id),
             ("procedure_id", "=", self.procedure.id)], [], ["on_time_rate:avg", "late_hours:max"])
        self.assertEqual((rate, late), (50.0, 2.0))

    def test_ages(self):
        """A case of last week stands in its bucket; a closed one in none."""
        self.complain(at="2026-11-30 09:00")
        self.env.flush_all()
        row = self.env["cx.ageing.report"].search([("complaint_id", "=", self.complaint.id)])
        self.assertTrue(row.bucket)
        self.complaint._cancel("Entered twice")
        self.env.flush_all()
        self.assertFalse(self.env["cx.ageing.report"].search([("complaint_id", "=", self.complaint.id)]))
