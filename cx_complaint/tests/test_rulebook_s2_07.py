from odoo.tests import tagged

from .rulebook_returns_common import RulebookReturnsCommon


@tagged("post_install", "-at_install")
class TestRulebookS207(RulebookReturnsCommon):
    """The maker with contract customers: quality or business by the nature of the complaint, 48 hours for the analysis."""

    CODE = "s2_07"

    def test_quality_answers_quality_complaints(self):
        """A quality complaint is quality's to investigate and to answer. [S2.07-3]"""
        self.complain(category_id=self.env.ref("cx_complaint.category_quality").id)
        self.assertEqual(self.complaint.nature, "quality")
        self.assertRoute("quality", "cx_quality")
        self.assertQueue("investigate_quality", "cx_quality")
        self.assertNotStarted("investigate_business")

    def test_business_answers_the_others(self):
        """A late delivery is no quality complaint: business has it. [S2.07-4]"""
        self.complain(category_id=self.env.ref("cx_complaint.category_delivery").id)
        self.assertEqual(self.complaint.nature, "non_quality")
        self.assertRoute("business", "cx_sales")
        self.assertQueue("investigate_business", "cx_sales")
        self.assertNotStarted("investigate_quality")

    def test_transport_is_not_about_quality(self):
        """What happened in transport is business's as well."""
        self.complain(category_id=self.env.ref("cx_complaint.category_transport").id)
        self.assertRoute("business", "cx_sales")
        self.assertQueue("investigate_transport", "cx_sales")
        self.assertNotStarted("investigate_quality")

    def test_the_responsible_unit_corrects(self):
        """Whoever is responsible lists the causes, carries the measures out and confirms their effect before the case is
        closed: the effect of the failed product on the customer is removed. [S2.07-5] [S2.07-1]
        """
        self.complain(nature="quality")
        self.step("confirm")
        self._as("cx_quality", self.complaint).write({"party": "company"})
        self.name_department("production")
        self.assertQueue("cause", "cx_production", "cx_production_head")
        self.assertNotStarted("measures")
        self.do("cause", "cx_production")
        self.do("measures", "cx_production")
        self.assertBlocked("close", "task_open")
        self.do("effect", "cx_production_head")
        self.assertNotBlocked("close", "task_open")

    def test_analysis_in_48_hours(self):
        """What came back on Friday at ten is analysed by Sunday at ten: the hours are the clock's on the wall. [S2.07-10]"""
        self.complain_goods(at="2026-11-27 09:00")
        self.authorise()
        self.at("2026-11-27 10:00")
        self.receive()
        self.assertQueue("analysis", "cx_quality")
        self.assertDue("analysis", "2026-11-29 10:00")
        self.at("2026-11-29 11:00")
        self.decide("none")
        self.assertDone("analysis")
        self.assertEqual(self.task("analysis").late_seconds, 3600)

    def test_customer_s_own_fault_is_approved_before_the_answer(self):
        """The reply that the cause is the customer's own waits for the management representative, or for the general
        manager whom he asks; other replies wait for nobody.
        """
        self.complain(nature="quality", party="company")
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertNotStarted("approve_reply")
        self.complain(nature="quality", party="customer")
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertQueue("approve_reply", "cx_management_director")
        self.assertBlocked("answer", "task_open", "cx_quality")
        self._as("cx_management_director", self.task("approve_reply"))._pass_up("Please decide")
        self.do("approve_reply", "cx_management_top")
        self.assertNotBlocked("answer", "task_open", "cx_quality")
