from datetime import timedelta
from unittest.mock import patch

from odoo import fields
from odoo.tests import tagged
from odoo.tools import mute_logger

from .escalation_common import EscalationCommon

_CRON = "odoo.addons.cx_complaint.models.case.task_alarm_cron"


@tagged("post_install", "-at_install")
class TestCaseMissedDays(EscalationCommon):
    """A task that is done anew each day, and who hears of it when it was missed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ladder.rung_ids.unlink()
        cls.ladder.rung_ids = [(0, 0, {
            "consecutive": 2, "role_id": cls.director.id, "is_quiet_outside_hours": False, "repeat_every": 1})]
        cls._replace_milestones(("visit", cls.quality, {
            "start_event": "received", "repeat_days": 1, "ladder_id": cls.ladder.id}))

    def setUp(self):
        super().setUp()
        self.case = self._complain()

    def _turns(self):
        return {task.nth: task.state for task in self.case.task_ids}

    def _visit(self, at):
        self.at(at)
        self.task("visit").action_done("Was there", "Late")

    def test_next_turn_begins_by_itself(self):
        """What was not done by the time the next begins is missed; nobody has to touch the case for it."""
        self.assertEqual(self._local(self.task("visit").next_alarm_on), "2026-12-01 09:00")
        self.look("2026-12-01 08:59")
        self.assertEqual(self._turns(), {1: "running"})
        self.look("2026-12-01 09:00")
        self.assertEqual(self._turns(), {1: "missed", 2: "running"})

    def test_one_missed_day_tells_nobody(self):
        self.assertEqual(self.look("2026-12-01 09:05"), [])
        self._visit("2026-12-01 15:00")
        self.assertEqual(self.look("2026-12-03 09:05"), [])

    def test_two_missed_days_in_a_row(self):
        """Nobody on site for two consecutive days: the top hears of it at the end of the second one, once. [S2.03-3b]"""
        self.look("2026-12-01 09:05")
        self.assertEqual(self.look("2026-12-01 23:59"), [])
        self.assertEqual(self.look("2026-12-02 00:00"), [("director", 1, ["chief"])])
        self.assertEqual(self.look("2026-12-02 00:05"), [])
        self.assertIn("missed 2 times in a row", self.messages().subject)
        self.assertEqual(self.look("2026-12-02 09:00"), [])
        self.assertEqual(self.look("2026-12-03 09:00"), [])
        second = self.case.task_ids.filtered(lambda task: task.nth == 2)
        self.assertTrue(self.activities(self.chief, second), "it is asked of him until somebody was there")
        self._visit("2026-12-03 10:00")
        self.assertFalse(self.activities(self.chief, second))

    def test_another_row(self):
        """Missed twice, done, missed twice again: the second row is another reason to be told."""
        self.look("2026-12-01 09:05")
        self.look("2026-12-02 00:01")
        self.look("2026-12-02 09:05")
        self._visit("2026-12-02 10:00")
        self.look("2026-12-03 09:05")
        self.look("2026-12-04 09:05")
        self.assertEqual(self.look("2026-12-05 00:01"), [("director", 2, ["chief"])])

    def test_case_closed_ends_it(self):
        self.case.sudo().write({"decision": "closed", "closed_on": fields.Datetime.now()})
        self.assertEqual(self.look("2026-12-09 09:05"), [])
        self.assertFalse(self.case.task_ids.filtered("next_alarm_on"))


@tagged("post_install", "-at_install")
class TestCaseEscalationJob(EscalationCommon):
    """The scheduled job: in batches, oldest first, whatever fails."""

    def setUp(self):
        super().setUp()
        self._in_force()

    def _cases(self, count):
        return self.env["cx.complaint"].union(*(self._complain() for _number in range(count)))

    def test_batches_are_kept_one_by_one(self):
        """Each batch is committed with what is left, the oldest first."""
        cases = self._cases(5)
        old = cases[3].task_ids.filtered("next_alarm_on")
        old.next_alarm_on = old.next_alarm_on - timedelta(days=1)
        self.at("2026-12-02 09:00")
        told = []
        with patch(f"{_CRON}._BATCH", 2), patch.object(
                self.registry["ir.cron"], "_commit_progress", autospec=True,
                side_effect=lambda _self, done, remaining: told.append((done, remaining)) or 60):
            self.env["cx.task"]._cron_alarms()
        self.assertEqual(told, [(2, 1), (2, 1), (1, 0)])
        self.assertEqual(self.env["cx.escalation"].search([], order="id", limit=1).complaint_id, cases[3])

    def test_stops_when_its_time_is_over(self):
        self._cases(3)
        self.at("2026-12-02 09:00")
        with patch(f"{_CRON}._BATCH", 2), patch.object(
                self.registry["ir.cron"], "_commit_progress", autospec=True, return_value=0) as progress:
            self.env["cx.task"]._cron_alarms()
        progress.assert_called_once()

    def test_one_that_fails_holds_up_nobody(self):
        """It is logged once, rests for an hour, and is told when what failed is mended."""
        cases = self._cases(3)
        broken = cases[0].task_ids.filtered("next_alarm_on")
        self.at("2026-12-02 09:00")
        tell = self.registry["cx.task"]._post_escalation

        def fail(task, *args):
            if task == broken:
                raise ValueError("no")
            return tell(task, *args)

        with patch.object(self.registry["cx.task"], "_post_escalation", fail), self.assertLogs(_CRON, "ERROR") as logged:
            self.run_cron()
        self.assertEqual(len(logged.output), 1)
        self.assertIn(cases[0].name, logged.output[0])
        told = self.env["cx.escalation"].search([]).complaint_id
        self.assertEqual(told, cases[1] | cases[2])
        self.assertFalse(broken.escalation_ids)
        self.assertEqual(self._local(broken.next_alarm_on), "2026-12-02 10:00")
        self.at("2026-12-02 10:00")
        self.run_cron()
        self.assertTrue(broken.escalation_ids)

    @mute_logger("odoo.sql_db")
    def test_queries_do_not_grow_with_what_is_not_due(self):
        """The same two due among five and among thirty."""
        def cost():
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            self.run_cron()
            return self.env.cr.sql_log_count - before

        def two_due():
            self.at("2026-11-30 09:00")
            self._cases(2)
            self.at("2026-12-02 09:00")

        two_due()
        cost()  # whatever is read only once
        two_due()
        few = cost()
        self.at("2026-12-02 09:00")
        self._cases(25)
        two_due()
        self.assertLessEqual(cost(), few)

    def test_looking_at_nothing_is_one_query(self):
        self._cases(3)
        self.run_cron()
        self.env.flush_all()
        with self.assertQueryCount(2):  # what is due; the guards of none
            self.run_cron()
