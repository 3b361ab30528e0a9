import re

from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from .task_common import TaskCommon
from .test_case_tasks import READY

REASON = {"is_reason_required": True, "limit_value": 2, "limit_unit": "working_hour"}


@tagged("post_install", "-at_install")
class TestCaseLateReason(TaskCommon):
    """Who was late says why, also where goods, money or another event ended the task."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("name", cls.quality, {"start_event": "received", "stop_event": "responsible_named", **REASON}),
            ("free", cls.quality, {"start_event": "received", "stop_event": "responsible_named", "limit_value": 2,
                                   "limit_unit": "working_hour"}),
            ("call", cls.service, {"start_event": "received", **REASON}),
        )
        cls.worker = cls.users_by_login["cx_quality"]
        cls.head = new_test_user(cls.env, "cx_q_head", groups="cx_complaint.group_quality", name="Head of quality")
        cls.departments["quality"].head_id = cls.head

    def setUp(self):
        super().setUp()
        self.case = self._complain(nature="quality")
        self.done = self.task("name")

    def name_late(self, at="2026-11-30 16:00"):
        """Somebody names the department, which ends the task; nobody is asked."""
        self.at(at)
        self.case.responsible_department_id = self.departments["warehouse"]

    def mine(self, user):
        """What *My Tasks* shows, by its filters."""
        domain = self.env["cx.desk"].with_user(user)._domain(self.env.ref("cx_complaint.task_action_mine"))
        return self.env["cx.task"].with_user(user).search(domain).sudo()

    # What is refused

    def test_a_case_is_not_closed_before_somebody_has_said_why(self):
        """An event ended it late: closing names the task, who had it and the way out; what asks for no reason does not."""
        self.name_late()
        self.assertEqual((self.done.state, self.done.late_seconds > 0), ("done", True))
        late = [blocker for blocker in self.case._blockers("close") if blocker.code == "late_reason_missing"]
        self.assertIn("“Name” was done late", " ".join(blocker.sentence() for blocker in late))
        self.assertIn(self.worker.name, late[0].sentence())
        self.assertNotIn("Free", " ".join(blocker.sentence() for blocker in late))
        self.done.with_user(self.worker)._explain("The laboratory was closed")
        self.assertNotIn("“Name”", " ".join(blocker.sentence() for blocker in self.case._blockers("close")))

    def test_nothing_else_waits_for_it(self):
        """The case goes on: it is only not closed."""
        self.name_late()
        for verb in ("confirm", "decide", "answer", "cancel"):
            self.assertNotIn("late_reason_missing", self._codes(self.case, verb), verb)

    def test_who_did_not_have_it_does_not_explain_it(self):
        """Customer service, and who handles the case, are not those who were late."""
        self.name_late()
        service = self.users_by_login["cx_service"]
        self.case.handler_id = service
        with self.assertRaisesRegex(UserError, re.escape(f"Ask {self.worker.name}")):
            self.done.with_user(service)._explain("I suppose they were busy")
        self.assertFalse(self.done.with_user(service).can_explain)

    def test_an_empty_reason_is_none(self):
        """Nor is one given for what is in time."""
        with self.assertRaisesRegex(UserError, "It is not late"):
            self.done.with_user(self.worker)._explain("In advance")
        self.name_late()
        for reason in (False, "", "  "):
            with self.assertRaisesRegex(UserError, "Give the reason"):
                self.done.with_user(self.worker)._explain(reason)

    def test_done_in_time_asks_for_nothing(self):
        """At the very moment at which it is due."""
        self.name_late("2026-11-30 11:00")
        self.assertFalse(self.done.is_reason_missing)
        self.assertNotIn("late_reason_missing", self._codes(self.case, "close"))

    def test_late_over_a_weekend_is_late(self):
        """Due on Friday evening, done on Sunday: late by no working time, and the reason is asked for all the same."""
        self.at("2026-12-04 15:00")
        self.case = self._complain(nature="quality")
        self.assertDue("name", "2026-12-04 17:00")
        self.name_late("2026-12-06 10:00")
        self.assertTrue(self.task("name").is_late and self.task("name").is_reason_missing)

    def test_late_and_then_paused_is_late(self):
        """Waiting that begins after the due date takes the question away from nobody."""
        self.at("2026-11-30 15:00")
        self.case._wait("customer", "Photos")
        with self.assertRaisesRegex(UserError, "nobody has said why"):
            self.task("call").with_user(self.users_by_login["cx_service"]).action_done("Called")

    # Who says it, and where it is seen

    def test_who_had_it_his_superior_and_the_manager_explain(self):
        """Each on a task that is done; what was said before stays among its changes."""
        self.name_late()
        for user, reason in [(self.worker, "Ill"), (self.head, "Three were ill"), (self.users_by_login["cx_manager"], "Flu")]:
            task = self.done.with_user(user)
            self.assertTrue(task.can_explain, user.name)
            action = task.action_explain()
            dialog = self.env["cx.task.done"].with_user(user).with_context(**action["context"]).create({"late_reason": reason})
            dialog.action_explain()
            self.assertEqual((self.done.late_reason, self.done.state), (reason, "done"))
        said = self.done.change_ids.filtered(lambda change: change.kind == "explained")
        self.assertEqual(said.sorted("id").mapped("reason"), ["Ill", "Three were ill", "Flu"])
        self.assertEqual(said.user_id, self.worker | self.head | self.users_by_login["cx_manager"])

    def test_it_stands_among_the_tasks_of_who_had_it(self):
        """In *My Tasks* until it is explained, and of nobody else; the filter finds all of them, the case shows them."""
        self.name_late()
        self.assertIn(self.done, self.mine(self.worker))
        self.assertNotIn(self.done, self.mine(self.head))
        self.assertEqual(self.env["cx.task"].search([("is_reason_missing", "=", True), ("state", "=", "done")]), self.done)
        self.assertIn(f"Name ({self.worker.name}): late by 4 h of working time", self.case.clock_strip_html)
        self.done.with_user(self.worker)._explain("Ill")
        self.assertNotIn(self.done, self.mine(self.worker))
        self.assertNotIn("late by 4 h of working time", self.case.clock_strip_html or "")
        self.assertFalse(self.env["cx.task"].search([("is_reason_missing", "=", True), ("state", "=", "done")]))

    def test_the_filter_and_the_field_agree(self):
        """Open and late, done and late, in time, paused, explained."""
        self.name_late()
        self.case |= self._complain()
        self.at("2026-11-30 17:00")
        tasks = self.case.task_ids
        found = self.env["cx.task"].search([("id", "in", tasks.ids), ("is_reason_missing", "=", True)])
        self.assertEqual(found, tasks.filtered("is_reason_missing"))
        self.assertEqual(set(found.mapped("name")), {"Name", "Call"})
        self.assertEqual(tasks - found, self.env["cx.task"].search(
            [("id", "in", tasks.ids), ("is_reason_missing", "=", False)]))

    def test_explained_before_it_is_asked_for_once(self):
        """Explained while it was open: the step that ends it asks nobody again, nor does closing."""
        self.at("2026-11-30 15:00")
        self.task("name").with_user(self.worker)._explain("The sample came late")
        self.name_late()
        self.assertNotIn("late_reason_missing", [
            blocker.code for blocker in self.case._blockers("close") if "“Name”" in blocker.sentence()])

    def test_a_case_that_is_closed_asks_when_it_is_closed(self):
        """With the reasons it is closed."""
        self.name_late()
        self.case.write({name: value for values in READY.values() for name, value in values.items()})
        self.task("call").with_user(self.users_by_login["cx_service"]).action_done("Called", "Nobody answered")
        for verb in ("confirm", "conclude", "decide", "answer"):
            getattr(self.case, f"action_{verb}")()
        with self.assertRaisesRegex(UserError, "was done late"):
            self.case.action_close()
        self.done.with_user(self.head)._explain("Ill")
        self.case.action_close()
        self.assertEqual(self.case.state, "closed")
