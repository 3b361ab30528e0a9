from odoo.exceptions import AccessError
from odoo.tests import tagged

from .rulebook_goods_common import RulebookGoodsCommon


@tagged("post_install", "-at_install")
class TestRulebookS218(RulebookGoodsCommon):
    """Electric heating: after-sales agrees and keeps, quality inspects above 20, planning has it repaired."""

    CODE = "s2_18"

    def _come_in(self, quantity):
        self.complain_of_goods(quantity)
        self.authorise()
        self.receive()

    def test_quality_sorts_and_inspects(self):
        """More than 20 units: quality is called and marks every unit, then reports. 20 and fewer: to be decided.

        [S2.18-3]
        """
        self._come_in(21)
        self.assertEqual(self.complaint.batch_class, "large")
        self.assertQueue("call_quality", "cx_after_sales")
        self.assertQueue("inspect", "cx_quality")
        self.assertNotMine("inspect", "cx_warehouse")
        self.assertNotStarted("few")
        self.inspect()
        self.assertDone("inspect")
        self.assertQueue("report", "cx_quality")
        self._come_in(20)
        self.assertEqual(self.complaint.batch_class, "small")
        self.assertNotStarted("call_quality")
        self.assertQueue("few", "cx_quality")
        self.assertUndecided("few")

    def test_after_sales_agrees_counts_and_keeps(self):
        """It agrees with the customer before anything returns, signs for the goods, tells planning. [S2.18-4]"""
        self.complain_of_goods(21)
        self.assertRoute("after_sales", "cx_after_sales")
        self.assertQueue("agree", "cx_after_sales")
        self.assertRunning("agree")
        self.authorise()
        self.assertDone("agree")
        self.receive()
        self.assertQueue("sign", "cx_after_sales")
        self.assertDone("sign")
        self.assertNotStarted("to_planning")
        self.inspect()
        self.assertQueue("to_planning", "cx_after_sales")

    def test_planning_process_manufacturing_finance(self):
        """Planning orders the repair [S2.18-7]; the process department repairs samples and helps [S2.18-6]; manufacturing repairs
        the rest [S2.18-8]; finance calculates the price afterwards [S2.18-5].
        """
        self._come_in(21)
        self.inspect()
        self.decide_rework()
        self.assertQueue("order", "cx_planning")
        self.assertNotStarted("sample")
        self.order_rework()
        self.assertDone("order")
        self.assertQueue("sample", "cx_engineering")
        self.assertQueue("assist", "cx_engineering")
        self.assertQueue("refurbish", "cx_production")
        self.rework()
        self.assertDone("refurbish")
        self.assertDone("assist")
        self.assertQueue("check", "cx_quality")
        self.assertNotStarted("price")
        self.release()
        self.assertDone("check")
        self.assertQueue("price", "cx_finance")

    def test_back_within_the_date_the_customer_allows(self):
        """The clock is that date; without one there is none."""
        self._come_in(21)
        self.inspect()
        self.decide_rework()
        self.order_rework()
        self.assertQueue("give_back", "cx_after_sales")
        self.assertDue("give_back", False)
        self.complaint.agreed_on = self._utc("2026-12-11 17:00")
        self._refresh()
        self.assertDue("give_back", "2026-12-11 17:00")

    def test_the_general_manager_approves_all_charges(self):
        """Whatever is to be paid waits for the general manager; another manager cannot approve it and sees that before he
        presses; then finance takes it over. [S2.18-27]
        """
        self.complain_of_goods(21)
        self.complaint.line_ids.action_propose_charge()
        charge = self.complaint.settlement_ids
        charge.labour_amount = 200
        charge.proposed_by_id = self.users_by_login["cx_service"]
        self.assertQueue("charges", "cx_management_top")
        self.assertNotStarted("charges_told")
        other = self._as("cx_management", charge)
        self.assertIn("not_entitled", [blocker.code for blocker in other._blockers("approve")])
        with self.assertRaisesRegex(AccessError, "cx_management_top"):
            other.action_approve()
        self.assertRunning("charges")
        self._as("cx_management_top", charge).action_approve()
        self._refresh()
        self.assertDone("charges")
        self.assertQueue("charges_told", "cx_finance")
