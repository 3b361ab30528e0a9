from odoo.tests import tagged

from .common_settlement import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementCredit(SettlementCommon):

    def test_smoke(self):
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 3.0)
        credit = self._propose(line, "credit")
        self._approve(credit)
        credit.action_execute()
        note = credit.credit_line_ids.move_id
        self.assertEqual(note.state, "draft")
        self.assertEqual(note.amount_untaxed, 60.0)
        self._assert_order(order, delivered=2, invoiced=2)
        note.action_post()
        self.assertEqual(credit.state, "done")
        self._assert_order(order, delivered=2, invoiced=2)
        self._assert_nothing_to_invoice(order)

    def test_smoke_replace(self):
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 3.0)
        replacement = self._propose(line, "replacement")
        self._put_in_stock(self.product, 10)
        self._approve(replacement)
        replacement.action_execute()
        self.assertEqual(replacement.state, "running")
        self._validate(replacement.move_ids.picking_id)
        self.assertEqual(replacement.state, "done")
        self._assert_order(order, delivered=5, invoiced=5)
        self._assert_nothing_to_invoice(order)
