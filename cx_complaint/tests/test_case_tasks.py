from odoo.tests import tagged

from .task_common import TaskCommon

READY = {
    "confirm": {"is_read_back": True, "demand": "Put it right"},
    "conclude": {"conclusion": "<p>Found</p>"},
    "decide": {"solution": "<p>We put it right</p>"},
    "answer": {"answer": "<p>It will be put right</p>"},
    "close": {"outcome": "established", "acceptance": "accepted"},
}


@tagged("post_install", "-at_install")
class TestCaseTasks(TaskCommon):
    """A case and its tasks, from the first call to the end."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("read_back", cls.service, {"start_event": "received", "stop_event": "confirmed", "limit_value": 2,
                                        "limit_unit": "working_hour"}),
            ("find", cls.quality, {"start_event": "confirmed", "stop_event": "concluded", "limit_value": 3,
                                   "limit_unit": "working_day", "nature": "quality"}),
            ("reply", cls.service, {"after": "find", "stop_event": "answered", "limit_value": 2, "limit_unit": "calendar_day"}),
            ("file", cls.service, {"start_event": "closed", "limit_value": 8, "limit_unit": "day_of_next_month"}),
        )

    def step(self, verb, at=None, **vals):
        if at:
            self.at(at)
        self.case.write({**READY[verb], **vals})
        getattr(self.case, f"action_{verb}")()

    def test_a_case_without_a_rulebook_has_no_tasks(self):
        self.env["cx.procedure.choice"].search([]).active = False
        self.case = self._complain()
        self.assertFalse(self.case.task_ids)

    def test_from_the_call_to_the_file(self):
        """Each task starts with its event and is due as its limit counts; what is done stays done."""
        self.case = self._complain()
        self.assertTasks({"read_back": "running 2026-11-30 11:00"})
        task = self.task("read_back")
        service = self.users_by_login["cx_service"]
        self.assertEqual((task.user_id, task.queue_user_ids, task.function), (service, service, "service"))
        self.assertEqual(task.department_id, self.departments["service"])

        self.step("confirm", "2026-11-30 10:00")
        self.assertTasks({"read_back": "done 2026-11-30 11:00"}, )
        self.assertEqual((task.used_seconds, task.late_seconds), (3600, 0))
        self.case.nature = "quality"
        self.assertTasks({"read_back": "done 2026-11-30 11:00", "find": "running 2026-12-03 10:00"})
        self.assertEqual(self.task("find").user_id.login, "cx_quality")

        self.step("conclude", "2026-12-04 11:00")
        self.assertEqual(self.task("find").late_seconds, 9 * 3600)  # six hours of Thursday, three of Friday
        self.assertTasks({
            "read_back": "done 2026-11-30 11:00", "find": "done 2026-12-03 10:00", "reply": "running 2026-12-06 23:59"})
        self.step("answer", "2026-12-04 12:00")
        self.step("close", "2026-12-04 12:30")
        self.assertTasks({
            "read_back": "done 2026-11-30 11:00", "find": "done 2026-12-03 10:00", "reply": "done 2026-12-06 23:59",
            "file": "running 2027-01-08 23:59"})
