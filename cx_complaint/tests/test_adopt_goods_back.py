from odoo import Command
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAdoptGoodsBack(SettlementCommon):
    """Components, replacements, samples, free parts and loans come back: each by the move that delivered it."""

    def _free_delivery(self, quantity, product=None):
        """A sample, a free part, a loan: goods that went out without an order."""
        customers = self.customer.property_stock_customer
        picking = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.out_type_id.id, "partner_id": self.customer.id,
            "location_id": self.warehouse.lot_stock_id.id, "location_dest_id": customers.id,
            "move_ids": [Command.create({
                "product_id": (product or self.product).id, "product_uom_qty": quantity,
                "location_id": self.warehouse.lot_stock_id.id, "location_dest_id": customers.id})]})
        picking.action_confirm()
        self._validate(picking)
        return picking.move_ids

    def _line_about(self, product, quantity, move=None, sale_line=None, **vals):
        return self.env["cx.complaint"].create({
            "summary": "Comes back", "partner_id": self.customer.id, "line_ids": [Command.create({
                "product_id": product.id, "quantity": quantity, "return_decision": "return",
                "origin_move_id": move and move.id, "sale_line_id": sale_line and sale_line.id, **vals})],
        }).line_ids

    def _rma(self, line):
        return self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])

    def _back(self, line, quantity=None):
        """Authorise and receive what the line is about."""
        rma = self._rma(line)
        rma.action_authorise()
        self._validate(rma.picking_ids, {line.product_id: quantity} if quantity else None)
        self.env.invalidate_all()
        return rma

    def _left(self, move):
        self.env.invalidate_all()
        return self.env["cx.rma.line"]._returnable_of(move)[move].left

    # Refused

    def test_no_more_parts_than_the_kits_had(self):
        """Two kits of three hoses: seven hoses do not come back, by whatever line."""
        order, hose, _pump = self._sell_kits(2)
        rma = self._rma(self._line_about(hose, 7, sale_line=order.order_line))
        self.assertIn("above_returnable", {blocker.code for blocker in rma._blockers("authorise")})
        self.assertEqual(sum(rma.line_ids.mapped("quantity")), 7)

    # Scenarios

    def _sell_kits(self, quantity):
        """Kits of two hoses and one pump, and another hose on a line of its own."""
        hose, pump, kit = (self._create_product(name) for name in ("Cx Hose", "Cx Motor", "Cx Kit"))
        kit.is_storable = False
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                Command.create({"product_id": product.id, "product_qty": count})
                for product, count in ((hose, 2), (pump, 1), (hose, 1))]})
        self._put_in_stock(hose, 50)
        self._put_in_stock(pump, 50)
        return self._sell((kit, quantity)), hose, pump

    def test_kit_comes_back_in_parts(self):
        """Two kits out: one hose first, then a whole kit, then the rest; the same part twice in a kit is one quantity."""
        order, hose, pump = self._sell_kits(2)
        sale_line, moves = order.order_line, order.picking_ids.move_ids
        hoses = moves.filtered(lambda move: move.product_id == hose)
        self.assertEqual(sum(hoses.mapped("quantity")), 6)
        first = self._back(self._line_about(hose, 1, sale_line=sale_line))
        self.assertEqual(sum(first.line_ids.mapped("received_qty")), 1)
        self.assertEqual(sum(self._left(move) for move in hoses), 5)
        self.assertEqual(sale_line.qty_delivered, 2, "what comes back does not touch the order")
        kit = self._back(self._line_about(sale_line.product_id, 1, sale_line=sale_line))
        received = {product: sum(kit.line_ids.filtered(lambda line, product=product: line.product_id == product).mapped(
            "received_qty")) for product in (hose, pump)}
        self.assertEqual(received, {hose: 3, pump: 1})
        self.assertEqual(sum(self._left(move) for move in hoses), 2)
        rest = self._back(self._line_about(hose, 2, sale_line=sale_line))
        self.assertEqual(sum(rest.line_ids.mapped("received_qty")), 2)
        self.assertEqual(sum(self._left(move) for move in hoses), 0)
        self.assertEqual(self._left(moves.filtered(lambda move: move.product_id == pump)), 1)
        more = self._rma(self._line_about(hose, 1, sale_line=sale_line))
        self.assertIn("above_returnable", {blocker.code for blocker in more._blockers("authorise")})

    def test_replacement_before_return_and_replaced_again(self):
        """Replaced at once, the broken one comes later; the replacement breaks as well, comes back, is replaced."""
        order = self._sell_and_invoice(2)
        sold = order.picking_ids.move_ids
        line = self._line_about(self.product, 1, sold)
        first = self._propose(line, "replacement")
        self._approve(first)
        self._execute(first)
        self._validate(first.move_ids.picking_id)
        self.assertEqual((first.state, self.product.qty_available), ("done", 97))
        self._back(line)
        self.assertEqual((self._left(sold), self.product.qty_available), (1, 97))
        replaced = first.move_ids.filtered(lambda move: move.location_dest_id.usage == "customer")
        self.assertEqual(self._left(replaced), 1)
        again = self._line_about(self.product, 1, replaced)
        rma = self._back(again)
        self.assertEqual((rma.line_ids.origin_move_id, rma.line_ids.received_qty), (replaced, 1))
        self.assertEqual((self._left(replaced), self._left(sold)), (0, 1))
        second = self._propose(again, "replacement")
        self.assertEqual(second.good_left_qty, 1)
        self._approve(second)
        self._execute(second)
        self._validate(second.move_ids.picking_id)
        self.assertEqual((second.state, self.product.qty_available), ("done", 96))
        third = self._propose(self._line_about(self.product, 1, replaced), "replacement")
        self.assertIn("made_good", self._codes(third, "approve"))
        self._assert_order(order, 2, 2)
        self._assert_nothing_to_invoice(order)

    def test_sample_and_free_part_come_back(self):
        """Three samples out without an order: two come back, then the third; never a fourth."""
        sample = self._free_delivery(3)
        self.assertEqual(self.product.qty_available, 97)
        rma = self._back(self._line_about(self.product, 2, sample))
        self.assertEqual((rma.line_ids.received_qty, rma.line_ids.quarantine_qty), (2, 2))
        self.assertEqual(self._left(sample), 1)
        found = self._line_about(self.product, 1)  # without naming the delivery: it is found by customer and product
        rma = self._back(found)
        self.assertEqual((rma.line_ids.origin_move_id, rma.line_ids.received_qty), (sample, 1))
        self.assertEqual(self._left(sample), 0)
        fourth = self._rma(self._line_about(self.product, 1, sample))
        self.assertIn("above_returnable", {blocker.code for blocker in fourth._blockers("authorise")})

    def test_loan_given_back_in_parts(self):
        """Two lent out, one given back today and one promised: the rest stays expected until it is there."""
        loan = self._free_delivery(2)
        line = self._line_about(self.product, 2, loan)
        rma = self._back(line, quantity=1)
        self.assertEqual((rma.state, rma.line_ids.received_qty, rma.line_ids.expected_qty), ("receiving", 1, 1))
        self.assertEqual(self._left(loan), 0, "the promised one is taken")
        self._validate(rma.picking_ids.filtered(lambda picking: picking.state != "done"))
        self.env.invalidate_all()
        self.assertEqual((rma.state, rma.line_ids.received_qty, rma.line_ids.quarantine_qty), ("received", 2, 2))
        self.assertEqual(self.product.qty_available, 98, "given back, but not released yet")
