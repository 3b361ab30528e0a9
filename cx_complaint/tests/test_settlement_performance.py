from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementPerformance(SettlementCommon):
    """Costs as ratios to the bare ERP doing the same in the same run."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # as users have it: the chatter is written, on both sides
        cls.env = cls.env(context={})
        cls.product = cls.product.with_env(cls.env)
        cls.customer = cls.customer.with_env(cls.env)

    def _queries(self, call):
        """Queries of ``call`` with everything read before, as within one working session."""
        self.env.flush_all()
        before = self.cr.sql_log_count
        call()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _approved_credits(self, number):
        settlements = self.env["cx.settlement"]
        for _number in range(number):
            settlements |= self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(settlements)
        return settlements

    def _reverse(self, invoice):
        self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids,
        ).create({"journal_id": invoice.journal_id.id}).refund_moves()

    def _cost_of_reversal(self):
        invoice = self._sell_and_invoice(5.0).invoice_ids
        return self._queries(lambda: self._reverse(invoice))

    def _cost_of_credit(self, number):
        credits = self._approved_credits(number)
        return self._queries(lambda: credits.action_execute()) / number

    def test_draft_costs_half_a_reversal(self):
        """A draft credit note costs at most half of what the reversal wizard needs."""
        self._cost_of_reversal(), self._cost_of_credit(1)  # warms the registry's caches
        self.assertLessEqual(self._cost_of_credit(1) / self._cost_of_reversal(), 0.5)

    def test_many_drafts_are_cheaper_than_one_by_one(self):
        """Twenty credits of twenty invoices at once cost well below twenty times one."""
        self._cost_of_credit(1)
        self.assertLessEqual(self._cost_of_credit(20) / self._cost_of_credit(1), 0.8)
