from odoo.tests import tagged

from ..models.procedure.time_texts import moment_text
from .task_common import TaskCommon


@tagged("post_install", "-at_install")
class TestCaseTaskStories(TaskCommon):
    """What other systems got wrong with clocks; the numbers are those of the cases collected from them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("first_word", cls.service, {"start_event": "received", "stop_event": "answered", "limit_value": 4,
                                         "limit_unit": "working_hour", "is_pausable": True}),
            ("near", cls.quality, {"start_event": "received", "limit_value": 1, "limit_unit": "working_hour",
                                   "max_severity": "normal"}),
            ("far", cls.quality, {"start_event": "received", "limit_value": 2, "limit_unit": "working_hour",
                                  "min_severity": "major"}),
        )

    def setUp(self):
        super().setUp()
        self.case = self._complain()

    def test_pause_survives_a_change_of_severity(self):
        """The case waited an hour, then becomes serious: the hour stays taken out of every clock that stood (S-09)."""
        self.assertTasks({"first_word": "running 2026-11-30 14:00", "near": "running 2026-11-30 10:00"})
        self.at("2026-11-30 10:00")
        self.case._wait("customer", "He looks for the number")
        self.at("2026-11-30 11:00")
        self.case.severity = "critical"
        self.assertTasks({"far": "paused", "first_word": "paused", "near": "off 2026-11-30 10:00"})
        self.case.action_resume()
        self.assertDue("far", "2026-11-30 12:00")
        self.assertDue("first_word", "2026-11-30 15:00")
        self.case.severity = "normal"
        self.assertDue("first_word", "2026-11-30 15:00")

    def test_only_an_answer_is_an_answer(self):
        """A note among colleagues, a mail to the customer and his own call are not our answer; answering is (S-12)."""
        self.case._message_log(body="He is angry")
        self.case.message_post(body="We have received it", message_type="auto_comment", partner_ids=self.customer.ids)
        self.case.message_post(body="When?", message_type="email", author_id=self.customer.id)
        self.env["cx.contact"].create({"complaint_id": self.case.id, "summary": "He asks when", "kind": "repeat"})
        self.assertEqual(self.task("first_word").state, "running")
        self.case.write({"is_read_back": True, "demand": "Put it right"})
        self.case.action_confirm()
        self.case.answer = "<p>Tomorrow</p>"
        self.case.action_answer()
        self.assertEqual(self.task("first_word").state, "done")

    def test_a_shorter_target_hides_no_longer_one(self):
        """The earliest of the open clocks is shown; when it is done the first word is still owed, and is late by itself (S-13)."""
        self.assertEqual(self._local(self.case.next_due_on), "2026-11-30 10:00")
        self.task("near").action_done("Found")
        self.case.invalidate_recordset(["next_due_on"])
        self.assertEqual(self._local(self.case.next_due_on), "2026-11-30 14:00")
        self.at("2026-11-30 16:00")
        late = self.env["cx.task"].search([("complaint_id", "=", self.case.id), ("is_late", "=", True)])
        self.assertEqual(late.milestone_id.mapped("code"), ["first_word"])

    def test_three_time_zones(self):
        """Plant in Shanghai, customer in New York, user in Berlin: one moment, which each reads on his own clock (S-18)."""
        self.customer.tz = "America/New_York"
        case = self._complain()
        due = self.task("first_word", case)
        self.assertEqual(str(due.due_on), "2026-11-30 06:00:00")
        read = {zone: moment_text(due.with_context(tz=zone).env, due.due_on)
                for zone in ("Asia/Shanghai", "Europe/Berlin", "America/New_York")}
        self.assertIn("02:00 PM", read["Asia/Shanghai"])
        self.assertIn("07:00 AM", read["Europe/Berlin"])
        self.assertIn("01:00 AM", read["America/New_York"])
