from odoo.tests import HttpCase, tagged

from .dock_common import DockCommon


@tagged("post_install", "-at_install")
class TestBrowserDockScreen(DockCommon, HttpCase):
    """What the clerk scans and taps at the dock, on a phone of 390 by 844."""

    browser_size = "390x844"
    touch_enabled = True

    def setUp(self):
        super().setUp()
        self.clerk = self.users_by_login["cx_warehouse"]
        self.clerk.password = "cx_warehouse"
        self.product.barcode = "4006381333931"
        self.lotted = self._create_product("Cx Lotted", tracking="lot", barcode="5901234123457")
        lots = self._create_lots(self.lotted, "LOT-A", "LOT-B")
        self.serial = self._create_product("Cx Serial", tracking="serial", barcode="9780201379624")
        numbers = self._create_lots(self.serial, "SN-1", "SN-2")
        self.first = self._draft(self._complain(self._deliver(self.product, 2), 2))
        move = self._deliver(self.lotted, 8, {lots[0]: 4, lots[1]: 4})
        self.first.line_ids = [(0, 0, {
            "complaint_line_id": self._complain(move, 4).id, "product_id": self.lotted.id, "origin_move_id": move.id,
            "quantity": 4})]
        self.first.action_authorise()
        self.second = self._authorise(self._deliver(self.serial, 2, dict.fromkeys(numbers, 1)), 1)
        self.consignment = self._as("cx_service", self.Consignment).create({
            "waybill": "DOCK-1", "partner_id": self.customer.id, "rma_ids": (self.first | self.second).ids})
        self.consignment.action_announce()

    def _run(self, tour):
        self.start_tour("/odoo/dock", tour, login="cx_warehouse")
        self.env.invalidate_all()

    def _received(self):
        return [line.received_qty for line in (self.first | self.second).line_ids.sorted("id")]

    def test_three_lines_take_twelve_taps(self):
        """Three lines of two RMAs, plain and GS1 codes, a photo, placed: at most twelve taps, each scan one of them.

        [S2.02-22]
        """
        self._run("cx_dock_three_lines")
        self.assertEqual(self._received(), [2, 4, 1])
        self.assertEqual(self.first.line_ids.move_ids.filtered(lambda move: move.state == "done").move_line_ids.lot_id.mapped("name"),
                         ["LOT-B"])
        self.assertEqual((self.consignment.state, len(self.consignment.photo_ids)), ("placed", 1))

    def test_without_a_scanner(self):
        """By hand: tap, number pad, a number that cannot be read; what did not come stays expected."""
        self._run("cx_dock_by_hand")
        self.assertEqual(self._received(), [2, 0, 1])
        self.assertTrue(self.second.line_ids.move_ids.move_line_ids.lot_id.cx_is_return_lot)
        self.assertEqual(self.first.line_ids.mapped("expected_qty"), [0, 4])

    def test_unknown_customer_product_and_lot(self):
        """Nobody announced it, nobody knows the product, nobody can read the number: received, each a to-do."""
        self._run("cx_dock_unknowns")
        consignment = self.Consignment.search([("waybill", "=", "NOBODY-9")])
        self.assertEqual(self._in_quarantine(self.unidentified), 1)
        self.assertEqual(self._in_quarantine(self.serial), 1)
        self.assertLessEqual(
            {"Who sent it?", "Which product is it?", "Which lot is it?", "Goods without RMA"},
            set(self._todos(consignment, "cx_service").mapped("summary")))

    def test_lost_connection(self):
        """The answer of the server is lost: the screen says so and keeps the count; sent again it is received once."""
        self._run("cx_dock_lost_connection")
        self.assertEqual(self._received(), [0, 4, 0])
        self.assertEqual(self.first.line_ids.mapped("expected_qty"), [2, 0])
