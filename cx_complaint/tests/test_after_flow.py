from odoo.tests import tagged

from .after_common import AfterCommon
from .invariants import InvariantsMixin
from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestAfterFlow(InvariantsMixin, ReworkCommon, AfterCommon):
    """From the return to who buys what came back, with quantities and values after each step."""

    def _follow(self, product, line):
        """What the invariants look at."""
        self.product = product
        self.rma_lines = line
        self.orders = line.origin_move_id.sale_line_id.order_id
        self.settlements = self.env["cx.settlement"]
        self.on_hand_before = 0.0

    def _assert_stands(self, story, **places):
        """On hand, free and forecast stay 0 all the time; quantities by place, and their value at 10 a unit."""
        self.env.invalidate_all()
        found = {
            "returns": self._standing(self.product, self.warehouse.cx_quarantine_loc_id),
            "discount": self._standing(self.product, self.discount_place),
            "internal": self._standing(self.product, self.internal_place)}
        self.assertEqual(found, {"returns": 0, "discount": 0, "internal": 0, **places}, story)
        self.assertEqual(
            (self.product.qty_available, self.product.free_qty, self.product.virtual_available), (0, 0, 0), story)
        self.assertAlmostEqual(self.product.total_value, 10 * sum(found.values()), 2, story)
        self.dispositions = self.rma_lines.disposition_ids
        self._assert_invariants(story)

    def _carry_out(self, disposition):
        picking = disposition.move_ids.filtered(lambda move: move.state == "assigned").picking_id
        picking.move_ids.picked = True
        self._as("stock_only", picking).button_validate()

    def test_qualified_return_is_sold_with_discount(self):
        """Four came back, are good and cannot be sold as new: straight to discount stock, three go for 12 each. [S2.05-24]"""
        line = self._come_back(self.product, 4)
        self._invoice(line)
        self._follow(self.product, line)
        self._assert_stands("received", returns=4)
        disposition = self._execute(self._decide(line, 4, "none", "discount"), login="cx_quality")
        self._assert_stands("decided", returns=4)
        self._carry_out(disposition)
        self._assert_stands("in discount stock", discount=4)
        self._as("cx_finance", self.env["cx.discount.rate"]).create({"product_id": self.product.id, "discount": 40})
        order = self._quote(self.product, 3, cx_from_discount=True)
        order.action_confirm()
        self._assert_stands("sold", discount=4)
        self._validate(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 3)
        self.assertEqual(order.amount_untaxed, 36)
        self._assert_stands("delivered", discount=1)

    def test_repaired_unit_that_is_ours_goes_to_an_employee(self):
        """SN1 was deducted from a payment: repaired, checked, priced, published, sold to an employee. [S2.18-21]"""
        self.serials[1:].unlink()
        line = self._come_back(self.serial_product, 1, self.serials[0])
        self._invoice(line)
        self._follow(self.serial_product, line)
        disposition = self._execute(self._decide(line, 1, "repair", "internal", self.serials[0]))
        self._finish(disposition.production_ids)
        self._assert_stands("repaired", returns=1)
        self._as("cx_quality", disposition).action_release()
        self._carry_out(disposition)
        self._assert_stands("for internal sale", internal=1)
        items = self._as("cx_finance", self.env["cx.internal.sale.item"])
        items.action_collect()
        item = items.search([("product_id", "=", self.serial_product.id)])
        item.write({"price": 70, "image_1920": self.photo})
        item.action_publish()
        self._as("cx_employee", item).action_request()
        item.action_sell()
        order = item.sudo().sale_line_ids.order_id
        self._assert_stands("sold", internal=1)
        self._validate(order.picking_ids)
        self.assertEqual((order.amount_untaxed, order.order_line.qty_delivered), (70, 1))
        self._assert_stands("delivered")

    def _invoice(self, line):
        order = line.origin_move_id.sale_line_id.order_id
        order._create_invoices().action_post()
