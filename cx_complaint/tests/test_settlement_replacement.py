from odoo.exceptions import UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementReplacement(SettlementCommon):
    """Replacements leave stock like a sale, and on their own."""

    def _approved(self, quantity=2.0, order=None, **vals):
        line = self._complain(order or self._sell_and_invoice(5.0), quantity)
        settlement = self._propose(line, "replacement", **vals)
        self._approve(settlement)
        return settlement

    # What is refused

    def test_product_that_is_not_goods(self):
        """A service does not replace anything."""
        service = self.env["product.product"].create({"name": "Cx Advice", "type": "service"})
        settlement = self._approved(product_id=service.id)
        self.assertEqual(self._codes(settlement, "execute"), {"not_goods"})

    def test_route_that_does_not_deliver(self):
        """Without a rule to the customer nothing would go out: a sentence, not silence."""
        settlement = self._approved()
        self.warehouse.delivery_route_id.rule_ids.active = False
        self.assertEqual(self._codes(settlement, "execute"), {"no_route"})
        with self.assertRaisesRegex(UserError, "is not delivered from"):
            self._execute(settlement)

    def test_without_delivery_it_is_goodwill(self):
        """A line that names no delivery: choose one, or goodwill by who has that right."""
        complaint = self.env["cx.complaint"].create({
            "summary": "?", "partner_id": self.customer.id,
            "line_ids": [(0, 0, {"product_id": self.product.id, "quantity": 1.0})]})
        settlement = self._propose(complaint.line_ids, "replacement")
        self.assertEqual(self._codes(settlement, "approve", "cx_manager"), {"no_origin"})
        settlement.is_goodwill = True
        self._approve(settlement)

    # What goes out

    def test_goes_out_without_the_order(self):
        """A delivery of its own to where the goods went; neither order nor order line hears of it."""
        address = self.env["res.partner"].create({"name": "Dock 7", "type": "delivery", "parent_id": self.customer.id})
        order = self._sell((self.product, 5.0), deliver=False)
        order.picking_ids.partner_id = address
        self._validate(order.picking_ids)
        settlement = self._approved(order=order, planned_date="2026-12-24")
        self._execute(settlement)
        move = settlement.move_ids
        self.assertEqual((move.product_uom_qty, move.state), (2.0, "assigned"))
        delivery = self._as("cx_warehouse", move.picking_id)
        self.assertEqual(delivery.cx_settlement_count, 1)
        self.assertEqual(delivery.action_cx_view_settlements()["res_id"], settlement.id)
        self.assertEqual(move.picking_id.partner_id, address)
        self.assertEqual(str(move.picking_id.scheduled_date.date()), "2026-12-24")
        self.assertFalse(move.sale_line_id | move.picking_id.sale_id.order_line)
        self.assertFalse(move.to_refund)
        self.assertEqual(move.reference_ids.name, settlement.complaint_id.name)
        self.assertFalse(move.reference_ids.sale_ids)
        self._validate(move.picking_id)
        self.assertEqual(len(order.order_line), 1)
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2.0))

    def test_other_product(self):
        """The successor is delivered for the old one; it is the old one that is made good."""
        successor = self._create_product("Cx Pump II")
        self._put_in_stock(successor, 10)
        settlement = self._approved(product_id=successor.id)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self.assertEqual(settlement.move_ids.product_id, successor)
        self.assertEqual(settlement.state, "done")
        again = self._propose(settlement.complaint_line_id, "replacement", quantity=4.0)
        self.assertEqual(again.good_left_qty, 3.0)

    def test_one_run_for_a_selection(self):
        """Two lines of one case share a delivery; each move knows its settlement. Another case has its own."""
        other = self._create_product("Cx Valve")
        self._put_in_stock(other, 10)
        order = self._sell((self.product, 5.0), (other, 5.0))
        line = self._complain(order, 1.0)
        second_line = line.copy({
            "complaint_id": line.complaint_id.id, "product_id": other.id, "sale_line_id": order.order_line[1].id,
            "origin_move_id": order.order_line[1].move_ids.id})
        first, second = self._propose(line, "replacement"), self._propose(second_line, "replacement")
        third = self._propose(self._complain(self._sell((self.product, 1.0)), 1.0), "replacement")
        self._approve(first | second | third)
        self._execute(first | second | third)
        self.assertEqual(first.move_ids.picking_id, second.move_ids.picking_id)
        self.assertNotEqual(first.move_ids.picking_id, third.move_ids.picking_id)
        self.assertEqual((first | second | third).mapped("state"), ["running"] * 3)

    def test_same_product_twice_stays_two_moves(self):
        """Two settlements about the same product are two moves, so that each knows what became of it."""
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 1.0)
        pair = self._propose(line, "replacement") | self._propose(line, "replacement")
        self._approve(pair)
        self._execute(pair)
        self.assertEqual(len(pair.move_ids), 2)
        self.assertEqual(len(pair.move_ids.picking_id), 1)

    def test_nothing_in_stock(self):
        """It does not wait for the return, and waits for stock like any delivery."""
        rare = self._create_product("Cx Rare", invoice_policy="delivery")
        self._put_in_stock(rare, 5)
        settlement = self._approved(order=self._sell_and_invoice(5.0, product=rare))
        self._execute(settlement)
        self.assertEqual((settlement.move_ids.state, settlement.state), ("confirmed", "running"))

    def test_pick_then_ship(self):
        """With a pick step it is replaced when it is shipped, not when it is picked."""
        self.warehouse.delivery_steps = "pick_ship"
        settlement = self._approved(order=self._sell_and_invoice_in_steps(5.0))
        self._execute(settlement)
        self.assertEqual((len(settlement.move_ids), settlement.state), (1, "running"))
        self._validate(settlement.move_ids.picking_id, {self.product: 1.0})
        self.assertEqual((settlement.done_qty, settlement.state), (0.0, "running"))
        self._execute(settlement)  # nothing more is owed
        ship = settlement.move_ids.filtered(lambda move: move.location_dest_id.usage == "customer")
        self.assertEqual(ship.product_uom_qty, 1.0)
        self._validate(ship.picking_id)
        self.assertEqual((settlement.done_qty, settlement.state), (1.0, "running"))
        rest = settlement.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertEqual(rest.product_uom_qty, 1.0)
        self._validate(rest.picking_id)
        ship = settlement.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self._validate(ship.picking_id)
        self.assertEqual((settlement.done_qty, settlement.state), (2.0, "done"))

    def _sell_and_invoice_in_steps(self, quantity):
        order = self._sell((self.product, quantity), deliver=False)
        for _step in range(2):
            self._validate(order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel")))
        self._invoice(order)
        return order

    # What is owed again

    def test_backorder_belongs_to_it(self):
        """One of two shipped: one is done, one on the backorder; nothing more is owed."""
        settlement = self._approved()
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id, {self.product: 1.0})
        self.assertEqual((settlement.done_qty, settlement.state), (1.0, "running"))
        self._execute(settlement)
        self.assertEqual(len(settlement.move_ids), 2)
        self._validate(settlement.move_ids.picking_id.filtered(lambda picking: picking.state != "done"))
        self.assertEqual((settlement.done_qty, settlement.state), (2.0, "done"))

    def test_cancelled_delivery_is_owed_again(self):
        """Warehouse cancels the backorder: pressing again delivers exactly what is missing."""
        settlement = self._approved()
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id, {self.product: 1.0})
        settlement.move_ids.picking_id.filtered(lambda picking: picking.state != "done").action_cancel()
        self.assertEqual((settlement.done_qty, settlement.state), (1.0, "running"))
        self._execute(settlement)
        fresh = settlement.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertEqual(fresh.product_uom_qty, 1.0)
        self._validate(fresh.picking_id)
        self.assertEqual((settlement.done_qty, settlement.state), (2.0, "done"))

    def test_more_shipped_than_asked(self):
        """Three shipped for two: done, and the figure tells three."""
        settlement = self._approved()
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id, {self.product: 3.0})
        self.assertEqual((settlement.done_qty, settlement.state), (3.0, "done"))
