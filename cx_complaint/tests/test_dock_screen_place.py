from unittest.mock import patch

from odoo.exceptions import UserError
from odoo.tests import tagged

from .dock_screen_common import DockScreenCommon


@tagged("post_install", "-at_install")
class TestDockScreenPlace(DockScreenCommon):
    """A whole count is received in one go, and once."""

    def test_two_rmas_of_one_parcel(self):
        """Three lines of two RMAs, counted in full: received, in quarantine, quality is told. [S2.02-22]"""
        valve = self._create_product("Valve")
        first = self._authorise(self._deliver(self.product, 2), 2)
        second = self._draft(self._complain(self._deliver(self.product, 3), 3))
        self._complain_more(second, valve, 4)
        second.action_authorise()
        consignment = self._announce(first, second)
        screen = self.dock.find("WB1")["screen"]
        self.assertEqual([(group["name"], [line["expected"] for line in group["lines"]]) for group in screen["groups"]],
                         [(first.name, [2]), (second.name, [3, 4])])
        answer = self._scan(consignment, "4006381333931")
        self.assertEqual(answer["fills"][0]["move_id"], first.line_ids._open_receipt_moves().id)
        screen = self._place(consignment, [
            {"move_id": line["id"], "quantity": line["expected"]} for group in screen["groups"] for line in group["lines"]])
        self.assertEqual((screen["state"], len(screen["received"]), screen["expected"]), ("Placed", 3, []))
        self._assert_line(first.line_ids, received=2, quarantine=2, expected=0)
        self.assertEqual(second.line_ids.mapped("received_qty"), [3, 4])
        self.assertEqual((consignment.state, consignment.pieces_arrived, consignment.counted_by_id),
                         ("placed", 1, self.clerk))
        self.assertTrue(self._todos(consignment, "cx_quality"))
        self.assertFalse(self._unassigned())

    def _complain_more(self, rma, product, quantity):
        """One more line of a draft RMA, of another delivery."""
        move = self._deliver(product, quantity)
        complaint_line = self._complain(move, quantity)
        rma.line_ids = [(0, 0, {
            "complaint_line_id": complaint_line.id, "product_id": product.id, "origin_move_id": move.id,
            "quantity": quantity})]

    def test_not_everything_came(self):
        """Two of five, and nothing of the other RMA: only what was counted is received, the rest stays expected.

        [S2.01-27]
        """
        first = self._authorise(self._deliver(self.product, 5), 5)
        valve = self._create_product("Valve")
        second = self._authorise(self._deliver(valve, 3), 3)
        consignment = self._announce(first, second)
        screen = self._place(consignment, [self._count(first, 2)])
        self._assert_line(first.line_ids, received=2, quarantine=2, expected=3)
        self._assert_line(second.line_ids, received=0, expected=3)
        self.assertEqual([row["quantity"] for row in screen["expected"]], [3, 3])
        self.assertEqual(consignment.state, "placed")
        self.assertEqual(len(consignment.picking_ids), 1, "what did not come is of no parcel yet")
        later = self._parcel(waybill="LATER")
        self._scan(later, first.name)
        self._scan(later, second.name)
        self._place(later, [self._count(first, 3), self._count(second, 3)], token="token-0002")
        self._assert_line(first.line_ids, received=5, quarantine=5, expected=0)
        self._assert_line(second.line_ids, received=3, quarantine=3, expected=0)

    def test_more_and_other_than_announced(self):
        """Seven of five and a valve that nobody announced: the line says seven, the valve waits for an RMA."""
        rma = self._authorise(self._deliver(self.product, 10), 5)
        valve = self._create_product("Valve")
        consignment = self._announce(rma)
        self._place(consignment, [self._count(rma, 7), {"product_id": valve.id, "quantity": 1}])
        self._assert_line(rma.line_ids, received=7, quarantine=7)
        self.assertIn("7 of 5", rma.line_ids.receipt_note)
        self.assertEqual(self._unassigned().product_id, valve)
        self.assertIn("Goods without RMA", self._todos(consignment, "cx_service").mapped("summary"))

    def test_lots_unreadable_and_new(self):
        """One lot read, one unreadable, one that the books do not know: each unit has its lot, nothing is refused."""
        tracked = self._create_product("Tracked", tracking="lot")
        lots = self._create_lots(tracked, "L1", "L2")
        rma = self._authorise(self._deliver(tracked, 6, {lots[0]: 3, lots[1]: 3}), 6)
        consignment = self._announce(rma)
        self._place(consignment, [
            self._count(rma, 3, lot_id=lots[0].id), self._count(rma, 2, is_unreadable=True),
            self._count(rma, 1, lot_name="NEW")])
        received = rma.line_ids.move_ids.move_line_ids
        self.assertEqual(sorted(received.mapped("quantity")), [1, 2, 3])
        unreadable = received.lot_id.filtered("cx_is_return_lot")
        self.assertEqual(unreadable.cx_candidate_lot_ids, lots)
        self.assertIn("NEW", received.lot_id.mapped("name"))
        self.assertIn("Which lot is it?", self._todos(consignment, "cx_service").mapped("summary"))
        self._assert_line(rma.line_ids, received=6, quarantine=6)

    def test_serials_unreadable(self):
        """Two units whose serial number cannot be read get a number each, announced or not."""
        serial = self._create_product("Serial", tracking="serial")
        lots = self._create_lots(serial, "SN-1", "SN-2", "SN-3")
        rma = self._authorise(self._deliver(serial, 3, dict.fromkeys(lots, 1)), 3)
        consignment = self._announce(rma)
        self._place(consignment, [
            self._count(rma, 1, lot_id=lots[2].id), self._count(rma, 2, is_unreadable=True),
            {"product_id": self.product.id, "quantity": 1},
        ])
        received = rma.line_ids.move_ids.move_line_ids
        self.assertEqual(len(received.lot_id), 3)
        self.assertEqual(len(received.lot_id.filtered("cx_is_return_lot")), 2)
        other = self._parcel(waybill="OTHER")
        self._place(other, [{"product_id": serial.id, "quantity": 2, "is_unreadable": True}])
        self.assertEqual(len(other.sudo().picking_ids.move_ids.move_line_ids.lot_id.filtered("cx_is_return_lot")), 2)

    def test_unknown_product_of_an_unknown_sender(self):
        """Received all the same; customer service is asked who and what."""
        consignment = self.Consignment.browse(self.dock.find("NOBODY-1")["screen"]["id"])
        screen = self._place(consignment, [{"quantity": 3}])
        self.assertEqual(self._in_quarantine(self.unidentified), 3)
        self.assertEqual((consignment.state, screen["received"][0]["quantity"]), ("placed", 3))
        self.assertLessEqual({"Who sent it?", "Which product is it?", "Goods without RMA"},
                             set(self._todos(consignment, "cx_service").mapped("summary")))

    def test_missing_pieces_are_asked_for(self):
        """Two of three boxes on the waybill: customer service is to ask."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        consignment = self._announce(rma, pieces_announced=3)
        self._place(consignment, [self._count(rma, 5)], pieces=2)
        self.assertEqual(consignment.missing_pieces, 1)
        self.assertIn("Pieces are missing", self._todos(consignment, "cx_service").mapped("summary"))

    def test_other_unit_than_delivered(self):
        """Delivered by the dozen, counted by the unit."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self._put_in_stock(self.product, 24)
        order = self._sell((self.product, 24), deliver=False)
        order.action_cancel()
        order.action_draft()
        order.order_line.write({"product_uom_id": dozen.id, "product_uom_qty": 2})
        order.action_confirm()
        delivery = order.picking_ids.filtered(lambda picking: picking.state != "cancel")
        self._validate(delivery)
        rma = self._authorise(delivery.move_ids, 24)
        consignment = self._announce(rma)
        self.assertEqual(self.dock.show(consignment.id)["screen"]["groups"][0]["lines"][0]["expected"], 24)
        self._place(consignment, [self._count(rma, 15)])
        self._assert_line(rma.line_ids, received=15, quarantine=15, expected=9)

    # Once

    def test_a_repeated_call_receives_nothing_twice(self):
        """The answer was lost, the phone sends the count again: the same receipts, also of what nobody announced."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        valve = self._create_product("Valve")
        consignment = self._announce(rma)
        counts = [self._count(rma, 3), {"product_id": valve.id, "quantity": 1}]
        first = self._place(consignment, counts)
        self.assertEqual(self._place(consignment, counts), first)
        self._assert_line(rma.line_ids, received=3, expected=2)
        self.assertEqual(self._in_quarantine(valve), 1)

    def test_a_failed_call_is_repeated(self):
        """Refused for a reason, mended, sent again with the same token: received once."""
        consignment = self._parcel()
        counts = [{"product_id": self.product.id, "quantity": 2}]
        receive = patch.object(self.env.registry["cx.consignment"], "_receive_others", side_effect=UserError("No"))
        with receive:
            self._assert_not_placed("No", consignment, counts)
        self._place(consignment, counts)
        self.assertEqual(self._in_quarantine(self.product), 2)

    def test_somebody_else_received_it(self):
        """Received on the transfer meanwhile: the sentence names it, and nothing is received."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        consignment = self._announce(rma)
        counts = [self._count(rma, 5)]
        self._receive(rma.line_ids.move_ids.picking_id)
        self._assert_not_placed("called off meanwhile", consignment, counts)
        self._assert_line(rma.line_ids, received=5)
