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
        self.assertBlocked("close", "task_open")
        self.do("track", "cx_quality", result="No recurrence in three lots; instruction 7 changed")
        self.assertNotBlocked("close", "task_open")

    def test_the_report_is_accepted_before_it_is_closed(self):
        """The customer's word on the report is needed."""
        self.complain()
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.step("answer", "cx_sales")
        self.assertBlocked("close", "reaction_missing")
        self.complaint.acceptance = "accepted"
        self.assertNotBlocked("close", "reaction_missing")
