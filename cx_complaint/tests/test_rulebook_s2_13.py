from odoo.tests import Form, tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS213(RulebookCommon):
    """The car shop."""

    CODE = "s2_13"

    def test_record_of_the_event(self):
        """Whoever receives an opinion writes down time, place, persons, course and result, and what he thinks of it; all of
        it stands on the case and is printed. [S2.13-15]
        """
        form = Form(self._as("cx_employee", self.env["cx.complaint.intake"]))
        form.summary = "The brakes squeal again"
        form.caller_name = "Mr. Lin"
        form.has_record = True
        form.occurred_on = self._utc("2026-11-30 08:15")
        form.occurred_place = "Ring road"
        form.persons = "Mr. Lin and his wife"
        form.description = "<p>Braked at the lights</p>"
        form.event_result = "Drove on slowly"
        form.judgement = "A quality problem"
        complaint = self.env["cx.complaint"].browse(form.save().action_register()["res_id"])
        self.assertRecordValues(complaint, [{
            "occurred_on": self._utc("2026-11-30 08:15"), "occurred_place": "Ring road",
            "persons": "Mr. Lin and his wife", "event_result": "Drove on slowly", "judgement": "A quality problem"}])
        self.assertIn("Braked at the lights", complaint.description)
        printed = [text for row in complaint._paper_complaint_requirement()["rows"] for _label, text in row]
        for text in ("Ring road", "Mr. Lin and his wife", "Braked at the lights", "Drove on slowly", "A quality problem"):
            self.assertIn(text, printed)

    def _complain_about(self, category, **vals):
        return self.complain(category_id=self.env.ref(f"cx_complaint.category_{category}").id, **vals)

    # Who

    def test_receptionist_and_when_necessary_the_shop_manager(self):
        """An owner who stands in the shop is received by the receptionist, who can have the shop manager come. [S2.13-4]"""
        self._complain_about("other", channel_id=self.env.ref("cx_complaint.channel_desk").id)
        self.assertRoute("receptionist", "cx_after_sales")
        self.assertQueue("receive", "cx_after_sales")
        self._as("cx_after_sales", self.task("receive"))._pass_up("He shouts")
        self.assertEqual(self.task("receive").escalation_ids.user_ids, self.users_by_login["cx_after_sales_head"])

    def test_clearly_attributable_kinds(self):
        """Quality, attitude, conduct and delay go to the customer manager; the way of the others is to be decided.

        [S2.13-20]
        """
        for category in ("quality", "attitude", "conduct", "work_delay"):
            with self.subTest(category=category):
                self._complain_about(category)
                self.assertRoute("customer_manager", "cx_service_head")
                self.assertRunning("responsibility")
        self._complain_about("other")
        self.assertRoute("centre", "cx_service")
        self.assertNotStarted("responsibility")
        self.assertUndecided("unattributed")
        self.assertDue("unattributed", False)

    # The chain of hours

    def test_reported_within_an_hour(self):
        """Counted from when whoever received it heard of it; a case of the evening too. [S2.13-16]"""
        self._complain_about("quality", at="2026-11-30 19:50", received="2026-11-30 19:00", login="cx_sales")
        self.assertDue("report", "2026-11-30 20:00")
        self.assertQueue("report", "cx_sales")
        self.assertFalse(self.task("report").late_seconds)
        self._complain_about("quality", at="2026-11-30 20:30", received="2026-11-30 19:00", login="cx_sales")
        self.assertEqual(self.task("report").late_seconds, 1800)

    def test_numbered_at_once(self):
        """The form has its number in the series of the service centre from the first moment on. [S2.13-18]"""
        first, second = self._complain_about("quality"), self._complain_about("quality")
        self.assertTrue(first.name.startswith("FB/2026/"), first.name)
        self.assertEqual(int(second.name[-5:]), int(first.name[-5:]) + 1)

    def test_from_the_form_to_the_fault_talk(self):
        """24 hours for the customer manager, night and all; within the house four working hours for the review, four for the
        report to the general manager in charge, eight from his opinion to the fault talk, and the form is back the same day.

        [S2.13-21] [S2.13-23] [S2.13-25] [S2.13-26] [S2.13-27]
        """
        self._complain_about("quality")
        self.assertQueue("responsibility", "cx_service_head")
        self.assertDue("responsibility", "2026-12-01 09:00")
        self.assertNotStarted("review")
        self.do("responsibility", "cx_service_head", at="2026-12-01 08:30")
        self.assertQueue("review", "cx_personnel")
        self.assertDue("review", "2026-12-01 13:30")
        self.do("review", "cx_personnel", at="2026-12-01 11:00")
        self.assertQueue("report_gm", "cx_personnel")
        self.assertDue("report_gm", "2026-12-01 16:00")
        self.do("report_gm", "cx_personnel", at="2026-12-01 14:00")
        self.assertQueue("gm_opinion", "cx_management_director")
        self.do("gm_opinion", "cx_management_director", at="2026-12-01 16:00")
        self.assertQueue("enforce", "cx_personnel")
        self.assertDue("enforce", "2026-12-02 16:00")
        self.do("enforce", "cx_personnel", at="2026-12-01 17:45")
        self.assertDue("pass_form", "2026-12-01 23:59")
        self.assertBlocked("close", "task_open")
        self.do("pass_form", "cx_personnel", at="2026-12-01 18:00")
        self.assertNotBlocked("close", "task_open")

    def test_customer_who_cannot_be_reached(self):
        """The 24 hours become 48, from the same beginning; when he is reached after all they are 24 again. [S2.13-22]"""
        self._complain_about("attitude")
        self.complaint.is_unreachable = True
        self.assertDue("responsibility", "2026-12-02 09:00")
        self.complaint.is_unreachable = False
        self.assertDue("responsibility", "2026-12-01 09:00")

    def test_ours_or_not(self):
        """Our fault: rework at his time; not ours: explain and offer a check."""
        for cause, code, other in (("quality", "rework", "explain"), ("not_ours", "explain", "rework")):
            with self.subTest(cause=cause):
                self._complain_about("quality")
                self.step("confirm")
                self.step("conclude", "cx_quality", cause_category_id=self.part(f"cause_{cause}").id)
                self.assertQueue(code, "cx_after_sales")
                self.assertNotStarted(other)
                self.assertDue(code, "2026-11-30 09:00" if code == "rework" else False)

    def test_the_rest_cannot_be_clearly_attributed(self):
        """Whatever is none of the four kinds waits for a flow that the document has lost; nobody is told who answers for a
        kind, and nobody below them is kept from deciding: the document says neither.
        """
        for category in ("delivery", "parts", "price"):
            self._complain_about(category)
            self.assertRunning("unattributed")
        self._complain_about("attitude")
        self.assertNotStarted("unattributed")
        self.assertFalse(any(self.procedure.cause_ids.mapped("function")))
        self.assertFalse(self.procedure.authority_ids)
