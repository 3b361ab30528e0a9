from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAdoptShipments(SettlementCommon):
    """Wrong, over and short shipments: the books are corrected first, then everything is ordinary."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls._create_product("Cx Valve")
        cls._put_in_stock(cls.other, 10)

    def _shipment(self, error, quantity, **vals):
        """Five ordered, delivered and invoiced by the papers; the customer says what really came."""
        order = self._sell_and_invoice(5)
        line = self._complain(order, quantity, shipment_error=error, return_decision="return", **vals)
        return order, line

    def _correct(self, line):
        """Service proposes, a clerk of the warehouse with stock rights only confirms."""
        self._as("cx_service", line).action_propose_correction()
        pickings = line.correction_move_ids.picking_id
        self.assertNotIn("done", pickings.mapped("state"))
        for picking in pickings:
            mine = self._as("stock_only", picking)
            mine.action_confirm()
            mine.move_ids.picked = True
            mine.button_validate()
        self.assertEqual(line.correction_state, "done")
        return pickings

    def _codes_of(self, record, verb):
        return {blocker.code for blocker in record._blockers(verb)}

    # Refused

    def test_nothing_before_the_correction(self):
        """Return, credit, replacement and closing wait for the correction; who may not propose it does not."""
        order, line = self._shipment("wrong", 2, shipped_product_id=self.other.id)
        settlements = self._propose(line, "replacement") | self._propose(line, "credit")
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        for record, verb in ((settlements[0], "approve"), (settlements[1], "approve"), (rma, "authorise"),
                             (line.complaint_id, "close")):
            self.assertIn("correction_open", self._codes_of(record, verb))
        with self.assertRaises(AccessError):
            self._as("cx_quality", line).action_propose_correction()
        self._as("cx_service", line).action_propose_correction()
        self.assertIn("correction_open", self._codes_of(settlements[0], "approve"), "a proposal corrects nothing")
        with self.assertRaisesRegex(UserError, "Cancel the proposed transfers first"):
            self._as("cx_service", line).quantity = 3
        self._as("cx_service", line).action_propose_correction()
        self.assertEqual(len(line.correction_move_ids), 2, "pressed again it proposes nothing twice")
        with self.assertRaises(UserError):
            self._as("stock_only", line.correction_move_ids[0]).cx_correction_line_id = False
        self._assert_order(order, 5, 5)

    def test_incomplete_corrections(self):
        """No delivery, nothing that came instead, more than was delivered: each is said."""
        _order, line = self._shipment("wrong", 2)
        self.assertEqual({b.code for b in line._blockers_correction()}, {"no_product"})
        _order, line = self._shipment("short", 6)
        self.assertEqual({b.code for b in line._blockers_correction()}, {"above_delivered"})
        _order, line = self._shipment("short", 1, origin_move_id=False)
        self.assertEqual({b.code for b in line._blockers_correction()}, {"no_delivery"})
        with self.assertRaises(UserError):
            self._as("cx_service", line).action_propose_correction()

    # Scenarios

    def test_wrong_product(self):
        """Two of five were valves, not pumps: books right, valves come back, pumps are delivered on the order.
        [S2.03-P3]"""
        order, line = self._shipment("wrong", 2, shipped_product_id=self.other.id)
        self.assertEqual((self.product.qty_available, self.other.qty_available), (95, 10))
        self._correct(line)
        self.env.invalidate_all()
        self.assertEqual((self.product.qty_available, self.other.qty_available), (97, 8))
        self._assert_order(order, 3, 5)  # the customer has paid two that he did not get
        self.assertEqual(len(order.order_line), 1)
        # the valves come back
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        self.assertEqual((rma.line_ids.product_id, rma.line_ids.quantity), (self.other, 2))
        self.assertEqual(rma.line_ids.origin_move_id.cx_correction_line_id, line)
        rma.action_authorise()
        self._validate(rma.picking_ids)
        self.assertEqual(rma.line_ids.received_qty, 2)
        # and the pumps go out
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self.assertEqual((settlement.state, self.product.qty_available), ("done", 95))
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)
        # the order goes on as any other: one more is one more
        order.order_line.product_uom_qty = 6
        more = order.picking_ids.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        self.assertEqual(sum(more.mapped("product_uom_qty")), 1)

    def test_wrong_product_credited(self):
        """He keeps the valves and gets the pumps credited: delivered and invoiced agree."""
        order, line = self._shipment("wrong", 2, shipped_product_id=self.other.id)
        self._correct(line)
        settlement = self._propose(line, "credit")
        self._approve(settlement)
        self._execute(settlement)
        self._notes(settlement).action_post()
        self._assert_order(order, 3, 3)
        self._assert_nothing_to_invoice(order)

    def test_too_few(self):
        """Three came instead of five: nothing comes back, two are delivered later; a later credit is told apart."""
        order, line = self._shipment("short", 2)
        pickings = self._correct(line)
        self.assertEqual(len(pickings), 1)
        self._assert_order(order, 3, 5)
        self.assertEqual(self.product.qty_available, 97)
        self.assertFalse(line._to_come_back())
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)
        credit = self._propose(self._complain(order, 1), "credit")
        self._approve(credit)
        self._execute(credit)
        self._notes(credit).action_post()
        self._assert_order(order, 4, 4)
        self._assert_nothing_to_invoice(order)

    def test_too_many(self):
        """Seven came instead of five: the books know seven; the two come back, and the order is at five again."""
        order, line = self._shipment("over", 2)
        self._correct(line)
        self._assert_order(order, 7, 5)
        self.assertEqual(self.product.qty_available, 93)
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        self.assertEqual(rma.line_ids.origin_move_id.cx_correction_line_id, line)
        rma.action_authorise()
        self._validate(rma.picking_ids)
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)

    def test_serials(self):
        """The serial that was said to be delivered stands in stock again, the one that came is at the customer's."""
        drive = self._create_product("Cx Drive", tracking="serial", invoice_policy="delivery")
        said, came = self._create_lots(drive, "SAID", "CAME")
        self._put_in_stock(drive, 1, said)
        order = self._sell((drive, 1))
        self._put_in_stock(self._serial_valve(), 1, came_valve := self._create_lots(self._serial_valve(), "V1"))
        line = self._complain(order, 1, shipment_error="wrong", shipped_product_id=self._serial_valve().id)
        self._as("cx_service", line).action_propose_correction()
        back = line.correction_move_ids.filtered(lambda move: move.product_id == drive)
        self.assertEqual(back.move_line_ids.lot_id, said)
        out = line.correction_move_ids - back
        for picking in (back | out).picking_id:
            picking.action_confirm()
            if out in picking.move_ids:
                out.move_line_ids.unlink()
                out.move_line_ids = [(0, 0, {
                    "product_id": out.product_id.id, "lot_id": came_valve.id, "quantity": 1,
                    "location_id": out.location_id.id, "location_dest_id": out.location_dest_id.id})]
            picking.move_ids.picked = True
            picking.button_validate()
        self.assertEqual(said.location_id, self.warehouse.lot_stock_id)
        self.assertEqual(came_valve.location_id.usage, "customer")
        self.assertFalse(came.quant_ids)

    def _serial_valve(self):
        if not hasattr(self, "_valve"):
            self._valve = self._create_product("Cx Serial Valve", tracking="serial")
        return self._valve
