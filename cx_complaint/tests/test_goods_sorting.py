from odoo.exceptions import UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestGoodsSorting(ReworkCommon):
    """Sorting good from bad is work: an order over the unsorted units, and a decision about each part afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good, cls.scrap = (cls.env.ref(f"cx_complaint.verdict_{code}") for code in ("good", "scrap"))
        cls.bench = cls.env["mrp.workcenter"].create({"name": "Sorting Bench"})
        cls.sorting = cls._create_scheme({
            "name": "Sort by eye",
            "operation_ids": [(0, 0, {"name": "Look", "workcenter_id": cls.bench.id, "minutes": 0.5})]})

    def _sorted(self, line, quantity, lots=None):
        """A sort disposition whose order is done."""
        disposition = self._execute(self._decide(line, quantity, "sort", lots=lots, scheme_id=self.sorting.id))
        self._finish(disposition.production_ids)
        self.assertEqual(disposition.next_step, "release")
        return disposition

    def _release(self, disposition, **vals):
        wizard = self._as("cx_quality", self.env["cx.disposition.release"]).create({
            "disposition_id": disposition.id, **vals})
        wizard.action_release()
        self._assert_sums(disposition.rma_line_id)
        return self.env["cx.disposition"].search([("failed_from_id", "=", disposition.id)], order="id desc", limit=1)

    def _inspect(self, line, *found):
        inspection = self._as("cx_quality", self.env["cx.inspection"]).create({
            "rma_line_id": line.id, "stage": "after_rework", "line_ids": [(0, 0, {
                "verdict_id": verdict.id, "quantity": quantity, "lot_ids": [(6, 0, lots.ids)] if lots else False,
            }) for verdict, quantity, lots in found]})
        inspection.action_finish()
        return inspection

    def _where(self, line):
        return line.quarantine_qty, line.in_work_qty, line.final_qty, line.undecided_qty

    def test_forty_are_sorted(self):
        """Forty unsorted ones: 31 are good and go to stock, 9 are bad and are scrapped, each figure after each step.

        [S2.02-37]
        """
        line = self._come_back(self.product, 40)
        disposition = self._execute(self._decide(line, 40, "sort", scheme_id=self.sorting.id))
        order = disposition.production_ids
        self.assertEqual(order.picking_type_id, self.warehouse.cx_rework_type_id)
        self.assertEqual((order.product_qty, order.workorder_ids.duration_expected), (40, 20))
        self.assertEqual(order.move_raw_ids.product_id, self.product, "no parts")
        self.assertEqual(self._where(line), (40, 0, 0, 0))
        self._finish(order)
        self.assertEqual(self._on_hand(self.product, self.reworked_zone), 40)
        bad = self._release(disposition, quantity=31, rest_destination="scrap", rest_reason="Cracked")
        self.assertEqual((disposition.quantity, disposition.failed_qty, disposition.next_step), (31, 9, "move"))
        self.assertEqual((bad.quantity, bad.destination, bad.state, bad.source_location_id, bad.reason),
                         (9, "scrap", "proposed", self.reworked_zone, "Cracked"))
        self.assertEqual(self._where(line), (40, 0, 0, 0))
        disposition._open_leaving_moves().picking_id.button_validate()
        self._assert_sums(line)
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 31))
        self.assertEqual(self._where(line), (9, 0, 31, 0))
        self._as("cx_quality", bad).action_approve()
        self._execute(bad)
        self.assertEqual(self._where(line), (0, 0, 40, 0))
        self.assertEqual(self._on_hand(self.product, self.warehouse.lot_stock_id), 31)

    def test_what_the_check_found_is_done_in_one_click(self):
        """The finding after sorting says 5 good, 2 to scrap, 1 to rework: one click releases and decides anew. [S2.02-37]"""
        rework = self.env["cx.verdict"].create({"name": "Again", "work": "rework", "destination": "stock"})
        line = self._come_back(self.product, 8)
        disposition = self._sorted(line, 8)
        with self.assertRaisesRegex(UserError, "no finished inspection"):
            self._as("cx_quality", disposition).action_release_found()
        self._inspect(line, (self.good, 5, None), (self.scrap, 2, None), (rework, 1, None))
        self._as("cx_quality", disposition).action_release_found()
        self._assert_sums(line)
        failed = self.env["cx.disposition"].search([("failed_from_id", "=", disposition.id)], order="id")
        self.assertEqual([(new.quantity, new.work, new.destination) for new in failed],
                         [(2, "none", "scrap"), (1, "rework", "stock")])
        self.assertEqual((disposition.quantity, disposition.released_qty, line.undecided_qty), (5, 5, 0))
        with self.assertRaisesRegex(UserError, "8 Units are found by .*, 0 wait"):
            self._as("cx_quality", disposition).action_release_found()
        disposition._open_leaving_moves().picking_id.button_validate()
        failed.action_approve_execute()
        self._finish(failed.production_ids)
        failed[1].with_user(self.users_by_login["cx_quality"]).action_release()
        failed._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(self._where(line), (0, 0, 8, 0))

    def test_serials_are_sorted(self):
        """SN1 is good, SN2 and SN3 are bad; all bad ones of a later look leave nothing under the decision."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._sorted(line, 3, self.serials)
        bad = self._release(disposition, lot_ids=[(6, 0, first.ids)], rest_work="sort", rest_destination="customer")
        self.assertEqual((disposition.lot_ids, disposition.quantity), (first, 1))
        self.assertEqual((bad.lot_ids, bad.quantity, bad.work), (second | third, 2, "sort"))
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(disposition.state, "done")
        self._as("cx_quality", bad).action_approve()
        self._finish(self._execute(bad).production_ids)
        self._inspect(line, (self.scrap, 2, second | third))
        self._as("cx_quality", bad).action_release_found()
        self._assert_sums(line)
        self.assertEqual((bad.state, bad.done_qty, bad.failed_qty), ("done", 0, 2))
        scrap = self.env["cx.disposition"].search([("failed_from_id", "=", bad.id)])
        self.assertEqual((scrap.lot_ids, scrap.destination), (second | third, "scrap"))
        scrap.action_approve_execute()
        self.assertEqual(self._where(line), (0, 0, 3, 0))

    def test_partial_releases_and_a_rest_that_waits(self):
        """Ten sorted: three pass, then four, two fail, one waits; nothing is lost and nothing is counted twice."""
        line = self._come_back(self.product, 10)
        disposition = self._sorted(line, 10)
        self.assertFalse(self._release(disposition, quantity=3, is_rest_failed=False))
        self.assertFalse(self._release(disposition, quantity=4, is_rest_failed=False))
        self.assertEqual((disposition.released_qty, disposition.quantity, disposition.next_step), (7, 10, "release"))
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(self._where(line), (3, 0, 7, 0))
        self._as("cx_quality", disposition).action_close_short()
        self._assert_sums(line)
        self.assertEqual(self._where(line), (3, 0, 7, 3))

    def test_sorting_takes_no_parts(self):
        """A scheme with parts is none for sorting; nobody but quality splits."""
        scheme = self._create_scheme({"name": "New seal", "part_ids": [
            (0, 0, {"product_id": self._create_product("Cx Seal").id})]})
        line = self._come_back(self.product, 2)
        with self.assertRaisesRegex(UserError, "Sorting uses no parts"), self.env.cr.savepoint():
            self._decide(line, 2, "sort", scheme_id=scheme.id)
        disposition = self._sorted(line, 2)
        with self.assertRaises(UserError):
            self._as("cx_planning", disposition).action_release_found()
        with self.assertRaises(UserError):
            disposition.with_user(self.users_by_login["cx_quality"]).write({"failed_qty": 1})

    # One click for many

    def test_a_mixture_of_lots_in_one_click(self):
        """One line of three lots, one of them partly decided already: an order per lot with what is left. [S2.18-19]"""
        lots = self._create_lots(self.lot_product, "L1", "L2", "L3")
        lines = self.env["cx.rma.line"]
        for lot, quantity in zip(lots, (5, 3, 2), strict=True):
            lines |= self._come_back(self.lot_product, quantity, lot)
        # the representative piece of the first lot was reworked and passed before
        proof = self._execute(self._decide(lines[0], 1, "rework", lots=lots[0]))
        self._finish(proof.production_ids)
        self._as("cx_quality", lines).action_rework()
        self._assert_sums(lines)
        orders = (lines.disposition_ids - proof).production_ids
        self.assertEqual(
            {(order.lot_producing_ids.name, order.product_qty) for order in orders}, {("L1", 4), ("L2", 3), ("L3", 2)})
        self.assertEqual(lines.mapped("undecided_qty"), [0, 0, 0])
        with self.assertRaisesRegex(UserError, "Nothing of .* undecided"):
            self._as("cx_quality", lines).action_rework()
        self._finish(orders)
        self.assertEqual(self._on_hand(self.lot_product, self.reworked_zone), 10)

    def test_one_line_of_several_lots(self):
        """One delivery of three lots came back on one line: three dispositions and three orders from one click."""
        lots = self._create_lots(self.lot_product, "L1", "L2", "L3")
        for lot, quantity in zip(lots, (2, 3, 4), strict=True):
            self._put_in_stock(self.lot_product, quantity, lot)
        order = self._sell((self.lot_product, 9))
        line = self._create_rma_line(order.picking_ids.move_ids, 9)
        receipt = line._open_receipt_moves()
        receipt.move_line_ids.unlink()
        receipt.move_line_ids = [(0, 0, {**receipt._prepare_move_line_vals(), "lot_id": lot.id, "quantity": quantity})
                                 for lot, quantity in zip(lots, (2, 3, 4), strict=True)]
        receipt.picked = True
        receipt.picking_id.button_validate()
        self.assertEqual(line.undecided_qty, 9)
        self._as("cx_quality", line).action_rework()
        self._assert_sums(line)
        self.assertEqual(sorted(line.disposition_ids.production_ids.mapped("product_qty")), [2, 3, 4])
        for disposition in line.disposition_ids:
            self.assertEqual(disposition.production_ids.lot_producing_ids, disposition.lot_ids)
            self.assertEqual(len(disposition.lot_ids), 1)
