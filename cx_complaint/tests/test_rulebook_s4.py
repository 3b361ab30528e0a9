from unittest.mock import patch

from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS4(RulebookCommon):
    """The car group: the customer department follows every vehicle from the repair to the general manager's signature."""

    CODE = "s4"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({
            "cx_uses_objects": True, "cx_object_kind_id": cls.env.ref("cx_complaint.object_kind_vehicle").id})
        cls.vehicle = cls.env["cx.object"].create({
            "kind_id": cls.env.ref("cx_complaint.object_kind_vehicle").id, "identifier": "浙C 12345",
            "partner_id": cls.customer.id})

    def _category(self, code):
        return self.env.ref(f"cx_complaint.category_{code}").id

    def _assigned(self, category, **vals):
        """The customer department reports it, the service manager names until when."""
        self.complain(category_id=self._category(category), line_ids=[
            (0, 0, {"name": "Squeals", "object_id": self.vehicle.id, "is_answered": True})], **vals)
        self.do("report", "cx_service")
        self.complaint.agreed_on = self._utc("2026-12-02 16:00")

    # Whose it is

    def test_customer_department_follows_every_step(self):
        """From the registration until the case is closed, which only it does; what others do not execute comes back to it.

        [S4-0a]
        """
        self._assigned("repair")
        self.assertQueue("follow", "cx_service")
        self.assertTold("execute", ("at", 0, "hour", "customer_department"))
        self.step("confirm")
        self.assertRunning("follow")
        self.assertBlocked("close", "not_entitled", "cx_after_sales_head")
        self.assertNotBlocked("close", "not_entitled", "cx_service")

    def test_it_answers_to_the_general_manager_and_the_group(self):
        """Its superiors are the general manager, who signs, and the group, to which it hands in its reports. [S4-2.3b]"""
        self.complain()
        self.step("confirm")
        self.step("answer")
        self.do("callback", "cx_service")
        self.assertQueue("sign", "cx_management_top")
        self.assertTold("major", ("at", 0, "hour", "general_manager"), ("after", 0, "hour", "operations"))
        self.assertEqual(self.role("operations").rank, "headquarters")

    def test_classes_of_complaints(self):
        """Quality, attitude, parts and claims each go their own way; so does everything else. [S4-1.2a]"""
        self.complain()
        for code, role in (("quality", "technical"), ("attitude", "business"), ("parts", "parts"), ("claims", "claims"),
                           ("other", "department"), ("price", "department"), ("delivery", "department"),
                           ("finance_service", "department")):
            with self.subTest(category=code):
                self.complaint.category_id = self._category(code)
                self.assertEqual(self.complaint.route_id.role_id.code, role)

    def test_serious_ones_are_the_service_managers_own(self):
        """He tracks it, calls the customer and gets his approval himself; without it the case stays open. [S4-1.2c]"""
        self._assigned("repair")
        self.assertNotStarted("major")
        self.complaint.severity = "major"
        self.assertRoute("service_manager", "cx_after_sales_head")
        self.assertQueue("major", "cx_after_sales_head")
        self.assertBlocked("close", "task_open")

    def test_beyond_his_authority_level_by_level(self):
        """What he cannot settle goes up with the report of its own: to the general manager, then to the group. [S4-1.2d]"""
        self._assigned("repair", severity="major")
        self.assertIn("Major Complaint Report", self.procedure.form_ids.mapped("name"))
        task = self._as("cx_after_sales_head", self.task("major"))
        task._pass_up("He wants a new car")
        self.assertEqual(self.task("major").escalation_ids.user_ids, self.users_by_login["cx_management_top"])
        task._pass_up("So do we")
        self.assertEqual(
            set(self.task("major").escalation_ids.user_ids.mapped("login")),
            {"cx_management_top", "cx_management_headquarters"})

    def test_repair_service_is_the_workshops(self):
        """The workshop supervisor handles complaints about the repair. [S4-1.3b]"""
        self._assigned("repair")
        self.assertRoute("workshop", "cx_production_supervisor")
        self.assertQueue("workshop", "cx_production_supervisor")
        self.assertNotStarted("technical")

    def test_difficult_faults_are_technical(self):
        """The technical supervisor analyses them and makes the scheme; the workshop waits. [S4-1.3c]"""
        self._assigned("repair", is_technical=True)
        self.assertRoute("technical", "cx_engineering_supervisor")
        self.assertQueue("technical", "cx_engineering_supervisor")
        self.assertNotStarted("workshop")

    def test_business_service_and_its_adviser(self):
        """The business supervisor finds the adviser, who apologises and puts it right. [S4-1.4a]"""
        self._assigned("business")
        self.assertRoute("business", "cx_sales_supervisor")
        self.assertQueue("business", "cx_sales_supervisor")
        self.assertQueue("adviser", "cx_after_sales")

    def test_parts(self):
        """The parts manager answers, or supports the adviser. [S4-1.5]"""
        self._assigned("parts")
        self.assertRoute("parts", "cx_warehouse_head")
        self.assertQueue("parts", "cx_warehouse_head")

    def test_claims(self):
        """The claims supervisor goes by the claims policy. [S4-1.6]"""
        self._assigned("claims")
        self.assertRoute("claims", "cx_after_sales_supervisor")
        self.assertQueue("claims", "cx_after_sales_supervisor")

    def test_others_go_to_the_department_concerned(self):
        """Whichever department is named; until one is, the service manager keeps it. [S4-1.7]"""
        self._assigned("other")
        self.assertQueue("department", "cx_after_sales_head")
        self.name_department("finance")
        self.assertQueue("department", "cx_finance", "cx_finance_head")
        self._assigned("price")
        self.assertQueue("department", "cx_after_sales_head")

    def test_every_word_stands_in_the_daily_report(self):
        """Complaints, dissatisfaction and suggestions; what is no complaint is handled by nobody's deadline."""
        self.complain(kind_id=self.env.ref("cx_complaint.complaint_kind_suggestion").id)
        self.assertQueue("report", "cx_service")
        self.assertNotStarted("follow")
        self.do("report", "cx_service")
        self.assertNotStarted("execute")

    # By when

    def test_service_manager_has_five_working_days(self):
        """From the report, over the weekend; then the customer department and the general manager hear of it. [S4-2.1c]"""
        self.complain(at="2026-12-02 10:00")
        self.assertNotStarted("execute")
        self.do("report", "cx_service", at="2026-12-02 15:00")
        self.assertQueue("execute", "cx_after_sales_head")
        self.assertDue("execute", "2026-12-09 15:00")

    def test_customer_department_hears_when_he_has_not(self):
        """At the end of the five days, not before."""
        self.complain(at="2026-12-02 10:00")
        self.do("report", "cx_service", at="2026-12-02 15:00")
        self._run_alarms("2026-12-09 14:00")
        self.assertFalse(self.task("execute").escalation_ids)
        self._run_alarms("2026-12-09 15:05")
        self.assertEqual(self.task("execute").escalation_ids.user_ids, self.users_by_login["cx_service"])

    def test_handed_in_by_the_eighth(self):
        """What was settled in November is with the general manager and the group by 8 December, what was settled in
        December by 8 January.
        """
        for day, due in (("2026-11-30 16:00", "2026-12-08 23:59"), ("2026-12-01 09:00", "2027-01-08 23:59")):
            with self.subTest(day=day):
                self.complain(at="2026-11-30 09:00")
                self.step("confirm")
                self.assertNotStarted("hand_in")
                self.step("answer", at=day)
                self.assertQueue("hand_in", "cx_service")
                self.assertDue("hand_in", due)

    def test_what_the_document_lost(self):
        """It breaks off in the handling process, and says nowhere from what on a complaint is serious."""
        self.assertUndecided("rest")
        self.assertEqual(len(self.procedure._to_be_decided()), 2)
        self.complain(claimed_amount=1000000)
        self.assertSeverity("normal")

    def test_handling_time_of_each_case(self):
        """What the service manager writes on the report is when the responsible head is due."""
        self._assigned("repair")
        self.assertDone("assign")
        self.assertDue("workshop", "2026-12-02 16:00")

    def test_result_cause_and_improvement(self):
        """The head of the department writes down all three, or the case is not closed; they are printed. [S4-1.8a]"""
        self._assigned("repair")
        for field, code in (("solution", "result_missing"), ("conclusion", "cause_unwritten"),
                            ("improvement", "improvement_missing")):
            self.assertBlocked("close", code)
            self.complaint[field] = f"<p>Our {field}</p>"
            self.assertNotBlocked("close", code)
        self.assertIn("Our improvement", self.complaint._paper_complaint_cause()["html"])

    def test_called_back_three_days_after_the_repair(self):
        """The customer department calls back; what the customer says then is handled as a complaint. [S4-3.1a]"""
        self._assigned("repair")
        self.assertNotStarted("callback_repair")
        self._happened("repaired")
        self.assertQueue("callback_repair", "cx_service")
        self.assertDue("callback_repair", "2026-12-03 23:59")

    def test_two_signatures_of_the_general_manager(self):
        """After the call-back, and again after the call-back of a vehicle that came for rework."""
        self._assigned("repair")
        self.step("confirm")
        self.step("answer")
        self.do("callback", "cx_service")
        self.assertQueue("sign", "cx_management_top")
        self.assertBlocked("close", "task_open")
        self.do("sign", "cx_management_top")
        self.assertNotBlocked("close", "task_open")
        self.assertNotStarted("callback_again")
        self._happened("left_workshop")
        self.assertDue("callback_again", "2026-12-03 23:59")
        self.assertBlocked("close", "task_open")
        self.do("callback_again", "cx_service")
        self.assertQueue("sign_again", "cx_management_top")
        self.assertBlocked("close", "task_open")

    def _run_alarms(self, local):
        """It is this time, and the job that tells people of deadlines runs."""
        self.at(local)
        with patch.object(self.registry["ir.cron"], "_commit_progress", lambda *_args, **_kwargs: 60):
            self.env["cx.task"]._cron_alarms()
        self.env.invalidate_all()

    def _happened(self, kind):
        """A service event of the vehicle, for this case, today."""
        self.env["cx.service.event"].create({
            "object_id": self.vehicle.id, "kind_id": self.env.ref(f"cx_complaint.service_event_kind_{kind}").id,
            "complaint_id": self.complaint.id, "date": "2026-11-30"})
