from odoo.exceptions import UserError
from odoo.tests import tagged

from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestReturnsWarranty(QualityCommon):
    """Warranty where goods come back: agreement before the return, damage found by the inspection."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.warranty.rule"].search([]).active = False
        cls.env["cx.warranty.rule"].create({
            "name": "Pumps", "product_tmpl_id": cls.product.product_tmpl_id.id, "product_length": 12, "labour_length": 12})

    def _draft_of(self, shipped, quantity=2):
        line = self._complain(self._deliver(self.product, quantity), quantity)
        line.shipped_date = shipped
        return line, self._draft(line)

    def test_out_of_warranty_comes_back_after_agreement_only(self):
        """Blocked with both ways out: the customer agrees, dated; or he scraps it himself and nothing comes back.
        [S2.18-23]"""
        line, rma = self._draft_of("2020-01-01")
        self.assertEqual(line.warranty, "out")
        self.assertEqual(self._codes(rma, "authorise"), ["return_not_agreed"])
        with self.assertRaisesRegex(UserError, "Return Agreed On.*No return.*scraps it himself"):
            self._as("cx_service", rma).action_authorise()
        self._as("cx_service", line).return_agreed_on = "2026-11-20"
        self._as("cx_service", rma).action_authorise()
        self.assertEqual(rma.state, "authorised")
        # the other way out: nothing is to come back
        left, _rma = self._draft_of("2020-01-01")
        left.return_decision = "none"
        self.assertFalse(left._to_come_back())

    def test_in_warranty_by_agreement_where_the_company_wants_it(self):
        """In warranty too, goods come back only after it is recorded that it was agreed, if the company says so.
        [S2.18-9]"""
        line, rma = self._draft_of("2026-11-01")
        self.assertEqual((line.warranty, self._codes(rma, "authorise")), ("in", []))
        self.env.company.cx_return_agreement = "always"
        self.assertEqual(self._codes(rma, "authorise"), ["return_not_agreed"])
        self._as("cx_sales", line).return_agreed_on = "2026-11-20"
        self._as("cx_sales", rma).action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_unknown_warranty_stops_nothing(self):
        """A company without rules works as before."""
        self.env["cx.warranty.rule"].search([]).unlink()
        line, rma = self._draft_of("2020-01-01")
        self.assertEqual((line.warranty, self._codes(rma, "authorise")), ("unknown", []))

    def test_damage_found_by_the_inspection_is_charged(self):
        """Every unit damaged by the customer: the line is charged although the warranty runs; reopened it is not.
        [S2.18-10]"""
        rma_line = self._receive_goods(self.product, 3)
        line = rma_line.complaint_line_id
        self.assertEqual((line.warranty, line.charge), ("in", "free"))
        inspection = self._inspect(rma_line, (self.user_damage, 3), is_marked=True)
        inspection.action_finish()
        self.assertEqual((line.warranty, line.charge), ("in", "chargeable"))
        inspection.action_reopen()
        self.assertEqual(line.charge, "free")

    def test_damage_of_some_units_is_said(self):
        """One of three is damaged: the line stays free, and says which part is charged."""
        rma_line = self._receive_goods(self.product, 3)
        self._inspect(rma_line, (self.user_damage, 1), (self.scrap, 2), is_marked=True).action_finish()
        line = rma_line.complaint_line_id
        self.assertEqual(line.charge, "free")
        self.assertIn("1 of 3 inspected units are damaged by the customer", line.warranty_reason)
