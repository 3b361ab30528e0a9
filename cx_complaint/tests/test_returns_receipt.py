from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestReceipt(ReturnsCommon):

    def _add_goods(self, picking, product, quantity):
        """What the clerk does who finds something else in the parcel: a line more on the receipt."""
        picking = self._as("stock_only", picking)
        picking.move_ids = [Command.create({
            "product_id": product.id, "product_uom_qty": quantity, "quantity": quantity, "picking_id": picking.id,
            "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id,
        })]

    # what must not happen

    def test_added_goods_leave_the_sales_order_alone(self):
        """Another product and more of the same on the receipt: no order line is made, none changes.

        [S2.01-27] [S2.01-28]
        """
        delivery = self._deliver(self.product, 5)
        order = delivery.sale_line_id.order_id
        other = self._create_product("Cx Valve")
        rma = self._authorise(delivery, 2)
        self._add_goods(rma.picking_ids, other, 3)
        self._add_goods(rma.picking_ids, self.product, 1)
        self._receive(rma.picking_ids)
        self.env.invalidate_all()
        self.assertEqual(order.order_line.mapped("qty_delivered"), [5.0])
        self.assertEqual(order.picking_ids.filtered(lambda picking: picking.state != "done"), rma.browse().picking_ids)
        self._assert_line(rma.line_ids, received=3, quarantine=3, expected=0, undecided=3)
        self.assertEqual(self.env["stock.quant"]._get_available_quantity(other, self.zone), 3.0)
        self.assertIn("Cx Valve: 3 Units that nobody announced", rma.picking_ids.message_ids[0].body)

    def test_quarantine_is_neither_on_hand_nor_free(self):
        delivery = self._deliver(self.product, 5)
        self.env.invalidate_all()
        before = (self.product.qty_available, self.product.free_qty, self.product.virtual_available)
        rma = self._authorise(delivery, 5)
        self.env.invalidate_all()
        self.assertEqual(
            (self.product.qty_available, self.product.free_qty, self.product.virtual_available), before, "expected")
        self._receive(rma.picking_ids)
        self.env.invalidate_all()
        self.assertEqual(
            (self.product.qty_available, self.product.free_qty, self.product.virtual_available), before, "received")

    def test_delivered_and_invoiced_quantities_stay(self):
        """A return by itself bills nothing and credits nothing."""
        delivery = self._deliver(self.product, 5)
        order = delivery.sale_line_id.order_id
        order._create_invoices().action_post()
        self._receive(self._authorise(delivery, 5).picking_ids)
        self.env.invalidate_all()
        self.assertEqual((order.order_line.qty_delivered, order.order_line.qty_invoiced), (5.0, 5.0))
        with self.assertRaises(UserError):
            order._create_invoices()
        order.order_line.product_uom_qty = 6
        extra = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        self.assertEqual(extra.move_ids.product_uom_qty, 1.0, "one more is one more")

    def test_receipts_of_different_customers_are_not_one(self):
        stranger = self.env["res.partner"].create({"name": "Stranger", "is_company": True})
        mine = self._authorise(self._deliver(self.product, 2), 1).picking_ids
        theirs = self._draft(self._complain(self._deliver(self.product, 2, partner=stranger), 1, partner=stranger))
        theirs.action_authorise()
        with self.assertRaisesRegex(UserError, "Cx Customer, Stranger"):
            self._as("stock_only", mine | theirs.picking_ids).action_cx_receive_together()
        with self.assertRaisesRegex(UserError, "at least two"):
            self._as("stock_only", mine).action_cx_receive_together()
        self._receive(mine)
        with self.assertRaisesRegex(UserError, "is not an open receipt"):
            self._as("stock_only", mine | theirs.picking_ids).action_cx_receive_together()

    # step by step

    def test_partial_receipt_over_and_the_rest_closed_short(self):
        """Six authorised, four counted, then one: the sixth is lost; five stay in quarantine, the clerk had no rights.

        [S2.01-29] [S2.02-22] [S2.02-23]
        """
        rma = self._authorise(self._deliver(self.product, 6), 6)
        line = rma.line_ids
        self._assert_line(line, expected=6, received=0, quarantine=0, undecided=0, missing=0)
        first = rma.picking_ids
        self._receive(first, {self.product: 4})
        self._assert_line(line, expected=2, received=4, quarantine=4, undecided=4)
        self.assertEqual(rma.state, "receiving")
        self.assertIn("Cx Pump: 4 of 6 Units", line.receipt_note)
        self.assertIn("4 of 6", rma.message_ids[0].body)
        asked = rma.activity_ids.filtered(lambda todo: todo.activity_type_id == self.env.ref(
            "mail.mail_activity_data_todo"))
        self.assertEqual(asked.user_id, rma.user_id, "who is responsible asks the customer")
        rest = rma.picking_ids - first
        self.assertEqual(rest.backorder_id, first)
        self._receive(rest, {self.product: 1})
        self._assert_line(line, expected=1, received=5, quarantine=5, undecided=5)
        self._as("cx_service", line).action_close_short("The carrier lost one")
        self._assert_line(line, expected=0, received=5, quarantine=5, missing=0)
        self.assertEqual((rma.state, line.short_reason), ("received", "The carrier lost one"))
        self.assertEqual(line.returnable_qty, 1.0, "the lost one may still come back")
        with self.assertRaisesRegex(UserError, "nothing is waited for, 5 of 6 Units came"):
            line.action_close_short("Again")

    def test_more_than_announced_is_taken_in(self):
        rma = self._authorise(self._deliver(self.product, 6), 2)
        self._receive(rma.picking_ids, {self.product: 3})
        self._assert_line(rma.line_ids, received=3, quarantine=3, undecided=3, expected=0, returnable=3)
        self.assertEqual(rma.state, "received")
        self.assertIn("3 of 2 Units", rma.line_ids.receipt_note)

    def test_cancelled_receipt_is_expected_again(self):
        """The warehouse cancels by mistake: still waited for, and expected anew at one press."""
        rma = self._authorise(self._deliver(self.product, 6), 6)
        first = rma.picking_ids
        self._receive(first, {self.product: 2})
        self._as("stock_only", rma.picking_ids - first).action_cancel()
        self._assert_line(rma.line_ids, expected=0, missing=4, received=2)
        self.assertEqual(rma.state, "receiving")
        rma.invalidate_recordset()
        self._as("cx_planning", rma).action_expect()
        self._assert_line(rma.line_ids, expected=4, missing=0)
        self._receive(rma.picking_ids.filtered(lambda picking: picking.state == "assigned"))
        self.assertEqual(rma.state, "received")
        self._assert_line(rma.line_ids, received=6, quarantine=6)

    def test_each_unit_at_the_value_of_its_own_delivery(self):
        """Two deliveries at 10 and 20 with FIFO, one RMA, one receipt: 10 + 20 + 20, not an average. [S2.05-2]"""
        fifo = self.env["product.category"].create({"name": "FIFO", "property_cost_method": "fifo"})
        product = self._create_product("Fifo", categ_id=fifo.id)
        supplier = self.env.ref("stock.stock_location_suppliers")
        moves = self.env["stock.move"]
        for price in (10.0, 20.0):
            bought = self.env["stock.move"].create({
                "product_id": product.id, "product_uom_qty": 2, "location_id": supplier.id,
                "location_dest_id": self.warehouse.lot_stock_id.id, "quantity": 2, "picked": True})
            bought._action_done()
            bought.value_manual = 2 * price
            order = self._sell((product, 2))
            moves |= order.picking_ids.move_ids
        self.assertEqual(moves.mapped("value"), [20.0, 40.0])
        rma = self._draft(self._complain(moves[0], 1), self._complain(moves[1], 2))
        rma.action_authorise()
        self.assertEqual(len(rma.picking_ids), 1)
        self._receive(rma.picking_ids)
        self.assertEqual(rma.picking_ids.move_ids.sorted("id").mapped("value"), [10.0, 40.0])
        self.env.invalidate_all()
        self.assertAlmostEqual(product.total_value, 50.0)

    def test_goods_without_origin_come_at_cost(self):
        rma = self._draft(self._complain(self._create_product("Unknown"), 2))
        rma.line_ids.no_origin_reason = "Old"
        rma.action_authorise()
        self._receive(rma.picking_ids)
        self.assertEqual(rma.picking_ids.move_ids.value, 20.0)
        self._assert_line(rma.line_ids, received=2, quarantine=2)

    def test_customers_goods_have_no_value_all_the_way_in(self):
        """Five for repair announced, six counted: all six are his, at no value; ours is worth what it was."""
        average = self.env["product.category"].create({"name": "AVCO", "property_cost_method": "average"})
        product = self._create_product("Repairable", categ_id=average.id)
        self._put_in_stock(product, 4)
        delivery = self._deliver(product, 8)
        self.env.invalidate_all()
        before = product.total_value
        rma = self._authorise(delivery, 5, return_decision="repair")
        self.assertEqual(rma.picking_ids.owner_id, self.customer)
        self._receive(rma.picking_ids, {product: 6})
        self.env.invalidate_all()
        quants = self.env["stock.quant"].search([("product_id", "=", product.id), ("location_id", "=", self.zone.id)])
        self.assertEqual((quants.owner_id, quants.quantity, quants.value), (self.customer, 6.0, 0.0))
        self.assertEqual(rma.picking_ids.move_ids.value, 0.0)
        self.assertEqual(product.total_value, before)

    def test_ours_and_his_in_one_parcel(self):
        """Two lines of one RMA, one ours, one his: each stays what it is, also the one counted too many."""
        first, second = self._deliver(self.product, 5), self._deliver(self._create_product("Second"), 5)
        rma = self._draft(self._complain(first, 2), self._complain(second, 2, return_decision="repair"))
        rma.action_authorise()
        self.assertFalse(rma.picking_ids.owner_id)
        self._receive(rma.picking_ids, {second.product_id: 3})
        lots = rma.line_ids._quantities_by_lot()
        nobody, nothing = self.env["res.partner"], self.env["stock.lot"]
        self.assertEqual(lots[rma.line_ids[0]], {(self.zone, nothing, nobody): 2.0})
        self.assertEqual(lots[rma.line_ids[1]], {(self.zone, nothing, self.customer): 3.0})

    def test_rohs_goods_are_kept_apart(self):
        """Lead-free goods stand in the RoHS corner, others of the same parcel in the returns zone.

        [S2.02-13] [S2.02-2] [S2.02-12]
        """
        product = self._create_product("Lead-free", cx_is_rohs=True)
        rma = self._draft(self._complain(self._deliver(product, 2), 2), self._complain(self._deliver(self.product, 2), 2))
        rma.action_authorise()
        self._receive(rma.picking_ids)
        for line, place in zip(rma.line_ids, (self.warehouse.cx_rohs_loc_id, self.zone), strict=True):
            self.assertEqual(list(line._quantities_by_lot()[line])[0][0], place)

    def test_two_steps_by_a_push_rule(self):
        """A dock outside quarantine, then carried in by a push rule of the company's own, in two goes.

        What is at the dock is expected; the link to the RMA goes all the way, backorder included.
        """
        dock = self.env["stock.location"].create({
            "name": "Dock", "usage": "internal", "location_id": self.warehouse.view_location_id.id})
        self.env["stock.route"].create({
            "name": "Dock to quarantine", "product_selectable": False, "warehouse_selectable": True,
            "warehouse_ids": [(6, 0, self.warehouse.ids)],
            "rule_ids": [Command.create({
                "name": "Dock to quarantine", "action": "push", "location_src_id": dock.id,
                "location_dest_id": self.zone.id, "picking_type_id": self.warehouse.int_type_id.id})]})
        self.warehouse.cx_return_type_id.default_location_dest_id = dock
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._receive(rma.picking_ids)
        line = rma.line_ids
        self._assert_line(line, expected=5, received=0, quarantine=0)
        self.assertEqual(rma.state, "receiving")
        carried = line.move_ids.filtered(lambda move: move.state != "done")
        self.assertEqual((carried.location_id, carried.location_dest_id), (dock, self.zone))
        picking = self._as("stock_only", carried.picking_id)
        picking.move_ids.write({"quantity": 3, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self._assert_line(line, expected=2, received=3, quarantine=3, undecided=3)
        rest = line.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertEqual(rest.picking_id.backorder_id, picking)
        self._validate(rest.picking_id)
        self._assert_line(line, expected=0, received=5, quarantine=5)
        self.assertEqual(rma.state, "received")

    def test_put_on_a_shelf_of_quarantine(self):
        """An ordinary internal transfer within the tree is free, and the goods are still in quarantine."""
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.zone.id})
        self.env["stock.putaway.rule"].create({
            "location_in_id": self.zone.id, "location_out_id": shelf.id, "product_id": self.product.id})
        rma = self._authorise(self._deliver(self.product, 5), 5)
        rma.picking_ids.move_line_ids._apply_putaway_strategy()
        self._receive(rma.picking_ids)
        self._assert_line(rma.line_ids, received=5, quarantine=5)
        self.assertIn((shelf, self.env["stock.lot"], self.env["res.partner"]),
                      rma.line_ids._quantities_by_lot()[rma.line_ids])

    def test_one_parcel_of_several_rmas(self):
        """Two receipts of one customer become one; each line knows what is its own, backorder included."""
        rmas = self._authorise(self._deliver(self.product, 5), 3) | self._authorise(self._deliver(self.product, 5), 4)
        receipts = rmas.picking_ids
        action = self._as("stock_only", receipts.sorted("id")).action_cx_receive_together()
        together = self.env["stock.picking"].browse(action["res_id"])
        self.assertEqual(together.move_ids.cx_rma_line_id, rmas.line_ids)
        self.assertEqual(receipts.exists(), together)
        clerk = self._as("stock_only", together)
        clerk.move_ids[1].quantity = 1
        clerk.move_ids.picked = True
        clerk.button_validate()
        first, second = together.move_ids.cx_rma_line_id
        self._assert_line(first, received=3, expected=0)
        self._assert_line(second, received=1, expected=3)
        self.assertEqual([first.rma_id.state, second.rma_id.state], ["received", "receiving"])

    def test_return_of_what_was_sent_again(self):
        """The replacement of an order that came back is a delivery of its own, and may come back itself."""
        delivery = self._deliver(self.product, 3)
        self._receive(self._authorise(delivery, 3).picking_ids)
        again = self._deliver(self.product, 3)
        again.origin_returned_move_id = False
        line = self._complain(self.product, 3)
        rma = self._draft(line)
        self.assertEqual(rma.line_ids.origin_move_id, again, "the first delivery is back already")
        rma.action_authorise()
        self._receive(rma.picking_ids)
        self._assert_line(rma.line_ids, received=3, quarantine=3, returnable=0)

    def test_core_return_wizard_beside_an_open_receipt(self):
        """Core's wizard unreserves and returns what it likes: the links hold, and what it took is counted."""
        delivery = self._deliver(self.product, 5)
        rma = self._authorise(delivery, 3)
        wizard = self.env["stock.return.picking"].create({"picking_id": delivery.picking_id.id})
        wizard.product_return_moves.quantity = 4
        back = wizard._create_return()
        self.assertFalse(back.move_ids.cx_rma_line_id, "a copy is other goods")
        self._validate(back)
        self.assertEqual(rma.picking_ids.move_ids.cx_rma_line_id, rma.line_ids)
        self._receive(rma.picking_ids, {self.product: 3})
        self._assert_line(rma.line_ids, received=3, quarantine=3, returnable=0)

    def test_unreserved_and_merged_moves_keep_their_lines(self):
        rmas = self._authorise(self._deliver(self.product, 5), 3) | self._authorise(self._deliver(self.product, 5), 4)
        self._as("stock_only", rmas.picking_ids.sorted("id")).action_cx_receive_together()
        moves = rmas.line_ids.move_ids
        moves._do_unreserve()
        moves._merge_moves()
        self.assertEqual(rmas.line_ids.move_ids.exists(), moves, "two lines do not become one move")
        moves._action_assign()
        self._receive(moves.picking_id)
        self.assertEqual(rmas.line_ids.sorted("id").mapped("received_qty"), [3.0, 4.0])

    def test_stock_user_sees_the_transfer_without_complaint_rights(self):
        """The store finds the return by its number on the transfer it is to receive, without any right on complaints.

        [S2.02-18]
        """
        rma = self._authorise(self._deliver(self.product, 2), 2)
        picking = self._as("stock_only", rma.picking_ids)
        view = self.env["stock.picking"].with_user(self.users_by_login["stock_only"]).get_view(
            self.env.ref("stock.view_picking_form").id, "form")
        self.assertNotIn("cx_rma_count", view["arch"])
        self.assertIn(rma.return_number, picking.origin)
        self.assertEqual(picking.state, "assigned")
