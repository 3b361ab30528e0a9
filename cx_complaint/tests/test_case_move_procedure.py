from datetime import timedelta

from odoo.exceptions import UserError
from odoo.tests import BaseCase, new_test_user, tagged

from ..rules.limits import converted
from .task_common import TaskCommon


class TestGrantedTime(BaseCase):
    """Time that was granted on top of a limit, for a limit of another unit."""

    def test_a_day_is_a_day_of_work(self):
        """Two working days are sixteen working hours where people work eight a day, and back; other units stay."""
        two_days, hours = timedelta(days=2), timedelta(hours=16)
        for old, new, extra, expected in [
                ("working_day", "working_hour", two_days, hours), ("working_hour", "working_day", hours, two_days),
                ("calendar_day", "working_hour", two_days, hours), ("working_day", "calendar_day", two_days, two_days),
                ("hour", "working_hour", hours, hours), ("hour", "working_day", two_days, two_days),
                ("agreed", "hour", hours, hours)]:
            self.assertEqual(converted(extra, old, new, 8), expected, (old, new))
        self.assertEqual(converted(two_days, "working_day", "working_hour", 0), two_days)


@tagged("post_install", "-at_install")
class TestCaseMoveProcedure(TaskCommon):
    """A case that comes under another procedure: what carries on there is the task of whom the new one names."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._replace_milestones(
            ("look", cls.quality, {
                "start_event": "received", "limit_value": 2, "limit_unit": "working_day", "is_extendable": True}),
            ("visit", cls.quality, {"start_event": "received", "nature": "quality"}),
            ("gone", cls.service, {"start_event": "received"}),
        )
        cls.second = new_test_user(cls.env, "cx_q_two", groups="cx_complaint.group_quality", name="Second of quality")
        cls.departments["quality"].member_ids = cls.second
        cls.new = cls._create_procedure("CY")
        cls.new.milestone_ids.sorted("after_id").unlink()
        cls.warehouse = cls._part(cls.new, "role", name="Store", code="store", function="warehouse")
        cls._milestone(cls.new, "look", cls.warehouse, start_event="received", limit_value=10, limit_unit="working_hour",
                       is_extendable=True, is_pausable=False)
        cls._milestone(cls.new, "visit", cls.warehouse, start_event="received", nature="quality")
        cls.new.action_put_in_force()

    def setUp(self):
        super().setUp()
        self.case = self._complain(nature="quality")
        self.look = self.task("look")
        self.worker, self.store = self.users_by_login["cx_quality"], self.users_by_login["cx_warehouse"]

    def move(self, procedure=None):
        self.case.with_user(self.users_by_login["cx_manager"])._move_to_procedure(procedure or self.new, "The contract says so")

    def changed(self, kind="procedure", task=None):
        return (task or self.look).change_ids.filtered(lambda change: change.kind == kind)

    def test_role_people_and_department_are_the_new_ones(self):
        """Quality's task is the store's now: queue, person, function, department; what was is kept with it."""
        self.assertEqual(self.look.department_id, self.departments["quality"])
        due, role = self.look.due_on, self.look.role_id
        self.move()
        self.assertRecordValues(self.look, [{
            "role_id": self.warehouse.id, "function": "warehouse", "user_id": self.store.id,
            "queue_user_ids": self.store.ids, "department_id": self.departments["warehouse"].id, "state": "running"}])
        self.assertRecordValues(self.changed(), [{
            "old_role_id": role.id, "new_role_id": self.warehouse.id, "old_due_on": due, "new_due_on": self.look.due_on,
            "reason": "The contract says so", "user_id": self.users_by_login["cx_manager"].id}])
        self.assertRecordValues(self.changed("assigned"), [{"old_user_id": self.worker.id, "new_user_id": self.store.id}])
        self.assertEqual(self.task("gone").state, "off")

    def test_its_hand_over_is_measured_by_the_limit_under_which_he_had_it(self):
        """Of the eight working hours that he had it the case waited four, which paused his clock; the new one is not paused."""
        self.at("2026-11-30 10:00")
        self.case._wait("customer", "Photos")
        self.at("2026-11-30 15:00")
        self.case._resume()
        self.at("2026-12-01 09:00")
        self.move()
        self.assertEqual(self.changed("assigned").held_seconds, 4 * 3600)

    def test_who_was_given_it_by_hand_keeps_it(self):
        """Handed over with a reason, it stays with him; the queue and the department are the new ones."""
        self.look.with_user(self.worker)._hand_over(self.second, "He knows the line")
        self.move()
        self.assertEqual((self.look.user_id, self.look.queue_user_ids), (self.second, self.store))
        self.assertEqual(self.look.department_id, self.departments["warehouse"])

    def test_who_took_it_from_the_queue_gives_it_up(self):
        """He took it as one of quality; it is not quality's any more."""
        self.look.with_user(self.second).action_take()
        self.move()
        self.assertEqual(self.look.user_id, self.store)

    def test_who_took_what_was_his_gives_it_up(self):
        """He had it by his role and pressed Take It: nobody named him."""
        self.look.with_user(self.worker).action_take()
        self.move()
        self.assertEqual(self.look.user_id, self.store)

    def test_who_was_given_it_and_has_left_does_not_keep_it(self):
        """It goes to whom the new one names."""
        self.look.with_user(self.worker)._hand_over(self.second, "He knows the line")
        self.second.sudo().active = False
        self.move()
        self.assertEqual(self.look.user_id, self.store)

    def test_waiting_pauses_what_the_new_one_lets_pause(self):
        """A clock that waiting does not stop runs from the move on, and the other way round."""
        self.case._wait("customer", "Photos")
        self.assertEqual(self.look.state, "paused")
        self.move()
        self.assertEqual((self.look.state, self._local(self.look.due_on)), ("running", "2026-12-01 11:00"))
        self.move(self.procedure)
        self.assertEqual((self.look.state, self.look.due_on), ("paused", False))

    def test_time_that_was_granted_counts_as_it_was_meant(self):
        """One working day more is eight working hours where those are counted, not twenty-four."""
        self.look.with_user(self.worker)._extend(1, "A second laboratory")
        self.assertDue("look", "2026-12-03 09:00")
        self.move()
        self.assertDue("look", "2026-12-02 11:00")
        self.move(self.procedure)
        self.assertDue("look", "2026-12-03 09:00")

    def test_what_was_not_needed_comes_back_as_the_new_one_says(self):
        """Not about quality, moved, about quality after all: the visit is the store's."""
        visit = self.task("visit")
        self.case.nature = "transport"
        self.assertEqual(visit.state, "off")
        self.move()
        self.case.nature = "quality"
        self.assertRecordValues(visit, [{
            "state": "running", "role_id": self.warehouse.id, "user_id": self.store.id, "milestone_id":
            self.new.milestone_ids.filtered(lambda one: one.code == "visit").id}])

    def test_who_has_left_gets_nothing_back(self):
        """Off, he leaves, needed again: it is with the next one, not with him."""
        visit = self.task("visit")
        self.case.nature = "transport"
        self.departments["quality"].write({"duty_user_id": self.second.id, "head_id": self.second.id, "member_ids": [(5,)]})
        self.worker.sudo().active = False
        self.case.nature = "quality"
        self.assertEqual((visit.state, visit.user_id), ("running", self.second))

    def test_what_the_new_one_does_not_know_stays_done(self):
        """A task of a milestone that is not in the procedure any more is not taken back; another one is, as it is there."""
        for code in ("gone", "look"):
            self.task(code).action_done("Done")
        self.move()
        with self.assertRaisesRegex(UserError, "does not know it"):
            self.task("gone").action_take_back()
        self.look.action_take_back()
        self.assertEqual((self.look.state, self.look.user_id, self._local(self.look.due_on)), (
            "running", self.store, "2026-12-01 11:00"))

    def test_reopened_after_the_move(self):
        """What was done under the old procedure stays so; what is to be done again is the new one's. [I-G]"""
        self.look.action_done("Done")
        self.move()
        self.case._cancel("Withdrawn")
        self.at("2026-12-01 09:00")
        self.case._reopen("new", "It rattles again")
        self.assertEqual((self.look.state, self.look.role_id), ("done", self.quality))
        self.assertEqual(self.task("visit").role_id, self.warehouse)

    def test_responsible_department_takes_its_tasks_along(self):
        """Of a task of the responsible department the department follows whom quality names."""
        rules = self._create_procedure("CR")
        rules.milestone_ids.sorted("after_id").unlink()
        role = self._part(rules, "role", name="Responsible", code="responsible", resolver="responsible_department")
        self._milestone(rules, "look", role, start_event="received")
        rules.action_put_in_force()
        self.move(rules)
        for function in ("warehouse", "sales"):
            self.case.responsible_department_id = self.departments[function]
            self.assertEqual((self.look.user_id, self.look.department_id), (
                self.users_by_login[f"cx_{function}"], self.departments[function]))

    def test_the_new_edition_tells_nobody_twice(self):
        """Whoever has heard that it is late does not hear of it again because of a new edition; the next one does."""
        old = self._create_procedure("CL")
        old.milestone_ids.sorted("after_id").unlink()
        self._milestone(old, "look", self._role("quality", old), start_event="received", limit_value=1, limit_unit="hour",
                        ladder_id=old.ladder_ids.id)
        old.action_put_in_force()
        self.move(old)
        self.at("2026-11-30 14:30")
        self.look._fire_alarms(self._utc("2026-11-30 14:30"))
        self.assertEqual(len(self.look.escalation_ids), 1)
        newer = old._make_edition("A/1", "Shorter")
        newer.action_put_in_force()
        self.move(newer)
        self.at("2026-11-30 15:00")
        self.look._fire_alarms(self._utc("2026-11-30 15:00"))
        self.assertEqual(len(self.look.escalation_ids), 1)
