from odoo import fields
from odoo.tests import new_test_user, tagged

from .escalation_common import EscalationCommon


@tagged("post_install", "-at_install")
class TestCaseEscalation(EscalationCommon):
    """Whom the ladder of a task tells, when, and only once."""

    def _start(self, **vals):
        self._in_force()
        self.case = self._complain(**vals)
        return self.task("reply")

    def test_nobody_is_told_without_a_ladder(self):
        """A task without a ladder is never looked at."""
        self.procedure.milestone_ids.ladder_id = False
        self.assertFalse(self._start().next_alarm_on)
        self.assertEqual(self.look("2027-01-30 09:00"), [])

    def test_nobody_is_told_before_it_is_time(self):
        """The job finds nothing a minute before; the task knows when to be looked at."""
        task = self._start()
        self.assertDue("reply", "2026-12-02 09:00")
        self.assertEqual(self._local(task.next_alarm_on), "2026-12-01 14:00")
        self.assertEqual(self.look("2026-12-01 13:59"), [])

    def test_before_at_and_after(self):
        """The clerk is reminded, the head hears of it, the director as often as the ladder says; each once."""
        self._start()
        steps = (
            ("2026-12-01 14:00", [("quality", 1, ["cx_quality"])]),
            ("2026-12-02 09:00", [("head", 1, ["boss"])]),
            ("2026-12-03 09:00", [("director", 1, ["chief"])]),
            ("2026-12-04 09:00", [("director", 2, ["chief"])]),
            ("2026-12-07 09:00", [("director", 3, ["chief"])]),
            ("2026-12-08 09:00", []),
        )
        for moment, told in steps:
            self.assertEqual(self.look(moment), told, moment)
            self.assertEqual(self.look(moment), [], f"{moment}, again")
        self.assertFalse(self.task("reply").next_alarm_on)
        self.assertEqual(len(self.messages()), 5)
        self.assertEqual([len(self.activities(user)) for user in (self.clerk, self.boss, self.chief)], [1, 1, 1])

    def test_what_is_said(self):
        """One message names what, whose, how late; the activity says the same. [I-G]"""
        self._start()
        self.look("2026-12-02 11:30")
        message = self.messages()
        self.assertEqual(message.partner_ids, self.boss.partner_id)
        headline = f"{self.case.name} · Reply: late by 2 h 30 min of working time"
        for text in (message.subject, self.activities(self.boss).summary):
            self.assertEqual(text, headline)
        for text in (message.body, self.activities(self.boss).note):
            self.assertIn(headline, text)
            self.assertIn(f"Who has it: {self.clerk.name}", text)
            self.assertIn("Due: 12/02/2026 09:00 AM", text)
            self.assertIn("Head: boss", text)

    def test_reminder_says_what_to_do(self):
        self._start()
        self.look("2026-12-01 14:00")
        self.assertEqual(self.activities(self.clerk).summary, f"{self.case.name} · Reply: due in 4 h of working time")
        self.assertIn("Write it today", self.activities(self.clerk).note)

    def test_late_registration(self):
        """A case that is registered a week late tells only the highest step passed, once; the lower ones are kept as passed over."""
        self.at("2026-12-09 10:00")
        self._start(received_on=self._utc("2026-11-30 09:00"))
        self.assertEqual(self.look("2026-12-09 10:00"), [("director", 3, ["chief"])])
        self.assertEqual(self.skipped(), [("quality", 1), ("head", 1), ("director", 2)])
        self.assertEqual(self.look("2026-12-20 10:00"), [])
        self.assertEqual(len(self.messages()), 1)

    def test_two_roles_at_the_same_moment(self):
        """Steps of the same moment are told together: one message for both. [S0-5.2.1c]"""
        self._steps({"when": "at", "role_id": self.head.id}, {"when": "at", "role_id": self.director.id})
        self._start()
        self.assertEqual(self.look("2026-12-02 09:00"), [("director", 1, ["chief"]), ("head", 1, ["boss"])])
        self.assertEqual(self.messages().partner_ids, (self.boss | self.chief).partner_id)

    def test_level_by_level(self):
        """Head, then branch, then the top: each level hears of it when the one below did not settle it. [S2.03-1b]"""
        top = self._part(self.procedure, "role", name="Top", code="top", function="management", rank="top")
        self._steps(*(
            {"when": "after", "offset": day, "unit": "working_day", "role_id": role.id}
            for day, role in ((1, self.head), (2, self.director), (3, top))))
        self._start()
        self.assertEqual(
            [self.look(f"2026-12-{day} 09:00")[0][0] for day in ("03", "04", "07")], ["head", "director", "top"])

    def test_done_in_time_tells_nobody(self):
        """What is done rings no more, and what was asked of who was told is over."""
        task = self._start()
        self.look("2026-12-01 14:00")
        self.assertTrue(self.activities(self.clerk))
        self.case.answered_on = fields.Datetime.now()
        self.assertEqual((task.state, task.next_alarm_on), ("done", False))
        self.assertFalse(self.activities(self.clerk))
        self.assertEqual(self.look("2026-12-30 09:00"), [])

    def test_low_right_handler(self):
        """A clerk without rights on activities of others ends the escalation with his task."""
        self.procedure.milestone_ids.filtered(lambda one: one.code == "reply").stop_event = False
        task = self._start()
        self.look("2026-12-02 09:00")
        self.assertTrue(self.activities(self.boss))
        self._as("cx_quality", task).action_done("Replied", "Waited for the laboratory")
        self.assertEqual(task.state, "done")
        self.assertFalse(self.activities(self.boss))

    def test_paused_is_silent(self):
        """While the case waits nobody hears of it; afterwards the steps come by the new due date."""
        task = self._start()
        self.at("2026-12-01 09:00")
        self.case._wait("customer", "Photos")
        self.assertFalse(task.next_alarm_on)
        self.assertEqual(self.look("2026-12-07 09:00"), [])
        self.case._resume()
        self.assertDue("reply", "2026-12-08 09:00")
        self.assertEqual(self.look("2026-12-07 14:00"), [("quality", 1, ["cx_quality"])])

    def test_pause_ends_activities(self):
        self._start()
        self.look("2026-12-01 14:00")
        self.case._wait("customer", "Photos")
        self.assertFalse(self.activities(self.clerk))

    def test_extension_reminds_anew(self):
        """Extended after the reminder: the reminder comes again for the new due date, once."""
        task = self._start()
        self.assertEqual(len(self.look("2026-12-01 14:00")), 1)
        task.write({"extension_seconds": 86400})
        task._update_due("extension", "More tests")
        self.assertDue("reply", "2026-12-03 09:00")
        self.assertEqual(self.look("2026-12-02 09:00"), [])
        self.assertEqual(self.look("2026-12-02 14:00"), [("quality", 1, ["cx_quality"])])
        self.assertEqual(self.look("2026-12-02 15:00"), [])

    def test_holiday_added_later_tells_nobody_again(self):
        """The due date moves after everybody was told that it had passed: it has passed still."""
        task = self._start()
        self.look("2026-12-02 09:00")
        self.look("2026-12-04 09:00")
        self._holiday("2026-12-01")
        task._update_due("calendar", "Holiday")
        self.assertDue("reply", "2026-12-03 09:00")
        self.assertEqual(self.look("2026-12-04 10:00"), [])
        self.assertEqual(self.look("2026-12-07 09:00"), [("director", 2, ["chief"])])

    def test_asked_up_by_hand_is_not_told_again(self):
        """Who was asked by hand already does not hear of the same step from the clock."""
        task = self._start()
        self._as("cx_quality", task)._pass_up("I need help")
        self._as("cx_quality", task)._pass_up("I still do")
        self.assertEqual(task.escalation_ids.user_ids, self.clerk | self.boss)
        self.assertEqual(self.look("2026-12-02 09:00"), [])
        self.assertEqual(self.look("2026-12-03 09:00"), [("director", 1, ["chief"])])

    def test_quiet_outside_hours(self):
        """A step of the night waits for the morning; of a critical case it does not. [S-14]"""
        for severity, moment, expected in (
                ("normal", "2026-12-02 22:00", []), ("normal", "2026-12-03 08:00", ["head"]),
                ("critical", "2026-12-02 22:00", ["head"])):
            with self.subTest(severity=severity, moment=moment), self.env.cr.savepoint() as savepoint:
                self._steps({"when": "after", "offset": 12, "unit": "hour", "role_id": self.head.id})
                self.at(self.START)
                self._start(severity=severity)
                self.assertEqual([role for role, _number, _people in self.look(moment)], expected)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_injury_does_not_wait(self):
        """Ticked that somebody was hurt after it began: the night is no reason to wait."""
        self._steps({"when": "after", "offset": 12, "unit": "hour", "role_id": self.head.id})
        task = self._start()
        self.assertEqual(self._local(task.next_alarm_on), "2026-12-03 08:00")
        self.case.trigger_ids = self.env.ref("cx_complaint.trigger_injury")
        self.assertEqual(self._local(task.next_alarm_on), "2026-12-02 21:00")
        self.assertEqual(len(self.look("2026-12-02 21:00")), 1)

    def test_archived_user(self):
        """Who has left hears of nothing; his role falls on as roles do."""
        self._start()
        self.boss.active = False
        told = self.look("2026-12-02 09:00")
        self.assertEqual(told[0][0], "head")
        self.assertTrue(told[0][2])
        self.assertNotIn("boss", told[0][2])

    def test_in_the_language_of_who_is_told(self):
        """Activity and message are written for whoever reads them."""
        self.env["res.lang"]._activate_lang("fr_FR")
        self.boss.lang = "fr_FR"
        self.procedure.milestone_ids.with_context(lang="fr_FR").filtered(lambda one: one.code == "reply").name = "Réponse"
        self._start()
        self.look("2026-12-02 09:00")
        self.assertIn("Réponse", self.activities(self.boss).summary)
        self.assertIn("Réponse", self.messages().subject)

    def test_calendar_without_working_time(self):
        """Whose calendar has been emptied is told at any hour rather than never."""
        self._steps({"when": "at", "role_id": self.head.id})
        self.procedure.milestone_ids.filtered(lambda one: one.code == "reply").limit_unit = "calendar_day"
        task = self._start()
        self.company.resource_calendar_id.attendance_ids.unlink()
        task._schedule_alarms()
        self.assertEqual(self._local(task.next_alarm_on), "2026-12-02 23:59")

    def test_two_companies(self):
        """Each company's people hear of their own cases only, whichever company the job runs in."""
        other = self.env["res.company"].create({"name": "Other works"})
        their_boss = new_test_user(
            self.env, "their_boss", groups="cx_complaint.group_reader", company_id=other.id, company_ids=[(6, 0, other.ids)])
        self.env["cx.role"].create({
            "name": "Their head", "function": "quality", "rank": "head", "company_id": other.id, "user_ids": their_boss.ids})
        self.procedure.company_id = False
        self._start()
        mine = self.task("reply")
        theirs = self.env["cx.complaint"].with_company(other).create({"summary": "Theirs", "company_id": other.id})
        task = self.env["cx.task"].create({
            "complaint_id": theirs.id, "milestone_id": mine.milestone_id.id, "started_on": mine.started_on,
            "due_on": mine.due_on})
        self.look("2026-12-02 10:00")
        told = (mine | task).escalation_ids.filtered(lambda row: not row.is_skipped)
        self.assertEqual({row.company_id: row.user_ids for row in told}, {self.company: self.boss, other: their_boss})

    def test_who_was_told_sees_the_case(self):
        """The step that names somebody shows him the case."""
        self._start()
        stranger = new_test_user(self.env, "stranger", groups="base.group_user")
        self.assertFalse(self.case.with_user(stranger).has_access("read"))
        self.env["cx.role"].search([("function", "=", "quality"), ("rank", "=", "head")]).user_ids = stranger
        self.look("2026-12-02 09:00")
        self.assertTrue(self.case.with_user(stranger).has_access("read"))

    # What the handler sees

    def test_ladder_is_shown(self):
        """The handler sees who hears when, and who has heard. [I-G]"""
        task = self._start()
        self.look("2026-12-02 09:00")
        shown = self._as("cx_service", task).ladder_html
        for text in ("4 working hours before: Quality", "passed over", "At: Head", "boss", "told on",
                     "1 working day after: Director", "chief"):
            self.assertIn(text, shown)
        self.assertIn("Reply", self._as("cx_service", self.case).ladder_html)

    def test_filter_of_escalated_cases(self):
        """A reminder is no escalation; what is done is none any more."""
        task = self._start()
        escalated = [("is_escalated", "=", True), ("id", "=", self.case.id)]
        Complaint = self._as("cx_service", self.env["cx.complaint"])
        self.look("2026-12-01 14:00")
        self.assertFalse(Complaint.search(escalated))
        self.look("2026-12-02 09:00")
        self.assertEqual(Complaint.search(escalated), self.case)
        self.assertTrue(self.case.is_escalated)
        task.write({"state": "done"})
        self.assertFalse(Complaint.search(escalated))
