from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .dock_common import DockCommon


@tagged("post_install", "-at_install")
class TestDockUnassigned(DockCommon):
    """Goods for no RMA: into quarantine at once, then to an RMA, to a case of their own, or back."""

    # Refused

    def test_incomplete_goods_are_refused(self):
        """No product, no quantity, no lot: each is named, nothing is received."""
        tracked = self._create_product("Tracked", tracking="lot")
        consignment = self._parcel()
        for vals, message in (
            ({}, "has no product"),
            ({"product_id": self.product.id, "quantity": 0}, "above zero"),
            ({"product_id": tracked.id}, "Lot Unreadable"),
        ):
            with self.assertRaisesRegex(UserError, message):
                self._as("cx_warehouse", self.env["cx.consignment.receive"]).create({
                    "consignment_id": consignment.id, "line_ids": [Command.create(vals)]}).action_receive()
        self.assertFalse(consignment.picking_ids)

    def test_service_does_not_receive(self):
        """Who has no business at the dock receives nothing."""
        consignment = self._parcel()
        with self.assertRaises(AccessError):
            self._as("cx_service", self.env["cx.consignment.receive"]).create({
                "consignment_id": consignment.id,
                "line_ids": [Command.create({"product_id": self.product.id})]}).action_receive()

    def test_quarantine_stays_closed(self):
        """A stock user gets unassigned goods out neither by Return, nor by scrap, nor by declaring them sent back."""
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        with self.assertRaises(AccessError):
            self._as("stock_only", move).cx_is_sent_back = True
        wizard = self._as("stock_only", self.env["stock.return.picking"]).with_context(
            active_id=move.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 5
        back = self._as("stock_only", self.env["stock.picking"]).browse(wizard.action_create_returns()["res_id"])
        back.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "does not leave it without a disposition"):
            back.button_validate()
        with self.assertRaises(AccessError):
            self._as("stock_only", self.env["stock.move"]).create({
                "product_id": self.product.id, "product_uom_qty": 5, "location_id": self.zone.id,
                "location_dest_id": move.location_id.id, "cx_is_sent_back": True})
        self.assertEqual(self._in_quarantine(self.product), 5)

    def test_lines_that_may_not_adopt(self):
        """Another product, another customer, too few authorised, a closed RMA, goods adopted already."""
        other = self.env["res.partner"].create({"name": "Other"})
        rma = self._authorise(self._deliver(self.product, 5), 5)
        line = rma.line_ids
        pump = self._create_product("Other pump")
        self._assert_refused("other_product", line, self._receive_without_rma(self._parcel(), (pump, 1)))
        self._assert_refused(
            "other_customer", line, self._receive_without_rma(self._parcel(partner=other), (self.product, 1)))
        eight = self._receive_without_rma(self._parcel(), (self.product, 8))
        self._assert_refused("above_authorised", line, eight)
        with self.assertRaisesRegex(UserError, "A receipt is linked as a whole"):
            self._as("cx_service", line)._adopt(eight)
        five = self._receive_without_rma(self._parcel(), (self.product, 5))
        with self.assertRaises(AccessError):
            self._as("cx_quality", line)._adopt(five)
        self._as("cx_service", line)._adopt(five)
        twin = self._authorise(self._deliver(self.product, 5), 5)
        self._assert_refused("adopted_already", twin.line_ids, five)
        self._assert_refused("not_received", twin.line_ids, twin.line_ids.origin_move_id)
        refused = self._draft(self._complain(self._deliver(self.product, 5), 5))
        refused.action_refuse("No")
        three = self._receive_without_rma(self._parcel(), (self.product, 3))
        self._assert_refused("rma_closed", refused.line_ids, three)

    def test_goods_that_moved_on_are_not_adopted(self):
        """Shifted within quarantine they do not stand where they were received; first they are moved back."""
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        shift = self.env["stock.move"].create({
            "product_id": self.product.id, "product_uom_qty": 5, "location_id": self.zone.id,
            "location_dest_id": self.warehouse.cx_rohs_loc_id.id, "restrict_partner_id": self.customer.id})
        shift._action_confirm()
        shift._action_assign()
        shift.picked = True
        shift._action_done()
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._assert_refused("gone", rma.line_ids, move)

    # Received

    def test_goods_without_rma_stand_in_quarantine_and_in_the_queue(self):
        """Five arrive unannounced: in quarantine, the sender's, without value, and customer service knows.

        [S2.02-21]
        """
        value = self.product.total_value
        consignment = self._parcel()
        move = self._receive_without_rma(consignment, (self.product, 5))
        self.assertEqual((move.state, move.location_dest_id), ("done", self.zone))
        self.assertEqual(self._in_quarantine(self.product, self.customer), 5)
        self.assertEqual(self.product.total_value, value)
        self.assertEqual(self._unassigned(), move)
        self.assertEqual(consignment.unassigned_count, 1)
        self.assertEqual(consignment.state, "placed")
        self.assertTrue(self._todos(consignment, "cx_service"))

    def test_unknown_lot_product_and_customer(self):
        """A lot that nobody can read, a product nobody knows, no customer: received all the same, each a to-do."""
        tracked = self._create_product("Tracked", tracking="lot")
        lots = self._create_lots(tracked, "L1", "L2")
        foreign = self._create_lots(tracked, "L3")
        self._deliver(tracked, 4, {lots[0]: 2, lots[1]: 2})
        self._deliver(tracked, 1, {foreign: 1}, partner=self.env["res.partner"].create({"name": "Other"}))
        known = self._parcel()
        move = self._receive_without_rma(known, (tracked, 2), is_lot_unreadable=True)
        lot = move.move_line_ids.lot_id
        self.assertTrue(lot.name.startswith("RET-"))
        self.assertEqual(lot.cx_candidate_lot_ids, lots, "the lots that this customer got")
        self.assertIn("Which lot is it?", self._todos(known, "cx_service").mapped("summary"))
        nobody = self._parcel(partner=self.env["res.partner"])
        strange = self._receive_without_rma(nobody, (self.unidentified, 3))
        self.assertEqual(self._in_quarantine(self.unidentified), 3)
        self.assertLessEqual(
            {"Who sent it?", "Which product is it?"}, set(self._todos(nobody, "cx_service").mapped("summary")))
        codes = [blocker.code for blocker in nobody._blockers("open_case")]
        self.assertEqual(codes, ["no_customer", "unidentified"])
        nobody.partner_id = self.customer
        self._identify(nobody, strange, lot_id=False, product_id=self.product.id, quantity=3)
        self.assertEqual(self._in_quarantine(self.unidentified), 0)
        self.assertEqual(self._in_quarantine(self.product, self.customer), 3)
        self.assertEqual(self._unassigned().product_id, tracked | self.product)

    def _identify(self, consignment, moves, **line_vals):
        action = self._as("cx_service", consignment).action_identify()
        self.assertEqual(action["context"]["default_identified_move_ids"], moves.ids)
        self._as("cx_service", self.env["cx.consignment.receive"]).with_context(**action["context"]).create({
            "line_ids": [Command.create(line_vals)]}).action_receive()

    # Adopted

    def test_adopted_by_an_authorised_line(self):
        """Ten delivered, five authorised and expected; the five arrive unannounced: linked, nothing expected twice."""
        origin = self._deliver(self.product, 10)
        rma = self._authorise(origin, 5)
        line = rma.line_ids
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        self._assert_line(line, expected=5, received=0)
        self._as("cx_service", line)._adopt(move)
        self._assert_line(line, expected=0, received=5, quarantine=5, undecided=5)
        self.assertEqual(rma.state, "received")
        self.assertEqual(self._in_quarantine(self.product), 5, "nothing moved twice")
        self.assertFalse(self._unassigned())
        self.assertEqual(move.origin_returned_move_id, origin)
        self.assertEqual(self.env["cx.rma.line"]._returnable_of(origin)[origin].left, 5)

    def test_taken_over_goods_get_the_value_of_their_delivery(self):
        """Ours from the moment the RMA takes them over: worth what they were worth when they went out."""
        self.product.categ_id = self.env["product.category"].create(
            {"name": "Average", "property_cost_method": "average"})
        self.product.standard_price = 10.0
        self._buy(self.product, 10, price=10.0)
        origin = self._sell((self.product, 5)).picking_ids.move_ids
        self._buy(self.product, 5, price=40.0)
        self.env.invalidate_all()
        value = self.product.total_value
        self.assertEqual(value, 250)
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        self.env.invalidate_all()
        self.assertEqual(self.product.total_value, value)
        rma = self._authorise(origin, 5)
        self._as("cx_service", rma.line_ids)._adopt(move)
        self.env.invalidate_all()
        self.assertEqual(self.product.total_value, value + 50)
        self.assertEqual(self._in_quarantine(self.product, self.env["res.partner"]), 5)

    def _buy(self, product, quantity, price):
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "price_unit": price,
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.warehouse.lot_stock_id.id,
            "picking_type_id": self.warehouse.in_type_id.id})
        move._action_confirm()
        move.quantity = quantity
        move.picked = True
        move._action_done()
        move.value_manual = quantity * price

    def test_the_customers_goods_stay_his(self):
        """Adopted for repair they remain the customer's and without value."""
        origin = self._deliver(self.product, 5)
        value = self.product.total_value
        rma = self._authorise(origin, 5, return_decision="repair")
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        self._as("cx_service", rma.line_ids)._adopt(move)
        self.env.invalidate_all()
        self.assertEqual(self._in_quarantine(self.product, self.customer), 5)
        self.assertEqual(self.product.total_value, value)

    def test_part_of_what_is_authorised(self):
        """Two of five arrive unannounced: three stay expected."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_service", rma.line_ids)._adopt(self._receive_without_rma(self._parcel(), (self.product, 2)))
        self._assert_line(rma.line_ids, expected=3, received=2, quarantine=2, missing=0)
        self.assertEqual(rma.state, "receiving")

    def test_adopting_authorises_within_the_caps(self):
        """A draft is authorised by it, an expired one again; where more is asked than was delivered, nothing is."""
        origin = self._deliver(self.product, 5)
        draft = self._draft(self._complain(origin, 5))
        move = self._receive_without_rma(self._parcel(), (self.product, 5))
        self._as("cx_service", draft.line_ids)._adopt(move)
        self.assertEqual(draft.state, "received")
        self._assert_line(draft.line_ids, expected=0, received=5, quarantine=5)
        greedy = self._draft(self._complain(origin, 1))
        one = self._receive_without_rma(self._parcel(), (self.product, 1))
        with self.assertRaisesRegex(UserError, "0 can be"), self.env.cr.savepoint():
            self._as("cx_service", greedy.line_ids)._adopt(one)
        self.env.invalidate_all()
        self.assertEqual((greedy.state, one.cx_rma_line_id.id), ("draft", False))
        expired = self._authorise(self._deliver(self.product, 1), 1)
        expired.action_expire()
        self._as("cx_service", expired.line_ids)._adopt(one)
        self.assertEqual(expired.state, "received")
        self._assert_line(expired.line_ids, expected=0, received=1)

    def test_the_dialog_proposes_the_line(self):
        """Opened from the parcel it names the line that lacks the goods; one click links them."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        consignment = self._parcel()
        self._receive_without_rma(consignment, (self.product, 5))
        action = self._as("cx_service", consignment).action_adopt()
        adopt = self._as("cx_service", self.env["cx.rma.adopt"]).browse(action["res_id"])
        self.assertEqual(adopt.row_ids.rma_line_id, rma.line_ids)
        adopt.action_link()
        self._assert_line(rma.line_ids, received=5)
        self.assertEqual(consignment.rma_ids, rma)
        with self.assertRaisesRegex(UserError, "no goods that wait"):
            self._as("cx_service", consignment).action_adopt()

    # A case of their own

    def test_new_case_from_the_parcel(self):
        """One click on an unannounced parcel: a case, an authorised RMA on the delivery, the goods adopted."""
        origin = self._deliver(self.product, 10)
        consignment = self._parcel()
        self._receive_without_rma(consignment, (self.product, 4))
        action = self._as("cx_service", consignment).action_open_case()
        rma = self.env["cx.rma"].browse(action["res_id"])
        self.assertEqual(rma.line_ids.origin_move_id, origin)
        self._assert_line(rma.line_ids, received=4, quarantine=4, expected=0)
        self.assertEqual(rma.complaint_ids.partner_id, self.customer)
        with self.assertRaisesRegex(UserError, "no goods that wait"):
            self._as("cx_service", consignment).action_open_case()

    def test_new_case_for_goods_without_delivery(self):
        """No delivery covers them: the case is opened, the RMA waits for who may authorise without origin."""
        consignment = self._parcel()
        move = self._receive_without_rma(consignment, (self.product, 4))
        rma = self.env["cx.rma"].browse(self._as("cx_service", consignment).action_open_case()["res_id"])
        self.assertEqual((rma.state, rma.line_ids.origin_move_id.id), ("draft", False))
        self.assertEqual(self._unassigned(), move)
        self._as("cx_manager", rma.line_ids)._adopt(move)
        self._assert_line(rma.line_ids, received=4, quarantine=4)

    # Back

    def test_sent_back(self):
        """Customer service decides, the warehouse ships: the goods leave, and no more than those."""
        consignment = self._parcel()
        move = self._receive_without_rma(consignment, (self.product, 5))
        self._receive_without_rma(self._parcel(), (self.product, 2))
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", consignment).action_send_back()
        action = self._as("cx_service", consignment).action_send_back()
        back = self.env["stock.picking"].browse(action["res_id"])
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._assert_refused("gone", rma.line_ids, move)
        back.move_ids.quantity = 7
        back.move_ids.picked = True
        with self.assertRaisesRegex(UserError, "without a disposition"), self.env.cr.savepoint():
            self._as("stock_only", back).button_validate()
        self.env.invalidate_all()
        back.move_ids.quantity = 5
        self._as("stock_only", back).button_validate()
        self.assertEqual(back.state, "done")
        self.assertEqual(self._in_quarantine(self.product), 2)
        self.assertEqual(back.move_ids.location_dest_id.usage, "customer")
        self.assertNotIn(move, self._unassigned())

    def test_a_cancelled_way_back_brings_the_goods_back_to_the_queue(self):
        """The transfer is cancelled: the goods wait again, and may be adopted."""
        consignment = self._parcel()
        move = self._receive_without_rma(consignment, (self.product, 5))
        back = self.env["stock.picking"].browse(self._as("cx_service", consignment).action_send_back()["res_id"])
        self.assertFalse(self._unassigned())
        back.action_cancel()
        self.assertEqual(self._unassigned(), move)
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_service", rma.line_ids)._adopt(move)
        self.assertFalse(move.cx_is_sent_back)
        self._assert_line(rma.line_ids, received=5)

    # Core's own returns

    def _core_return(self, delivery, quantity):
        wizard = self.env["stock.return.picking"].with_context(
            active_id=delivery.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = quantity
        picking = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.move_ids

    def test_core_return_into_stock_is_linked(self):
        """Three came back by Odoo's Return into stock: linked, they are received and handled; two stay expected."""
        origin = self._deliver(self.product, 5)
        returned = self._core_return(origin, 3)
        draft = self._draft(self._complain(origin, 5))
        draft.line_ids.quantity = 5
        action = self._as("cx_service", draft.line_ids).action_link_existing()
        adopt = self._as("cx_service", self.env["cx.rma.adopt"]).browse(action["res_id"])
        self.assertEqual((adopt.row_ids.move_id, adopt.row_ids.rma_line_id), (returned, draft.line_ids))
        adopt.action_link()
        self._assert_line(draft.line_ids, received=3, final=3, quarantine=0, undecided=0, expected=2)
        self.assertEqual(returned.origin_returned_move_id, origin)
        self.assertEqual(self.env["cx.rma.line"]._returnable_of(origin)[origin].left, 0)

    def test_nothing_to_link_says_so(self):
        """No receipt fits: the button says it instead of opening an empty dialog."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        with self.assertRaisesRegex(UserError, "No receipt of these products"):
            self._as("cx_service", rma.line_ids).action_link_existing()
