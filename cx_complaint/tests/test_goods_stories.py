from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestGoodsStories(ReworkCommon):
    """Returned goods over several decisions, the quantities after each step."""

    def _where(self, line):
        return line.quarantine_qty, line.in_work_qty, line.final_qty, line.undecided_qty

    def _pass(self, disposition):
        """Work, check, and the transfer out of quarantine."""
        self._finish(disposition.production_ids.filtered(lambda order: order.state != "done"))
        self._as("cx_quality", disposition).action_release()
        self._move_out(disposition)

    def _move_out(self, disposition):
        self._as("stock_only", disposition._open_leaving_moves().picking_id).button_validate()
        self._assert_sums(disposition.rma_line_id)

    def test_a_lot_is_split(self):
        """Ten of a lot: four good, three to rework of which one fails, two scrap, one damaged by its user."""
        [lot] = self._create_lots(self.lot_product, "L77")
        line = self._come_back(self.lot_product, 10, lot)
        self.assertEqual(self._where(line), (10, 0, 0, 10))
        good = self._decide(line, 4, lots=lot)
        rework = self._decide(line, 3, "rework", lots=lot)
        scrap = self._decide(line, 2, destination="scrap", lots=lot)
        self.assertEqual(self._where(line), (10, 0, 0, 1), "the damaged one waits for what the customer says")
        self._execute(good | rework | scrap)
        self.assertEqual(self._where(line), (8, 0, 2, 1))
        self._move_out(good)
        self.assertEqual(self._where(line), (4, 0, 6, 1))
        damaged = self._decide(line, 1, destination="customer", lots=lot, reason="Dropped by the user")
        self._execute(damaged)
        self._move_out(damaged)
        self.assertEqual(self._where(line), (3, 0, 7, 0))
        self._finish(rework.production_ids)
        wizard = self._as("cx_quality", self.env["cx.disposition.release"]).create({
            "disposition_id": rework.id, "quantity": 2, "is_rest_failed": True, "rest_destination": "scrap"})
        wizard.action_release()
        self._move_out(rework)
        self.assertEqual(self._where(line), (1, 0, 9, 0))
        failed = self.env["cx.disposition"].search([("failed_from_id", "=", rework.id)])
        self._as("cx_quality", failed).action_approve_execute()
        self._assert_sums(line)
        self.assertEqual(self._where(line), (0, 0, 10, 0))
        self.assertEqual(self._on_hand(self.lot_product, self.warehouse.lot_stock_id, lot), 6)
        self.assertEqual(set(line.disposition_ids.mapped("state")), {"done"})

    def test_a_serial_comes_back_twice(self):
        """SN1 is repaired, sent back, returned again and reworked again: one unit, two returns, two reworks."""
        serial = self.serials[0]
        first = self._come_back(self.serial_product, 1, serial)
        repair = self._execute(self._decide(first, 1, "repair", "customer", lots=serial))
        self.assertEqual(self._where(first), (1, 0, 0, 0))
        self._pass(repair)
        self.assertEqual(self._where(first), (0, 0, 1, 0))
        customers = self.customer.property_stock_customer
        self.assertEqual(self._places(serial), customers)
        back = repair.move_ids.filtered(lambda move: move.location_dest_id == customers)
        second = self._create_rma_line(back, 1, serial)
        self._receive(second, 1, serial)
        self._assert_sums(first | second)
        self.assertEqual((self._where(first), self._where(second)), ((0, 0, 1, 0), (1, 0, 0, 1)))
        rework = self._execute(self._decide(second, 1, "rework", "stock", lots=serial))
        self._pass(rework)
        self.assertEqual((self._where(first), self._where(second)), ((0, 0, 1, 0), (0, 0, 1, 0)))
        self.assertEqual(self._places(serial), self.warehouse.lot_stock_id)
        self.assertEqual(serial.cx_rework_count, 2)

    def test_kept_units_are_drawn_checked_and_restocked(self):
        """Of eight units three are kept for use: manufacturing draws, reworks and restocks them, the rest is taken apart.

        [S2.09-6] [S2.09-4]
        """
        motor = self._create_product("Cx Kept Motor")
        line = self._come_back(self.product, 8)
        kept = self._execute(self._decide(line, 3, "rework", "stock"))
        apart = self._execute(self._decide(line, 5, "dismantle", component_ids=[(0, 0, {"product_id": motor.id})]))
        self.assertEqual(self._where(line), (3, 0, 5, 0))
        self._finish(self._as("mrp_only", kept.production_ids))
        self.assertEqual(self._where(line), (3, 0, 5, 0))
        self._as("cx_quality", kept).action_release()
        self._move_out(kept)
        self.assertEqual(self._where(line), (0, 0, 8, 0))
        self.assertEqual((kept.state, apart.state), ("done", "done"))
        stock = self.warehouse.lot_stock_id
        self.assertEqual((self._on_hand(self.product, stock), self._on_hand(motor, stock)), (3, 5))

    def test_the_form_tells_what_it_will_create(self):
        """Before the click: which order or transfer, of how many, from where to where."""
        line = self._come_back(self.product, 2)
        part = self._create_product("Cx Spring")
        for text, vals in (
            ("transfer of 2 Units of .* out of .*04, to WH/Stock", {}),
            ("rework order of 2 Units .* to WH/Stock", {"work": "rework"}),
            ("sorting order over 2 Units", {"work": "sort"}),
            ("scrapped out of .*04 at once", {"destination": "scrap"}),
            ("back to Cx Customer", {"destination": "customer"}),
            ("uses up 2 Units .* brings 4 of Cx Spring to WH/Stock", {
                "work": "conversion", "output_product_id": part.id, "output_qty": 4}),
            ("Kept: 6 Cx Spring. Scrapped: –", {
                "work": "dismantle", "component_ids": [(0, 0, {"product_id": part.id, "quantity": 3})]}),
        ):
            with self.subTest(text=text):
                disposition = self._decide(line, 2, approve=False, **vals)
                self.assertRegex(disposition.preview, text)
                disposition.unlink()
