from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS206(RulebookCommon):
    """The electronics essay: first the information is confirmed, and it is over when the effect is standard."""

    CODE = "s2_06"

    def test_from_acceptance_to_standard(self):
        """Business tidies up, quality investigates, business sends the report, quality tracks; none of it has a date."""
        self.complain(login="cx_sales")
        self.assertRoute("quality", "cx_quality")
        self.assertQueue("tidy", "cx_sales")
        self.assertBlocked("confirm", "read_back_missing")
        self.assertNotStarted("investigate")
        self.step("confirm", "cx_sales")
        self.assertDone("tidy")
        self.assertQueue("investigate", "cx_quality")
        self.assertRole("analyse", "cs_engineer")
        self.assertDue("investigate", False)
        self.step("conclude", "cx_quality")
        self.assertDone("investigate")
        self.assertQueue("send", "cx_sales")
        self.step("answer", "cx_sales")
        self.assertNotStarted("standardise")
        self.assertBlocked("close", "task_ahead")
        self.do("track", "cx_quality", result="No recurrence in three lots")
        self.assertBlocked("close", "task_open")
        self.do("standardise", "cx_quality", result="Instruction 7 changed")
        self.assertNotBlocked("close", "task_open")
        self.assertNotBlocked("close", "task_ahead")

    def test_the_report_is_accepted_before_it_is_closed(self):
        """The customer's word on the report is needed."""
        self.complain()
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.step("answer", "cx_sales")
        self.assertBlocked("close", "reaction_missing")
        self.complaint.acceptance = "accepted"
        self.assertNotBlocked("close", "reaction_missing")

    def test_measures_are_carried_out_and_confirmed(self):
        """The head of the department that corrects carries them out within the time that was set, which the text does not
        give; quality sends somebody to confirm.
        """
        self.assertUndecided("carry_out")
        self.complain()
        self.step("confirm")
        self.name_department("production")
        self.step("conclude", "cx_quality")
        self.assertQueue("carry_out", "cx_production_head")
        self.assertDue("carry_out", False)
        self.assertNotStarted("confirm_measures")
        self.do("carry_out", "cx_production_head")
        self.assertQueue("confirm_measures", "cx_quality")

    def test_gates_of_the_text(self):
        """Information and details are confirmed before anybody investigates, whatever the company's settings say."""
        self.company.cx_confirm_needs_details = False
        self.complain()
        for gate in ("read_back", "details", "reaction_known"):
            self.assertTrue(self.complaint._is_gate_on(gate), gate)

    def test_a_question_is_no_complaint(self):
        """What is no complaint starts nothing of it."""
        self.complain(kind_id=self.env.ref("cx_complaint.complaint_kind_enquiry").id)
        self.assertFalse(self.complaint.task_ids)
