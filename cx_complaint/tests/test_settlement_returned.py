from odoo.exceptions import UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestSettlementReturned(ReworkCommon):
    """Goods that came back and what the customer got: each unit is made good once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"

    def _order_of(self, rma_line):
        return rma_line.origin_move_id.sale_line_id.order_id

    def _settle(self, rma_line, kind, quantity):
        """An approved settlement for the units of an RMA line."""
        order = self._order_of(rma_line)
        settlement = self.env["cx.settlement"].create({
            "complaint_line_id": rma_line.complaint_line_id.id, "kind": kind, "quantity": quantity,
            "invoice_line_id": order.invoice_ids.invoice_line_ids.id if kind == "credit" else False})
        self._as("cx_manager", settlement).action_approve()
        return settlement

    def _assert_order(self, order, delivered, invoiced):
        line = order.order_line
        self.assertEqual((line.qty_delivered, line.qty_invoiced, line.qty_to_invoice), (delivered, invoiced, 0.0))
        with self.assertRaises(UserError):
            order._create_invoices(final=True)

    def test_credited_goods_do_not_go_back(self):
        """Five came back, four are credited: quality cannot send two of them back repaired, but one."""
        rma_line = self._come_back(self.product, 5.0)
        self._order_of(rma_line)._create_invoices().action_post()
        self._settle(rma_line, "credit", 4.0)
        back = self._decide(rma_line, 2.0, destination="customer", approve=False)
        codes = {blocker.code for blocker in self._as("cx_quality", back)._blockers("approve")}
        self.assertEqual(codes, {"made_good"})
        with self.assertRaisesRegex(UserError, r"2\.0 Units of Cx Pump are to go back, 1\.0 Units can"):
            self._as("cx_quality", back).action_approve()
        self.assertEqual(
            {blocker.code for blocker in self._as("cx_manager", back)._blockers("approve")}, set(), "goodwill")
        back.quantity = 1.0
        self._as("cx_quality", back).action_approve()

    def test_goods_sent_back_are_not_credited(self):
        """Three of five go back repaired: two can be replaced or credited."""
        rma_line = self._come_back(self.product, 5.0)
        self._order_of(rma_line)._create_invoices().action_post()
        self._execute(self._decide(rma_line, 3.0, destination="customer"))
        settlement = self.env["cx.settlement"].create({
            "complaint_line_id": rma_line.complaint_line_id.id, "kind": "replacement", "quantity": 3.0})
        self.assertEqual(settlement.good_left_qty, 2.0)
        with self.assertRaisesRegex(UserError, r"2\.0 Units can be"):
            self._as("cx_manager", settlement).action_approve()

    def test_sent_back_leaves_the_order_alone(self):
        """Repaired and sent back, before or after the invoice: five delivered, five invoiced."""
        for invoiced_first in (True, False):
            with self.subTest(invoiced_first=invoiced_first):
                rma_line = self._come_back(self.product, 5.0)
                order = self._order_of(rma_line)
                if invoiced_first:
                    order._create_invoices().action_post()
                back = self._execute(self._decide(rma_line, 2.0, destination="customer"))
                self._move_lots(back.move_ids, 2.0)
                back.move_ids.picking_id.with_context(skip_backorder=True).button_validate()
                self.assertEqual(back.move_ids.mapped("state"), ["done"])
                if not invoiced_first:
                    order._create_invoices().action_post()
                self._assert_order(order, delivered=5, invoiced=5)

    def test_returned_credited_replaced_and_sent_back(self):
        """Five came back: two credited, one replaced, two sent back. Three delivered, three invoiced, none to give."""
        rma_line = self._come_back(self.product, 5.0)
        self._put_in_stock(self.product, 10)
        order = self._order_of(rma_line)
        order._create_invoices().action_post()
        credit = self._settle(rma_line, "credit", 2.0)
        replaced = self._settle(rma_line, "replacement", 1.0)
        self._as("cx_service", credit | replaced).action_execute()
        self._validate(replaced.move_ids.picking_id)
        credit.credit_line_ids.move_id.action_post()
        back = self._execute(self._decide(rma_line, 2.0, destination="customer"))
        self._move_lots(back.move_ids, 2.0)
        back.move_ids.picking_id.with_context(skip_backorder=True).button_validate()
        self.assertEqual((credit | replaced).mapped("state"), ["done", "done"])
        self._assert_order(order, delivered=3, invoiced=3)
        again = self.env["cx.settlement"].create({
            "complaint_line_id": rma_line.complaint_line_id.id, "kind": "replacement", "quantity": 1.0})
        self.assertEqual(again.good_left_qty, 0.0)
        order.order_line.product_uom_qty += 1
        more = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        self.assertEqual(more.move_ids.product_uom_qty, 1.0)
