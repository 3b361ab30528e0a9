from unittest.mock import patch

from odoo.tests import tagged

from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestCaseTaskWorkingTime(TaskCommon):
    """Working time changes while clocks run: S-10 and S-20, anchors § 3.9."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("find", cls.quality, {"start_event": "received", "limit_value": 3, "limit_unit": "working_day"}),
            ("call", cls.service, {"start_event": "received", "limit_value": 30, "limit_unit": "minute"}),
            ("old", cls.service, {"start_event": "received", "stop_event": "answered", "limit_value": 1, "limit_unit": "working_day"}),
        )

    def setUp(self):
        super().setUp()
        self.case = self._complain()
        self.case.answer = "<p>Put right</p>"
        self.case.is_read_back = True
        self.case.demand = "Repair"
        self.case.action_confirm()
        self.case.action_answer()
        self.find = self.task("find")

    def _changes(self):
        return [(change.kind, self._local(change.old_due_on), self._local(change.new_due_on))
                for change in self.case.task_ids.change_ids.sorted("id")]

    def test_what_one_person_takes_off_moves_nothing(self):
        self.env["resource.calendar.leaves"].create({
            "name": "Off", "calendar_id": self.calendars["K4"].id, "date_from": self._utc("2026-12-01 00:00"),
            "date_to": self._utc("2026-12-01 23:59"),
            "resource_id": self.env["resource.resource"].create({"name": "Somebody"}).id})
        self.assertFalse(self._changes())

    def test_a_holiday_moves_what_is_open(self):
        """A holiday added, moved and taken back: the open clock follows each time and says so; what is done stays."""
        self.assertDue("find", "2026-12-03 09:00")
        holiday = self._holiday("2026-12-02")
        self.assertDue("find", "2026-12-04 09:00")
        holiday.write({"date_from": self._utc("2026-12-03 00:00"), "date_to": self._utc("2026-12-04 23:59")})
        self.assertDue("find", "2026-12-07 09:00")
        holiday.unlink()
        self.assertDue("find", "2026-12-03 09:00")
        self.assertEqual(self._changes(), [
            ("calendar", "2026-12-03 09:00", "2026-12-04 09:00"), ("calendar", "2026-12-04 09:00", "2026-12-07 09:00"),
            ("calendar", "2026-12-07 09:00", "2026-12-03 09:00")])
        self.assertDue("old", "2026-12-01 09:00")
        self.assertDue("call", "2026-11-30 09:30")

    def test_hours_of_the_week_change_in_one_go(self):
        """Tuesdays off: however many lines are rewritten, the change is kept once."""
        calendar = self.calendars["K4"]
        tuesday = calendar.attendance_ids.filtered(lambda line: line.dayofweek == "1")
        calendar.write({"attendance_ids": [(2, line.id) for line in tuesday]})
        self.assertEqual(self._changes(), [("calendar", "2026-12-03 09:00", "2026-12-04 09:00")])
        calendar.attendance_ids.filtered(lambda line: line.dayofweek == "2")[0].unlink()
        self.assertEqual(len(self._changes()), 1, "a shorter Wednesday is a working day still")

    def test_another_calendar_of_the_company(self):
        """The company works from ten to six from now on."""
        self.company.resource_calendar_id = self.calendars["K1"]
        self.assertDue("find", "2026-12-02 18:00")
        self.company.resource_calendar_id = self._create_calendar("Empty", hours=())
        self.assertDue("find", False)
        self.assertIn("Empty", self.find.clock_problem)
        self.company.resource_calendar_id = self.calendars["K4"]
        self.assertDue("find", "2026-12-03 09:00")
        self.assertFalse(self.find.clock_problem)

    def test_a_procedure_with_hours_of_its_own_keeps_them(self):
        """Another company's holidays, and those of a calendar that the procedure does not use, are none of its business."""
        self._holiday("2026-12-01", self.calendars["K1"])
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["resource.calendar.leaves"].with_company(other).create({
            "name": "Elsewhere", "company_id": other.id, "calendar_id": False,
            "date_from": self._utc("2026-12-01 00:00"), "date_to": self._utc("2026-12-01 23:59")})
        self.find._update_due("other")
        self.assertDue("find", "2026-12-03 09:00")
        self.assertFalse(self._changes())

    def test_many_are_left_to_the_job(self):
        """Beyond a hundred nobody waits: the job does it in batches, and does nothing twice."""
        for number in range(4):
            self._complain(summary=f"Case {number}")
        path = "odoo.addons.cx_complaint.models.case.task_recompute"
        progress = patch.object(self.registry["ir.cron"], "_commit_progress", autospec=True, return_value=60.0)
        with patch(f"{path}._AT_ONCE", 3), patch(f"{path}._BATCH", 4), progress as progress:
            self._holiday("2026-12-02")
            self.assertDue("find", "2026-12-03 09:00")
            waiting = self.env["cx.task"].search([("is_outdated", "=", True)])
            self.assertEqual(len(waiting), 14, "three a case, less the one that is done")
            self.env["cx.task"]._cron_recompute()
            self.assertEqual([call.args[1] for call in progress.mock_calls], [4, 4, 4, 2])
            self.env["cx.task"]._cron_recompute()
        self.assertDue("find", "2026-12-04 09:00")
        self.assertFalse(self.env["cx.task"].search([("is_outdated", "=", True)]))
        self.assertEqual(len(self._changes()), 1)
