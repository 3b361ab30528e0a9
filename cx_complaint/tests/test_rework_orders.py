from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkOrders(ReworkCommon):
    def test_first_and_third_of_three_serials(self):
        """Three serials came back, the first and the third are good: exactly these two are consumed and produced."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._decide(line, 2, "rework", lots=first | third)
        self.assertEqual(disposition.state, "approved")
        self._execute(disposition)
        order = disposition.production_ids
        self.assertEqual(order.state, "confirmed")
        self.assertFalse(order.bom_id)
        self.assertEqual(order.product_qty, 2)
        self.assertEqual(order.lot_producing_ids, first | third)
        self.assertEqual(order.move_raw_ids.location_id, self.returns_zone)
        self.assertEqual(order.move_raw_ids.lot_ids, first | third)
        self.assertEqual((disposition.state, disposition.next_step), ("running", "work"))
        self._finish(order)
        self.assertEqual(order.move_raw_ids.lot_ids, first | third)
        self.assertEqual(order.move_finished_ids.lot_ids, first | third)
        self.assertEqual(self._places(first), self.reworked_zone)
        self.assertEqual(self._places(second), self.returns_zone)
        self.assertEqual(self._places(third), self.reworked_zone)
        second_quant = self.env["stock.quant"].search(
            [("lot_id", "=", second.id), ("location_id", "=", self.returns_zone.id)])
        self.assertEqual(second_quant.reserved_quantity, 0)
        self.assertEqual((disposition.worked_qty, disposition.done_qty, disposition.next_step), (2, 0, "release"))

    def test_release_to_stock(self):
        """Three repaired serials pass the check: they stand in the ordinary stock, and nowhere else. [S2.01-32]"""
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._decide(line, 3, "rework", lots=self.serials)
        self._execute(disposition)
        self._finish(disposition.production_ids)
        self._as("cx_quality", disposition).action_release()
        transfer = disposition._open_leaving_moves().picking_id
        self.assertEqual(transfer.state, "assigned")
        self.assertEqual(transfer.move_line_ids.lot_id, self.serials)
        transfer.button_validate()
        self.assertEqual(transfer.state, "done")
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 3))
        for lot in self.serials:
            self.assertEqual(self._places(lot), self.warehouse.lot_stock_id)

    def test_same_serial_twice_then_built_into_another_product(self):
        """A serial is reworked twice under two decisions and then used as a component: never "already consumed"."""
        serial = self.serials[0]
        line = self._come_back(self.serial_product, 1, serial)
        for turn in (1, 2):
            disposition = self._execute(self._decide(line, 1, "rework", lots=serial))
            self._finish(disposition.production_ids)
            self.assertEqual(self._places(serial), self.reworked_zone)
            if turn == 1:
                self._as("cx_quality", disposition).action_close_short()
                self.assertEqual(disposition.state, "done")
        self.assertEqual(serial.cx_rework_count, 2)
        self._as("cx_quality", disposition).action_release()
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(self._places(serial), self.warehouse.lot_stock_id)
        machine = self._create_product("Cx Machine", tracking="serial")
        number = self._create_lots(machine, "M1")
        order = self.env["mrp.production"].create({
            "product_id": machine.id, "product_qty": 1, "bom_id": False, "lot_producing_ids": [(6, 0, number.ids)],
            "move_raw_ids": [(0, 0, {"product_id": self.serial_product.id, "product_uom_qty": 1})],
        })
        order.action_confirm()
        order.move_raw_ids.lot_ids = serial
        self._finish(self._as("mrp_only", order))
        self.assertEqual(self._places(serial), self.env["stock.location"].browse(order.production_location_id.id))
        self.assertEqual(self._places(number), self.warehouse.lot_stock_id)
        # a unit that is inside another product is not there a second time: core's own check still stands
        again = order.copy()
        again.action_confirm()
        again.lot_producing_ids = self._create_lots(machine, "M2")
        again.move_raw_ids.lot_ids = serial
        again.move_raw_ids.picked = True
        with self.assertRaisesRegex(UserError, "already been consumed"):
            again.button_mark_done()

    def test_produced_must_be_consumed(self):
        """Core lets an order consume SN1 and SN2 and produce SN1 and SN3; a rework order does not."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials))
        order = disposition.production_ids
        order.lot_producing_ids = first | third
        self.assertEqual(order.move_raw_ids.lot_ids, first | third)
        raw = order.move_raw_ids.move_line_ids.filtered(lambda raw: raw.lot_id == third)
        raw.lot_id = second
        with self.assertRaisesRegex(UserError, r"takes 2 Units \(SN1, SN2\) .* brings out 2 Units \(SN1, SN3\)"), \
                self.env.cr.savepoint():
            order.button_mark_done()
        self.env.invalidate_all()
        raw.lot_id = third
        self._finish(order)
        self.assertEqual(self._places(second), self.returns_zone)

    def test_fewer_than_planned(self):
        """Two of three are reworked: no backorder is left; the third is owed again and gets an order of its own."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials))
        order = disposition.production_ids
        order.lot_producing_ids = first | third
        self._finish(order)
        self.assertEqual(disposition.production_ids, order)
        self.assertEqual(self._places(second), self.returns_zone)
        self.assertEqual((disposition.state, disposition.next_step, disposition.worked_qty), ("running", "execute", 2))
        self._execute(disposition)
        rest = disposition.production_ids - order
        self.assertEqual((rest.product_qty, rest.lot_producing_ids), (1, second))
        self._execute(disposition)
        self.assertEqual(disposition.production_ids, order | rest)

    def test_fewer_by_the_dialog(self):
        """The planner takes a serial off in core's dialog: it is not consumed either; a new number is refused."""
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials))
        order = self._as("mrp_only", disposition.production_ids)
        dialog = Form(self._as("mrp_only", self.env["mrp.production.serials"]).with_context(
            default_production_id=order.id))
        self.assertEqual(dialog.serial_numbers, "SN1\nSN2\nSN3")
        dialog.serial_numbers = "SN1\nSN77"
        dialog.save().action_apply()
        with self.assertRaisesRegex(UserError, r"SN77.* names other lots or serial numbers"), self.env.cr.savepoint():
            order.button_mark_done()
        self.env.invalidate_all()
        dialog.serial_numbers = "SN1\nSN3"
        dialog.save().action_apply()
        self._finish(order)
        self.assertEqual(disposition.production_ids.move_raw_ids.lot_ids, first | third)
        self.assertEqual(self._places(second), self.returns_zone)
        self.assertEqual((disposition.worked_qty, disposition.next_step), (2, "execute"))

    def test_untracked_in_part(self):
        """Five pieces, three reworked by the scheme: two are owed again; parts follow what was really reworked.

        [S2.01-16] [S2.01-30]
        """
        part = self._create_product("Cx Seal")
        self._put_in_stock(part, 100)
        center = self.env["mrp.workcenter"].create({"name": "Bench", "costs_hour": 60})
        scheme = self._create_scheme({
            "name": "Seal",
            "part_ids": [(0, 0, {"product_id": part.id, "quantity": 2})],
            "operation_ids": [(0, 0, {"name": "Open", "workcenter_id": center.id, "minutes": 6}),
                              (0, 0, {"name": "Close", "workcenter_id": center.id, "minutes": 4, "sequence": 20})],
        })
        line = self._come_back(self.product, 5)
        disposition = self._execute(self._decide(line, 5, "rework", scheme_id=scheme.id))
        order = disposition.production_ids
        self.assertEqual(order.workorder_ids.sorted("sequence").mapped("name"), ["Open", "Close"])
        self.assertEqual(order.workorder_ids.mapped("duration_expected"), [30, 20])
        self.assertRecordValues(order.move_raw_ids, [
            {"product_id": self.product.id, "product_uom_qty": 5, "location_id": self.returns_zone.id,
             "cx_rma_line_id": line.id, "cx_disposition_id": disposition.id},
            {"product_id": part.id, "product_uom_qty": 10, "location_id": self.warehouse.lot_stock_id.id,
             "cx_rma_line_id": False, "cx_disposition_id": disposition.id}])
        self.assertRecordValues(order.move_finished_ids, [
            {"cx_rma_line_id": line.id, "cx_disposition_id": disposition.id,
             "location_dest_id": self.reworked_zone.id, "location_final_id": self.reworked_zone.id}])
        order.qty_producing = 3
        order.set_qty_producing()
        self._finish(order)
        self.assertEqual(self._on_hand(self.product, self.reworked_zone), 3)
        self.assertEqual(self._on_hand(self.product, self.returns_zone), 2)
        self.assertEqual(self._on_hand(part), 94)
        self.assertEqual((disposition.worked_qty, disposition.next_step), (3, "execute"))

    def test_traveller_takes_the_scheme_along(self):
        """Three, then all five of five: a copy each for production and warehouse, with steps, extra parts and report.

        [S2.01-31] [S2.02-36] [S2.02-39] [S2.02-41] [S2.14-10]
        """
        part = self._create_product("Cx Seal")
        center = self.env["mrp.workcenter"].create({"name": "Bench"})
        scheme = self._create_scheme({
            "name": "Seal", "part_ids": [(0, 0, {"product_id": part.id, "quantity": 2})],
            "operation_ids": [(0, 0, {"name": "Open", "workcenter_id": center.id, "minutes": 6})]})
        for quantity in (3, 5):
            line = self._come_back(self.product, 5)
            order = self._execute(self._decide(line, quantity, "rework", scheme_id=scheme.id)).production_ids
            paper = self._as("mrp_only", order)._paper("traveller")
            self.assertEqual(paper["copies"], ["Copy 1 of 2: production", "Copy 2 of 2: warehouse"])
            sections = {section["code"]: section for section in paper["sections"]}
            self.assertEqual([row[1:3] for row in sections["operations"]["rows"]], [["Open", "Bench"]])
            [issued] = sections["parts"]["rows"]
            self.assertEqual((issued[1], issued[3:5]), ("Cx Seal", [f"{2 * quantity} {part.uom_id.name}", "☑"]))
            titles = [title for title, *_rest in sections["report"]["columns"]]
            self.assertEqual(titles[:3], ["Good", "Not good", "Scrap"])
            self.assertIn(("Quality", [("Checked", "", "")]), sections["signatures"]["columns"])

    def test_unpicked_unit_does_not_close_the_order(self):
        """Core closes an order whose component was not picked; a rework order without its unit stays open."""
        line = self._come_back(self.product, 2)
        order = self._execute(self._decide(line, 2, "rework")).production_ids
        order.qty_producing = 2
        order.set_qty_producing()
        order.move_raw_ids.picked = False
        with self.assertRaisesRegex(UserError, "takes 0 Units of .* into work and brings out 2 Units"):
            order.button_mark_done()

    def test_destination_is_the_zone(self):
        """An order told to bring the goods straight to stock is refused: the check comes first."""
        line = self._come_back(self.product, 2)
        order = self._execute(self._decide(line, 2, "rework")).production_ids
        order.location_dest_id = self.warehouse.lot_stock_id
        order.qty_producing = 2
        order.set_qty_producing()
        order.move_finished_ids.move_line_ids.location_dest_id = self.warehouse.lot_stock_id
        with self.assertRaisesRegex(UserError, "without the check"), self.env.cr.savepoint():
            self._as("mrp_only", order).button_mark_done()
        self.env.invalidate_all()
        self.assertEqual(self._on_hand(self.product, self.returns_zone), 2)

    def test_source_stays_pinned(self):
        """Another source or operation type moves the parts' source, never that of the returned units."""
        line = self._come_back(self.product, 2)
        order = self._execute(self._decide(line, 2, "rework")).production_ids
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id})
        order.location_src_id = shelf
        self.assertEqual(order.move_raw_ids.location_id, self.returns_zone)
        order.picking_type_id = self.warehouse.manu_type_id
        self.assertEqual(order.move_raw_ids.location_id, self.returns_zone)

    def test_lot_goes_in_and_comes_out(self):
        """Half of a lot is reworked: the same lot comes out, nothing is renamed and no lot is invented."""
        lot = self._create_lots(self.lot_product, "L1")
        line = self._come_back(self.lot_product, 10, lot)
        disposition = self._execute(self._decide(line, 4, "rework", lots=lot))
        self._finish(disposition.production_ids)
        self.assertEqual(self._on_hand(self.lot_product, self.reworked_zone, lot), 4)
        self.assertEqual(self._on_hand(self.lot_product, self.returns_zone, lot), 6)
        self.assertEqual(self.env["stock.lot"].search([("product_id", "=", self.lot_product.id)]), lot)

    def test_cancelled_order_is_owed_again(self):
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials))
        order = disposition.production_ids
        self._as("mrp_only", order).action_cancel()
        self.assertEqual((disposition.state, disposition.next_step), ("approved", "execute"))
        for lot in self.serials:
            self.assertEqual(self._places(lot), self.returns_zone)
        self._execute(disposition)
        self._finish(disposition.production_ids - order)
        for lot in self.serials:
            self.assertEqual(self._places(lot), self.reworked_zone)

    def test_unbuild_takes_back_the_very_serial(self):
        """The second of three reworked serials is taken apart again: it alone is back in the returns zone."""
        part = self._create_product("Cx Bolt")
        self._put_in_stock(part, 10)
        scheme = self._create_scheme({
            "name": "Bolt", "part_ids": [(0, 0, {"product_id": part.id, "quantity": 1})]})
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials, scheme_id=scheme.id))
        order = disposition.production_ids
        self._finish(order)
        unbuild = self._as("mrp_only", self.env["mrp.unbuild"]).create({
            "mo_id": order.id, "product_id": self.serial_product.id, "lot_id": second.id, "product_qty": 1,
            "location_id": self.reworked_zone.id, "location_dest_id": self.warehouse.lot_stock_id.id,
        })
        unbuild.action_validate()
        self.assertEqual(unbuild.state, "done")
        self.assertEqual(self._places(first), self.reworked_zone)
        self.assertEqual(self._places(second), self.returns_zone)
        self.assertEqual(self._places(third), self.reworked_zone)
        self.assertEqual(self._on_hand(part), 8)
        self.assertEqual((disposition.worked_qty, disposition.next_step), (2, "execute"))
        self._execute(disposition)
        self._finish(disposition.production_ids - order)
        self.assertEqual(disposition.worked_qty, 3)
        for lot in self.serials:
            self.assertEqual(self._places(lot), self.reworked_zone)
