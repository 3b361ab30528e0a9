from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .ownership_common import OwnershipCommon


@tagged("post_install", "-at_install")
class TestReviewQuantities(OwnershipCommon):
    """Combinations of take-over, dismantling, correction and adoption, after which the figures still agree."""

    # Two owners on one line

    def _two_owners(self):
        """Three of the customer's here, two of them ours by an exchange."""
        line = self._send_in(3)
        self._take_over(self._exchange(line, 2))
        self._assert_goods(line, 3, 3, his=1, ours=2)
        return line

    def test_what_became_ours_is_expected(self):
        line = self._two_owners()
        before = self.product.cx_expected_qty
        disposition = self._decide(line, 2, work="rework", destination="stock")
        self.assertEqual(disposition.goods_owner, "company")
        self.env.invalidate_all()
        self.assertEqual((self.product.cx_expected_qty - before, self.product.cx_expected_beyond_qty), (2.0, 2.0))

    def test_what_became_ours_is_dismantled(self):
        line = self._two_owners()
        part = self._create_product("Cx Kept Part", standard_price=4.0)
        disposition = self._decide(line, 2, work="dismantle", component_ids=[
            Command.create({"product_id": part.id, "quantity": 1})])
        self._as("cx_planning", disposition).action_execute()
        self.assertEqual((disposition.state, part.qty_available), ("done", 2.0))
        self._assert_goods(line, 3, 1, final=2, his=1)

    def test_what_became_ours_is_converted(self):
        line = self._two_owners()
        other = self._create_product("Cx Made")
        disposition = self._decide(line, 2, work="conversion", output_product_id=other.id, output_qty=1)
        self._as("cx_planning", disposition).action_execute()
        order = disposition.production_ids
        order.qty_producing = order.product_qty
        order.move_raw_ids.picked = True
        order.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()
        self._assert_goods(line, 3, 1, final=2, his=1)

    def test_undecided_of_two_owners_goes_to_rework(self):
        line = self._two_owners()
        self._as("cx_planning", line).sudo().action_rework()
        self.assertEqual(
            {(found.goods_owner, found.destination, found.quantity) for found in line.disposition_ids},
            {("company", "stock", 2.0), ("customer", "customer", 1.0)})

    # Corrections

    def _corrected(self, error, quantity, **vals):
        order = self._sell_and_invoice(5)
        line = self._complain(order, quantity, shipment_error=error, return_decision="return", **vals)
        self._as("cx_service", line).action_propose_correction()
        for picking in line.correction_move_ids.picking_id:
            picking.action_confirm()
            picking.move_ids.picked = True
            picking.button_validate()
        return order, line

    def test_not_more_than_was_missing_is_delivered_on_the_order(self):
        order, line = self._corrected("short", 2)
        settlement = self._propose(line, "replacement", quantity=4.0)
        self.assertIn("above_corrected", self._codes(settlement, "approve"))

    def test_missing_goods_are_made_good_once(self):
        """Replaced and credited: two of five were missing, not four."""
        order, line = self._corrected("short", 2)
        first = self._propose(line, "replacement")
        self._approve(first)
        second = self._propose(line, "credit", quantity=2.0)
        self.assertIn("above_corrected", self._codes(second, "approve"))

    def test_too_many_come_back_without_papers(self):
        """Two too many came back by themselves: linked to the return, the order is at five again."""
        order, line = self._corrected("over", 2)
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        rma.action_authorise()
        consignment = self.env["cx.consignment"].create({"partner_id": self.customer.id, "warehouse_id": self.warehouse.id})
        consignment.action_arrive()
        self.env["cx.consignment.receive"].create({
            "consignment_id": consignment.id,
            "line_ids": [Command.create({"product_id": self.product.id, "quantity": 2})]}).action_receive()
        move = consignment.picking_ids.move_ids.filtered(lambda m: m.state == "done")
        rma.line_ids._adopt(move)
        self.env.invalidate_all()
        self.assertEqual(rma.line_ids.received_qty, 2.0)
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)

    def test_too_many_paid_and_back(self):
        """Seven came, seven paid: then the two come back and are credited."""
        order, line = self._corrected("over", 2)
        self._invoice(order)
        self._assert_order(order, 7, 7)
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        rma.action_authorise()
        self._validate(rma.picking_ids)
        self._assert_order(order, 5, 7)
        settlement = self._propose(line, "credit", quantity=2.0)
        self._approve(settlement)
        self._execute(settlement)
        self._notes(settlement).action_post()
        self.env.invalidate_all()
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)

    def test_too_many_sent_back_to_him(self):
        """They came back and are sent to him again: he has seven, and seven are to be paid."""
        order, line = self._corrected("over", 2)
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        rma.action_authorise()
        self._validate(rma.picking_ids)
        disposition = self._decide(rma.line_ids, 2, destination="customer")
        self._move(disposition)
        self.env.invalidate_all()
        self._assert_order(order, 7, 5)

    # Counting

    def test_a_late_parcel_after_closing_short(self):
        """Three of five came, the line was closed short; the two are authorised elsewhere: they come back once."""
        order = self._sell_and_invoice(5)
        line = self._complain(order, 5)
        rmas = self.env["cx.rma"]
        for quantity, received in ((5, 3), (2, 2)):
            rma = self.env["cx.rma"].create({
                "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
                "kind_id": self.env.ref("cx_complaint.rma_kind_return").id,
                "line_ids": [Command.create({
                    "complaint_line_id": line.id, "product_id": self.product.id, "quantity": quantity,
                    "origin_move_id": line.origin_move_id.id})]})
            rma.action_authorise()
            self._take_in(rma.line_ids, received)
            if rma.line_ids.missing_qty or rma.line_ids.expected_qty:
                rma.line_ids.action_close_short("lost")
            rmas |= rma
        consignment = self.env["cx.consignment"].create({"partner_id": self.customer.id, "warehouse_id": self.warehouse.id})
        consignment.action_arrive()
        self.env["cx.consignment.receive"].create({
            "consignment_id": consignment.id,
            "line_ids": [Command.create({"product_id": self.product.id, "quantity": 2})]}).action_receive()
        move = consignment.picking_ids.move_ids.filtered(lambda m: m.state == "done")
        with self.assertRaises(UserError):
            rmas[0].line_ids._adopt(move)

    def test_take_over_values_of_lots(self):
        """Lots with a value of their own: each becomes ours at what it went out at."""
        for method in ("average", "fifo", "standard"):
            with self.subTest(method=method):
                category = self.env["product.category"].create({"name": method, "property_cost_method": method})
                product = self._create_product(
                    f"Cx own {method}", tracking="serial", categ_id=category.id, standard_price=0.0, lot_valuated=True)
                lots = self._create_lots(product, *(f"{method}-{n}" for n in range(3)))
                self._buy(product, 1, 10.0, lots[0])
                self._buy(product, 1, 30.0, lots[1])
                self._buy(product, 1, 50.0, lots[2])
                line = self._send_in(3, product=product, lots=lots, stock=False)
                settlement = self._deduct(line, 1, take_over_lot_ids=[Command.set(lots[2].ids)])
                self._assert_goods(line, 3, 3, his=2, ours=1)
                self._as("cx_service", settlement).action_give_back()
                self._assert_goods(line, 3, 3, his=3)
                self.assertAlmostEqual(product.total_value, 0.0, 2)
