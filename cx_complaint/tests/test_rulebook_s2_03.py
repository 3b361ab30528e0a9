from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS203(RulebookCommon):
    """The decoration company: ten minutes to call, a manager for every case, a call-back every day."""

    CODE = "s2_03"

    def test_a_manager_handles_every_complaint(self):
        """A clerk cannot handle it, the head can; he calls within ten minutes, around the clock.
        [S2.03-1a] [S2.03-2a]
        """
        self.complain(at="2026-11-28 21:00")
        self.assertRoute("manager", "cx_service_head")
        self.assertEqual(self.complaint.handler_id.login, "cx_service_head")
        self.assertQueue("contact", "cx_service_head")
        self.assertDue("contact", "2026-11-28 21:10")

    def test_it_goes_up_three_levels(self):
        """What the manager cannot solve goes to the branch, and what the branch cannot to the general manager's office; no
        clock sends it there, since the document names none. [S2.03-1b]
        """
        self.complain()
        self.assertDue("solve", False)
        self.assertTold("solve", ("at", 0, "hour", "branch"), ("after", 0, "hour", "office"))
        self.assertFalse(self.milestone("contact").ladder_id)
        self._as("cx_service_head", self.task("solve"))._pass_up("He wants his money back")
        self.assertEqual(self.task("solve").escalation_ids.user_ids.login, "cx_management_director")
        self._as("cx_management_director", self.task("solve"))._pass_up("The branch cannot either")
        self.assertEqual(
            set(self.task("solve").escalation_ids.user_ids.mapped("login")), {"cx_management_director", "cx_management_top"})
        with self.assertRaisesRegex(UserError, "nobody further"):
            self._as("cx_management_top", self.task("solve"))._pass_up("Nor can we")

    def test_visit_at_once(self):
        """Where it has to be negotiated on site, the visit is due as soon as the customer was called. [S2.03-2b]"""
        self.complain()
        self.assertNotStarted("visit")
        self.do("contact", "cx_service_head", at="2026-11-30 09:05")
        self.assertDue("visit", "2026-11-30 09:05")

    def test_nobody_on_site_for_two_days(self):
        """A day without a visit is missed, the second one is told to the general manager at once. [S2.03-3b]"""
        self.assertTold("on_site", ("at", 0, "hour", "office"))
        rung = self.milestone("on_site").ladder_id.rung_ids
        self.assertEqual((rung.consecutive, rung.is_quiet_outside_hours), (2, False))
        self.complain()
        self.assertNotStarted("on_site")
        self.complaint.agreed_on = self._utc("2026-11-30 10:00")
        self.assertDue("on_site", "2026-11-30 23:59")
        self.at("2026-12-01 09:30")
        self.complaint._sync_tasks()
        turns = self.complaint.task_ids.filtered(lambda task: task.milestone_id.code == "on_site").sorted("nth")
        self.assertEqual(turns.mapped("state"), ["missed", "running"])

    def test_no_call_back_for_who_declared_that_he_wants_none(self):
        """Every day a call-back, until the customer declares that he wants none; taken back, he is called again.
        [S2.03-6]
        """
        self.complain()
        self.assertQueue("callback", "cx_service")
        self._as("cx_service", self.complaint).declines_callback = True
        self.assertEqual(self.task("callback").state, "off")
        self.assertRunning("contact")  # he is still contacted about his complaint
        self._as("cx_service", self.complaint).declines_callback = False
        self.assertRunning("callback")

    def test_no_call_back_for_a_site_whose_owner_wants_none(self):
        """Declared for the site, it holds for its cases, open ones and the next one, and for no other site. [S2.03-6]"""
        self._complain_about_site("quality")
        first, site = self.complaint, self.complaint.line_ids.object_id
        self.assertRunning("callback")
        self._as("cx_service", site).declines_callback = True
        self.assertEqual(self.task("callback").state, "off")
        self.complain(line_ids=[Command.create({"object_id": site.id, "name": "Once more"})])
        self.assertNotStarted("callback")
        self._complain_about_site("quality", at="2026-11-30 10:00")
        self.assertRunning("callback")
        self.assertNotEqual(self.complaint, first)

    def test_rectification_notice_in_a_working_day(self):
        """Complained on Friday at three, the notice is due on Monday at three; without it nothing is closed. [S2.03-5]"""
        self.complain(at="2026-11-27 15:00")
        self.assertDue("notice", "2026-11-30 15:00")
        self.assertBlocked("close", "task_open")

    # Touch-up on the site of an owner

    def _complain_about_site(self, category, accepted=None, at="2026-11-30 09:00"):
        """A complaint about a site that was accepted on this day, if it was."""
        self.company.cx_uses_objects = True
        site = self._as("cx_service", self.env["cx.object"]).create({
            "identifier": f"{accepted} {category} {at}", "kind_id": self.env.ref("cx_complaint.object_kind_site").id,
            "partner_id": self.customer.id})
        if accepted:
            self._as("cx_service", self.env["cx.service.event"]).create({
                "object_id": site.id, "kind_id": self.env.ref("cx_complaint.service_event_kind_accepted").id, "date": accepted})
        return self.complain(
            at=at, category_id=self.env.ref(f"cx_complaint.category_{category}").id,
            line_ids=[Command.create({"object_id": site.id, "name": "Touch it up"})])

    def test_on_site_in_four_or_twenty_four_hours(self):
        """Water and electricity in four hours, other items in twenty-four, by quality inspection. [S2.03-8b] [S2.03-8c]"""
        for category, code, other, due in (
            ("water_electricity", "water", "other", "2026-11-30 13:00"), ("quality", "other", "water", "2026-12-01 09:00"),
            ("wrong", "other", "water", "2026-12-01 09:00"),
        ):
            with self.subTest(category=category):
                self._complain_about_site(category, "2026-10-15")
                self.assertQueue(code, "cx_quality")
                self.assertDue(code, due)
                self.assertNotStarted(other)

    def test_touch_up_in_the_two_months_after_the_signature(self):
        """Not before the completion-acceptance sheet is signed; two months from that day on, and no longer. [S2.03-8a]"""
        for accepted, is_touch_up in ((None, False), ("2026-09-30", True), ("2026-09-29", False), ("2026-11-30", True)):
            with self.subTest(accepted=accepted):
                self._complain_about_site("water_electricity", accepted)
                for code in ("touch_up", "water"):
                    self.assertEqual(bool(self.task(code)), is_touch_up, code)
        self.complain(category_id=self.env.ref("cx_complaint.category_quality").id)
        self.assertNotStarted("touch_up")

    def test_signed_after_the_complaint_was_registered(self):
        """The sheet turns up later: the open case is quality inspection's to follow from then on."""
        self._complain_about_site("quality")
        self.assertNotStarted("touch_up")
        self._as("cx_service", self.env["cx.service.event"]).create({
            "object_id": self.complaint.line_ids.object_id.id, "date": "2026-11-20",
            "kind_id": self.env.ref("cx_complaint.service_event_kind_accepted").id})
        self.complaint.invalidate_recordset()
        self.assertRunning("touch_up")
        self.assertDue("other", "2026-12-01 09:00")

    def test_touch_up_is_followed_to_the_end(self):
        """Quality inspection has the touch-up work until it is settled with the owner. [S2.03-8a]"""
        self._complain_about_site("quality", "2026-10-15")
        self.assertQueue("touch_up", "cx_quality")
        self.assertNotMine("touch_up", "cx_engineering")
        self.step("confirm", "cx_service_head")
        self.step("answer", "cx_service_head")
        self.assertTrue(self.complaint.settled_on)
        self.complaint._sync_tasks()
        self.assertDone("touch_up")
