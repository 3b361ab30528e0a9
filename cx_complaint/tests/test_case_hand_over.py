from freezegun import freeze_time

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .roles_common import CxRoles


@tagged("post_install", "-at_install")
class TestCaseHandOver(CxRoles):
    """A task is taken from the queue and handed over with a reason; the first of the queue is whoever is on duty."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.duty, cls.clerk = (cls._person(login) for login in ("qc_duty", "qc_clerk"))
        cls.handler, cls.outsider = (cls._person(login) for login in ("case_handler", "outsider"))
        cls.quality = cls._department("quality", duty=cls.duty, members=cls.duty + cls.clerk)
        cls.inspector = cls._role("inspector", "quality")
        cls.case = cls._case_under_rules(handler_id=cls.handler.id)
        cls.task = cls._task(cls.case, cls.inspector)

    def _refused(self, sentence, method, *args):
        with self.assertRaisesRegex(UserError, sentence):
            method(*args)

    def test_a_stranger_takes_nothing(self):
        """Who sees the case and is not in the queue is told who is; others do not even see the task."""
        theirs = self.task.with_user(self.outsider)
        with self.assertRaises(AccessError):
            theirs.action_take()
        self.case.department_id = self._department("logistics", members=self.outsider)
        self._refused("Find the cause: It is not among your tasks. It belongs to qc_clerk, qc_duty", theirs.action_take)
        self._refused("It is not yours to hand over", theirs.action_hand_over)
        self.assertFalse(theirs.can_take or theirs.can_hand_over)

    def test_taken_in_hand_is_taken(self):
        """A second one cannot take what somebody has in hand; what is only assigned he can."""
        self.task.with_user(self.clerk).action_take()
        self.assertEqual(self.task.user_id, self.clerk)
        self.assertTrue(self.task.taken_on)
        self._refused("qc_clerk.* has taken it in hand", self.task.with_user(self.duty).action_take)
        self.assertFalse(self.task.with_user(self.clerk).can_take, "he has it already")
        self.assertTrue(self.task.with_user(self.clerk).can_hand_over)
        self.assertFalse(self.task.with_user(self.duty).can_hand_over)

    def test_what_is_done_is_not_taken(self):
        """A task that is over changes hands no more."""
        self.task.state = "done"
        self._refused("done or not needed", self.task.with_user(self.clerk).action_take)
        self._refused("done or not needed", self.task.with_user(self.duty)._hand_over, self.clerk, "Busy")

    def test_hand_over_stays_in_the_queue(self):
        """Who has it gives it to one of the queue; who handles the case, service and managers to anybody of the company."""
        mine = self.task.with_user(self.duty)
        self._refused("outsider.* is not in its queue.*qc_clerk", mine._hand_over, self.outsider, "Busy")
        self._refused("has it already", mine._hand_over, self.duty, "Busy")
        portal = self._person("somebody_outside", "base.group_portal")
        self._refused("does not work in the company", self.task.with_user(self.handler)._hand_over, portal, "Busy")
        for leader in (self.handler, self.users_by_login["cx_service"], self.users_by_login["cx_manager"]):
            self.task.with_user(leader)._hand_over(self.outsider, "Knows the machine")
            self.assertEqual(self.task.user_id, self.outsider)
            self.task.with_user(leader)._hand_over(self.duty, "Back")

    def test_hand_over_is_kept(self):
        """By dialog: who had it, for how long, who has it, why; and he is told."""
        with freeze_time("2026-01-05 09:00:00"):
            self.task.with_user(self.clerk).action_take()
        with freeze_time("2026-01-05 11:30:00"):
            action = self.task.with_user(self.clerk).action_hand_over()
            dialog = self.env["cx.task.hand.over"].with_user(self.clerk).with_context(**action["context"]).create(
                {"user_id": self.duty.id, "reason": "On leave"})
            self.assertEqual(dialog.choice_ids, self.duty)
            dialog.action_hand_over()
        self.assertRecordValues(self.task.change_ids.sorted("id"), [
            {"kind": "assigned", "old_user_id": self.duty.id, "new_user_id": self.clerk.id, "held_seconds": 3600,
             "user_id": self.clerk.id, "reason": False},
            {"kind": "assigned", "old_user_id": self.clerk.id, "new_user_id": self.duty.id, "held_seconds": 9000,
             "user_id": self.clerk.id, "reason": "On leave"},
        ])
        told = self.env["mail.notification"].search([("res_partner_id", "=", self.duty.partner_id.id)]).mail_message_id
        self.assertTrue(told.filtered(lambda message: "On leave" in message.body))

    def test_held_is_counted_as_the_limit_counts(self):
        """A limit in working hours: the night between does not count for who had the task; the rest is the next one's."""
        calendar = self.env["resource.calendar"].create({
            "name": "08-12", "tz": "UTC", "company_id": False, "attendance_ids": [(5, 0, 0)] + [
                (0, 0, {"name": str(day), "dayofweek": str(day), "hour_from": 8, "hour_to": 12, "day_period": "morning"})
                for day in range(5)]})
        self.procedure.calendar_id = calendar
        self.task.milestone_id.write({"limit_value": 8, "limit_unit": "working_hour"})
        with freeze_time("2026-01-06 09:00:00"):
            self.task.with_user(self.clerk).action_take()
        with freeze_time("2026-01-07 08:30:00"):
            self.task.with_user(self.clerk)._hand_over(self.duty, "On leave")
        self.assertEqual(self.task.change_ids.sorted("id").mapped("held_seconds"), [5 * 3600, 3 * 3600 + 1800])

    def test_nobody_writes_it_by_hand(self):
        """Whose a task is, and that it is in hand, is written by verbs only."""
        for vals in ({"user_id": self.clerk.id}, {"taken_on": "2026-01-05 08:00:00"}):
            with self.assertRaises(AccessError):
                self.task.with_user(self.users_by_login["cx_manager"]).write(vals)

    def test_duty_moves_what_nobody_has_in_hand(self):
        """Somebody else on duty gets the tasks that are only assigned; what was taken in hand stays."""
        other = self._task(self.case, self.inspector, "Take a sample")
        other.with_user(self.duty).action_take()
        self.quality.with_user(self.users_by_login["cx_manager"]).duty_user_id = self.clerk
        self.assertEqual((self.task.user_id, other.user_id), (self.clerk, self.duty))
        self.assertEqual(self.task.change_ids.new_user_id, self.clerk)
        self.assertFalse(other.change_ids)

    def test_the_queue_follows_the_department(self):
        """A new member sees the task in his queue; one who left the department does not, and keeps nothing of it."""
        self.task.with_user(self.clerk).action_take()
        self.quality.member_ids += self.outsider
        self.assertIn(self.outsider, self.task.queue_user_ids)
        self.quality.member_ids -= self.clerk
        self.assertEqual(self.task.user_id, self.duty)
        self.assertEqual(self.task.queue_user_ids, self.duty + self.outsider)
        self.assertIn("not any more with qc_clerk", self.case.message_ids[0].body)

    def test_whom_somebody_chose_keeps_it(self):
        """A person from outside the queue who was chosen keeps the task when the department changes."""
        self.task.with_user(self.handler)._hand_over(self.outsider, "Knows the machine")
        self.quality.duty_user_id = self.clerk
        self.assertEqual(self.task.user_id, self.outsider)

    def test_who_was_called_in_stays_in_the_queue(self):
        """Whom the ladder told and who may do it as well is not sent away by a change of duty."""
        ladder = self.env["cx.ladder"].create({"procedure_id": self.procedure.id, "name": "Late", "code": "late"})
        rung = self.env["cx.ladder.rung"].create({"ladder_id": ladder.id, "role_id": self.inspector.id})
        self.env["cx.escalation"].create({
            "task_id": self.task.id, "rung_id": rung.id, "fired_on": "2026-01-05 09:00:00", "user_ids": self.outsider.ids})
        self.task.queue_user_ids += self.outsider
        self.quality.duty_user_id = self.clerk
        self.assertEqual(self.task.queue_user_ids, self.clerk + self.duty + self.outsider)

    def test_tasks_follow_the_case(self):
        """The handler's task goes to the new handler, a task of a function stays."""
        mine = self._task(self.case, self._role("handler", resolver="handler"), "Answer")
        self.assertEqual(mine.user_id, self.handler)
        self.case.handler_id = self.outsider
        self.assertEqual((mine.user_id, self.task.user_id), (self.outsider, self.duty))

    def test_duty_costs_as_much_as_it_moves(self):
        """A change of duty costs the same whether twenty cases or two wait for other departments."""
        self._department("trade", duty=self.outsider)
        other = self._role("trade", "trade")

        def cost(number):
            for _number in range(number):
                self._task(self._case_under_rules(), other, "Customs")
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            self.quality.duty_user_id = self.clerk if self.quality.duty_user_id == self.duty else self.duty
            self.env.flush_all()
            return self.cr.sql_log_count - before

        cost(0)
        self.assertAlmostEqual(cost(2), cost(20), delta=2)
