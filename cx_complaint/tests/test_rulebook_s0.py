from odoo.exceptions import UserError, ValidationError
from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS0(RulebookCommon):
    """The can maker: from the salesperson's notice to the customer's answer. Monday to Friday, 8 to 12 and 13 to 17."""

    CODE = "s0"

    # Who

    def test_sales_is_responsible_for_complaints(self):
        """A complaint goes to sales, which makes the first analysis and negotiates with the customer. [S0-3.1]"""
        self.complain()
        self.assertRoute("sales", "cx_sales")
        self.assertQueue("preliminary", "cx_sales")
        self._conclude_ours()
        self.assertQueue("negotiate", "cx_sales")

    def test_quality_finds_the_cause(self):
        """Cause and analysis belong to quality, whoever has the case; nobody else may conclude. [S0-3.2]"""
        self.complain()
        self.do("analyse", "cx_service")
        self.assertQueue("conclusion", "cx_quality")
        self.assertQueue("organise", "cx_quality")
        self.assertBlocked("conclude", "not_entitled", "cx_service")
        self.assertNotBlocked("conclude", "not_entitled", "cx_quality")

    def test_service_before_and_after_the_sale(self):
        """What is asked before the sale and what is needed in use are different kinds of service, and no complaints:
        none of the tasks of a complaint starts. [S0-4.1a]
        """
        for kind, codes in (
            ("presales", {"presales_technical", "presales_sales", "presales_service"}),
            ("after_sales", {"use_service", "use_technical"}),
        ):
            with self.subTest(kind=kind):
                self.complain(kind_id=self.env.ref(f"cx_complaint.complaint_kind_{kind}").id)
                self.assertFalse(self.complaint.is_counted)
                self.assertEqual(set(self.complaint.task_ids.milestone_id.mapped("code")), codes)

    def test_three_departments_advise_before_the_sale(self):
        """Technical quality, sales and customer service each have to help the customer choose. [S0-4.1.1a]"""
        self.complain(kind_id=self.env.ref("cx_complaint.complaint_kind_presales").id)
        self.assertQueue("presales_technical", "cx_engineering")
        self.assertQueue("presales_sales", "cx_sales")
        self.assertQueue("presales_service", "cx_service")

    def test_two_departments_guide_in_use(self):
        """Customer service and technical quality guide in filling, sealing, packing and transport. [S0-4.1.2a]"""
        self.complain(kind_id=self.env.ref("cx_complaint.complaint_kind_after_sales").id)
        self.assertQueue("use_service", "cx_service")
        self.assertQueue("use_technical", "cx_engineering")
        self.assertIn("sealing", self.task("use_service").milestone_id.instruction)

    # By when

    def test_notice_and_samples_come_first(self):
        """The salesperson fills in the notice and forwards information and samples; until he has said what he
        forwarded, nothing is concluded. [S0-5.2.1a]
        """
        self.complain(login="cx_sales")
        self.assertQueue("notice", "cx_sales")
        self.assertIn("samples", self.task("notice").milestone_id.instruction)
        self.assertBlocked("conclude", "task_open", "cx_quality")
        self.do("notice", "cx_sales", result="Notice and 12 cans of lot 7")
        self.assertNotBlocked("conclude", "task_open", "cx_quality")
        self.assertEqual(self.task("notice").result, "Notice and 12 cans of lot 7")

    def test_salesperson_who_is_not_sure_consults(self):
        """He asks the sales manager and customer service at once; both hear of it, once. [S0-5.2.1c]"""
        self.complain(login="cx_sales")
        self.assertTold("preliminary", ("at", 0, "hour", "sales_manager"), ("at", 0, "hour", "service"))
        self._as("cx_sales", self.task("preliminary"))._pass_up("I cannot tell whether it is the seam")
        told = self.task("preliminary").escalation_ids
        self.assertEqual(set(told.user_ids.mapped("login")), {"cx_sales_head", "cx_service"})

    def test_written_conclusion_in_two_working_days(self):
        """From the complaint at quality, over a weekend; written means that without a finding nothing stops the clock.

        [S0-5.2.3-2]
        """
        self.complain(at="2026-12-03 09:00")
        self.do("analyse", "cx_service", at="2026-12-04 10:00")
        self.assertDue("conclusion", "2026-12-08 10:00")
        self.do("notice", "cx_sales")
        self.step("confirm")
        self.name_department("production")
        with self.assertRaises(UserError):
            self._as("cx_quality", self.complaint).action_conclude()
        self.assertRunning("conclusion")
        self.step("conclude", "cx_quality", at="2026-12-08 10:00")
        self.assertDone("conclusion")
        self.assertFalse(self.task("conclusion").late_seconds)

    def test_first_opinion_in_three_working_days(self):
        """Counted from when the complaint really arrived, until the customer has heard what we think of it first, by word
        of a salesperson; the formal answer may come later. [S0-5.2.10a]
        """
        self.complain(received="2026-11-27 16:00")
        self.assertDue("first_opinion", "2026-12-02 16:00")
        self.assertQueue("first_opinion", "cx_service")
        self._tell("repeat", "Asks again")
        self.assertRunning("first_opinion")
        self.at("2026-12-02 15:00")
        self._tell("opinion", "Probably the seam")
        self.assertDone("first_opinion")
        self.assertFalse(self.task("first_opinion").late_seconds)

    def test_opinion_is_told_not_planned(self):
        """What will be said tomorrow is no opinion yet; what was only recorded as one by mistake does not count."""
        self.complain(at="2026-11-30 09:00")
        with self.assertRaisesRegex(ValidationError, "said in the future"), self.env.cr.savepoint():
            self._tell("opinion", "Probably the seam", contacted_on=self._utc("2026-12-01 09:00"))
        word = self._tell("opinion", "Asks again")
        self.assertDone("first_opinion")
        word.kind = "repeat"
        self.assertFalse(self.complaint._event_times({"opinion_told"})[self.complaint].get("opinion_told"))

    def test_answer_is_an_opinion_as_well(self):
        """Without a word before it, the answer is the first opinion; an hour late here."""
        self.complain(received="2026-11-27 16:00")
        self.step("confirm")
        self.step("answer", at="2026-12-02 17:00")
        self.assertDone("first_opinion")
        self.assertEqual(self.task("first_opinion").late_seconds, 3600)

    def test_whole_cycle_in_ten_working_days(self):
        """Counted from the arrival until the case is closed. [S0-5.2.10b]"""
        self.complain()
        self.assertDue("cycle", "2026-12-14 09:00")
        self._conclude_ours()
        self._close(at="2026-12-14 09:00")
        self.assertDone("cycle")
        self.assertFalse(self.task("cycle").late_seconds)

    def test_waiting_is_no_excuse_but_a_reason(self):
        """The ten days go on while the case waits: what makes it longer is said when it is late."""
        self.complain()
        self._as("cx_service", self.complaint)._wait("customer", "Samples")
        self.assertEqual(self.task("first_opinion").state, "paused")
        self.assertRunning("cycle")
        self.assertDue("cycle", "2026-12-14 09:00")

    def test_who_exceeds_the_cycle_says_why(self):
        """A case is not closed late without a reason; with one it is, and the reason stays. [S0-5.2.10c]"""
        self.complain()
        self._conclude_ours()
        self.at("2026-12-14 10:00")
        self.assertBlocked("close", "late_reason_missing")
        self.give_reason("cycle", "cx_service", "The carrier was on strike")
        self._close(at="2026-12-14 11:00")
        self.assertEqual(self.task("cycle").late_reason, "The carrier was on strike")

    # What holds it up, what makes it serious

    def test_responsible_department_before_the_report_moves_on(self):
        """Quality names it, or the finding stays where it is. [S0-5.2.3g1]"""
        self.complain()
        self.do("analyse", "cx_service")
        self.do("notice", "cx_sales")
        self.assertBlocked("conclude", "responsible_missing", "cx_quality")
        self.name_department("production")
        self.assertNotBlocked("conclude", "responsible_missing", "cx_quality")

    def test_above_ten_thousand_is_major(self):
        """Exactly 10000 is not; above it only the general manager decides."""
        self.complain(claimed_amount=10000)
        self.assertSeverity("normal")
        self.complain(claimed_amount=10000.01)
        self.assertSeverity("major")
        self._conclude_ours()
        self.assertBlocked("decide", "not_entitled", "cx_sales")
        self.assertNotBlocked("decide", "not_entitled", "cx_management_top")

    def test_what_the_customer_caused(self):
        """Customer service arranges and explains it: quality need not conclude it, and no department is named.
        [S0-5.2.1g]
        """
        self.complain()
        self.assertBlocked("conclude", "not_entitled", "cx_service")
        self.complaint.party = "customer"
        self.assertNotBlocked("conclude", "not_entitled", "cx_service")
        self.assertNotBlocked("conclude", "responsible_missing", "cx_service")
        self.step("confirm")
        self.do("notice", "cx_sales")
        self.step("conclude", "cx_service")
        self.assertQueue("explain", "cx_service")
        for code in ("measures", "scheme", "negotiate"):
            self.assertNotStarted(code)

    def test_rectification_where_no_technology_is_involved(self):
        """The responsible department writes its opinion on the notice, quality where no department is responsible; about
        technical problems nobody does. [S0-5.2.3-4]
        """
        self.complain(is_technical=True)
        self.do("analyse", "cx_service")
        self.assertNotStarted("rectification")
        self.complain()
        self.assertNotStarted("rectification")
        self.do("analyse", "cx_service")
        self.assertQueue("rectification", "cx_quality")
        self.name_department("warehouse")
        self.assertQueue("rectification", "cx_warehouse", "cx_warehouse_head")

    def test_measures_are_verified_by_others(self):
        """Quality fills in the measures, customer service verifies them. [S0-5.2.1f] [S0-5.5b]"""
        self.complain()
        self._conclude_ours()
        self.assertQueue("measures", "cx_quality")
        self.assertNotStarted("verify")
        self.do("measures", "cx_quality")
        self.assertQueue("verify", "cx_service")
        self.assertNotMine("verify", "cx_quality")

    def test_money_goes_to_accounting_then_to_sales(self):
        """Once compensation is approved, customer service hands the report to accounting; sales follows the money up with
        accounting and sales administration. [S0-5.2.9a] [S0-5.2.9b]
        """
        self.complain(line_ids=[(0, 0, {"product_id": self.product.id, "quantity": 1, "wish": "credit"})])
        self._conclude_ours()
        money = self.env["cx.settlement"].create({
            "complaint_line_id": self.complaint.line_ids.id, "partner_id": self.customer.id, "kind": "allowance", "amount": 5})
        self.assertNotStarted("file_finance")
        money.action_approve()
        self.complaint.invalidate_recordset()
        self.assertQueue("file_finance", "cx_service")
        self.assertNotStarted("book")
        self.do("file_finance", "cx_service")
        self.assertQueue("book", "cx_sales")

    def test_transport_complaint(self):
        """Sales supplies details and the transport receipt, customer service consolidates, quality appraises.
        [S0-5.2.3f1] [S0-5.2.3f2]
        """
        self.complain(nature="transport")
        self.assertRoute("service", "cx_service")
        self.assertQueue("transport_receipt", "cx_sales")
        self.assertNotStarted("transport_consolidate")
        self.do("transport_receipt", "cx_sales")
        self.assertQueue("transport_consolidate", "cx_service")
        self.assertNotStarted("transport_appraisal")
        self.do("transport_consolidate", "cx_service")
        self.assertQueue("transport_appraisal", "cx_quality")

    def test_caused_in_transport_after_all(self):
        """Two negotiations side by side: customer service and sales with the customer, quality and logistics with the
        carrier. [S0-5.2.3f3] [S0-5.2.3f4]
        """
        self.complain(nature="quality")
        self.assertNotStarted("transport_receipt")
        self._conclude_ours(party="carrier")
        self.assertQueue("customer_service", "cx_service")
        self.assertQueue("customer_sales", "cx_sales")
        self.assertQueue("carrier_quality", "cx_quality")
        self.assertQueue("carrier", "cx_logistics")
        self.assertNotStarted("negotiate")

    def test_own_cause_is_negotiated(self):
        """Customer service drafts the scheme with the departments, sales negotiates at once. [S0-5.2.3a1] [S0-5.2.3a2]"""
        self.complain()
        self._conclude_ours()
        self.assertQueue("scheme", "cx_service")
        self.assertQueue("negotiate", "cx_sales")
        for code in ("explain", "carrier", "carrier_quality", "customer_service", "customer_sales"):
            self.assertNotStarted(code)

    def test_enquiries_about_quality(self):
        """Customer service answers them. [S0-4.2.1]"""
        self.complain(kind_id=self.env.ref("cx_complaint.complaint_kind_enquiry").id)
        self.assertRoute("service", "cx_service")
        self.assertQueue("enquiry", "cx_service")
        self.assertNotStarted("cycle")

    def test_forms_carry_the_numbers_of_the_document(self):
        """The two that the document numbers, and those that it only names."""
        self.assertEqual(
            {form.name: form.number for form in self.procedure.form_ids if form.number},
            {"Customer Information Feedback Form": "Q/CPMC(SZ)-XS-4003",
             "Customer Complaint Handling Report": "Q/CPMC(SZ)-XS-4004"})

    # Help

    def _tell(self, kind, summary, **vals):
        """A word with the customer about the case."""
        word = self._as("cx_sales", self.env["cx.contact"]).create({
            "complaint_id": self.complaint.id, "kind": kind, "summary": summary, **vals})
        self.complaint.invalidate_recordset()
        return word

    def _conclude_ours(self, party="company"):
        """The way to a finding."""
        self.step("confirm")
        self.do("analyse", "cx_service")
        self.do("notice", "cx_sales")
        self.name_department("production")
        self.step("conclude", "cx_quality", party=party)

    def _close(self, at):
        """What is left to the end."""
        self.at(at)
        self.step("decide")
        self.step("answer")
        self.step("close")
