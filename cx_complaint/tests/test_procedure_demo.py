from freezegun import freeze_time

from odoo import fields
from odoo.tests import TransactionCase, tagged

FUNCTIONS = ("sales", "service", "quality", "engineering", "planning", "warehouse", "trade", "finance", "manager")
OPEN = ("running", "paused")


@tagged("post_install", "-at_install")
class TestProcedureDemo(TransactionCase):
    """The demo data has a rulebook in force for two customers, so that a new user sees clocks before he sets anything up."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.procedure = cls.env.ref("cx_complaint.procedure_key")
        cls.cases = cls.env["cx.complaint"].search([("procedure_id", "!=", False)])

    def _told(self, *stories):
        """The cases of stories that are told once more."""
        known = self.env["cx.complaint"].search([])
        for story in stories:
            getattr(self.env["cx.demo"].with_context(tracking_disable=True), f"_tell_{story}")()
        return self.env["cx.complaint"].search([]) - known

    def test_nobody_else_is_under_it(self):
        """Only the two customers that the choices name have it; a case of anybody else has no tasks."""
        self.assertTrue(self.cases)
        customers = self.env.ref("cx_complaint.partner_aurora") | self.env.ref("cx_complaint.partner_meridian")
        self.assertEqual(self.cases.partner_id, customers)
        self.assertEqual(self.env["cx.procedure.choice"].search([]).partner_id, customers)
        self.assertFalse((self.env["cx.complaint"].search([]) - self.cases).task_ids)

    def test_everybody_has_something_to_do(self):
        """Each demo user finds an open task of his own, and among what he sees one that was done, for the calendar and the graphs."""
        for login in FUNCTIONS:
            with self.subTest(login=login):
                user = self.env.ref(f"cx_complaint.user_{login}")
                tasks = self.env["cx.task"].with_user(user)
                self.assertTrue(tasks.search_count([("queue_user_ids", "in", user.id), ("state", "in", OPEN)]))
                self.assertTrue(tasks.search_count([("due_on", "!=", False), ("state", "=", "done")]))

    def test_told_at_any_hour(self):
        """Installed on a Sunday night or a Wednesday noon: in time, due today, late without a reason, waiting, escalated, over."""
        for moment in ("2026-12-06 22:30", "2026-12-07 00:30", "2026-12-09 12:00", "2026-12-11 17:45"):
            with self.subTest(moment=moment), freeze_time(moment):
                self._assert_story(self._told("key_cases"), fields.Datetime.now())

    def _assert_story(self, cases, now):
        tasks = cases.task_ids
        running = tasks.filtered(lambda task: task.state == "running" and task.due_on)
        self.assertIn("read_back", running.filtered(lambda task: task.due_on > now).mapped("milestone_id.code"))
        due = running.filtered(lambda task: now < task.due_on < fields.Datetime.add(now, hours=25))
        self.assertIn("answer", due.mapped("milestone_id.code"))
        late = running.filtered(lambda task: task.is_late and task.milestone_id.code == "answer")
        self.assertIn("late_reason_missing", [blocker.code for blocker in late.complaint_id._blockers("answer")])
        self.assertEqual(tasks.filtered(lambda task: task.state == "paused").milestone_id.code, "finding")
        self.assertIn(self.env.ref("cx_complaint.user_manager"), tasks.escalation_ids.user_ids)
        self.assertEqual(cases.filtered(lambda case: case.state == "closed").task_ids.mapped("late_seconds"), [0] * 5)

    def test_returns_and_money(self):
        """A return for sales to allow, one on its way, one to inspect; papers and a credit note that are due the same day."""
        open_tasks = self._told("key_returns", "key_credit").task_ids.filtered(lambda task: task.state == "running")
        codes = open_tasks.mapped("milestone_id.code")
        for code in ("authorise", "papers", "replace", "receive", "inspect", "look", "post"):
            self.assertIn(code, codes)
