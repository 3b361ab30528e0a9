from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkDocuments(ReworkCommon):
    """Scraps and transfers of dispositions, and what comes of their failing, repeating and correcting."""

    # Scrap

    def test_scrap_of_serials(self):
        """Two of three serials are scrapped: they stand in the scrap location only, the third is free.

        [S2.05-25] [S2.14-9]
        """
        first, second, third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._decide(line, 2, destination="scrap", lots=first | third, reason="Broken housing")
        self._execute(disposition, "cx_warehouse")
        self.assertRecordValues(disposition.scrap_ids.sorted("lot_id"), [
            {"lot_id": lot.id, "scrap_qty": 1, "state": "done", "location_id": self.returns_zone.id,
             "scrap_location_id": self.env.company.cx_scrap_location_id.id} for lot in first | third])
        self.assertIn("Broken housing", disposition.scrap_ids[0].origin)
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 2))
        self.assertEqual(self._places(second), self.returns_zone)
        for lot in first | third:
            self.assertEqual(self._places(lot), self.env.company.cx_scrap_location_id)

    def test_scrap_location_is_not_that_of_adjustments(self):
        adjustments = self.product.with_company(self.env.company).property_stock_inventory
        location = self.env.company._cx_scrap_location()
        self.assertNotEqual(location, adjustments)
        self.assertEqual((location.usage, location.company_id), ("inventory", self.env.company))
        self.assertEqual(self.env.company._cx_scrap_location(), location)

    def test_scrap_of_what_is_not_there(self):
        """Scrapping refuses what somebody moved inside quarantine, and says where it was looked for."""
        line = self._come_back(self.product, 3)
        disposition = self._decide(line, 3, destination="scrap")
        self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id", "=", self.returns_zone.id),
        ]).move_quants(self.warehouse.cx_bonded_loc_id)
        with self.assertRaisesRegex(UserError, "3 Units of .* are to be scrapped, 0 stand in"), \
                self.env.cr.savepoint():
            self._execute(disposition)
        self.assertFalse(disposition.scrap_ids)
        disposition.source_location_id = self.warehouse.cx_bonded_loc_id
        self._execute(disposition)
        self.assertEqual(disposition.state, "done")

    def test_scraps_keep_their_quantities(self):
        """Scraps validated together keep their own quantities: core would leave 1 on all but the first."""
        line = self._come_back(self.product, 9)
        dispositions = self._decide(line, 4, destination="scrap") | self._decide(line, 5, destination="scrap")
        self._execute(dispositions)
        self.env.invalidate_all()
        self.assertEqual([disposition.scrap_ids.scrap_qty for disposition in dispositions], [4, 5])
        self.assertEqual(self._on_hand(self.product, self.returns_zone), 0)

    # Restock

    def test_restock_by_shares(self):
        """Five of eight go to stock in two steps; what the warehouse leaves out stays owed on the backorder.

        [S2.05-23]
        """
        line = self._come_back(self.product, 8)
        disposition = self._execute(self._decide(line, 5))
        transfer = disposition._open_leaving_moves().picking_id
        self.assertEqual(transfer.picking_type_id, self.warehouse.cx_release_type_id)
        self.assertEqual((disposition.state, disposition.next_step), ("running", "move"))
        transfer = self._as("stock_only", transfer)
        transfer.move_ids.quantity = 2
        transfer.move_ids.picked = True
        transfer.with_context(skip_backorder=True).button_validate()
        self.assertEqual((disposition.done_qty, disposition.state), (2, "running"))
        rest = disposition._open_leaving_moves()
        self.assertEqual(rest.product_uom_qty, 3)
        self._execute(disposition)
        self.assertEqual(disposition._open_leaving_moves(), rest)
        self._as("stock_only", rest.picking_id).action_cancel()
        self.assertEqual(disposition.next_step, "execute")
        self._execute(disposition)
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual((disposition.done_qty, disposition.state), (5, "done"))
        self.assertEqual(self._on_hand(self.product, self.returns_zone), 3)
        self.assertEqual(self._on_hand(self.product, self.warehouse.lot_stock_id), 5)

    def test_putaway_of_restocked_goods(self):
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": self.warehouse.lot_stock_id.id})
        self.env["stock.putaway.rule"].create({
            "product_id": self.product.id, "location_in_id": self.warehouse.lot_stock_id.id,
            "location_out_id": shelf.id})
        disposition = self._execute(self._decide(self._come_back(self.product, 2), 2))
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(self._on_hand(self.product, shelf), 2)

    def test_reworked_goods_are_told_apart(self):
        """Reworked serials are known by their history, reworked loose goods by their place. [S2.14-12]"""
        loose = self._execute(self._decide(self._come_back(self.product, 4), 4, "rework", "reworked"))
        serial = self.serials[0]
        tracked = self._execute(self._decide(
            self._come_back(self.serial_product, 1, serial), 1, "rework", "reworked", lots=serial))
        self._finish((loose | tracked).production_ids)
        self._as("cx_quality", loose | tracked).action_release()
        (loose | tracked)._open_leaving_moves().picking_id.button_validate()
        place = self.warehouse.cx_reworked_stock_loc_id
        self.assertEqual(place.location_id, self.warehouse.lot_stock_id)
        self.assertEqual(self._on_hand(self.product, place), 4)
        self.assertEqual(self._places(serial), self.warehouse.lot_stock_id)
        self.assertEqual(serial.cx_rework_count, 1)
        self.assertEqual(self.serials[1].cx_rework_count, 0)

    # Release after the check

    def test_part_passes_the_check(self):
        """Of five reworked three pass: these go to stock; the others are undecided again and scrapped.

        [S2.14-13] [S2.02-37] [S2.02-40] [S2.18-24]
        """
        line = self._come_back(self.product, 5)
        disposition = self._execute(self._decide(line, 5, "rework"))
        self._finish(disposition.production_ids)
        with self.assertRaisesRegex(UserError, "0 have passed the check"), self.env.cr.savepoint():
            picking = self.env["stock.picking"].create({
                "picking_type_id": self.warehouse.cx_release_type_id.id, "location_id": self.reworked_zone.id,
                "location_dest_id": self.warehouse.lot_stock_id.id,
                "move_ids": [(0, 0, {
                    "product_id": self.product.id, "product_uom_qty": 5, "location_id": self.reworked_zone.id,
                    "location_dest_id": self.warehouse.lot_stock_id.id, "cx_rma_line_id": line.id,
                    "cx_disposition_id": disposition.id})]})
            picking.action_confirm()
            picking.move_ids.quantity = 5
            self._as("stock_only", picking).button_validate()
        wizard = self._as("cx_quality", self.env["cx.disposition.release"]).with_context(
            default_disposition_id=disposition.id).create({})
        self.assertEqual((wizard.waiting_qty, wizard.quantity), (5, 5))
        wizard.quantity = 6
        with self.assertRaisesRegex(UserError, "6 Units are to be released, 5 wait"):
            wizard.action_release()
        wizard.quantity = 3
        wizard.action_release()
        transfer = disposition._open_leaving_moves().picking_id
        self.assertEqual(transfer.move_ids.product_uom_qty, 3)
        with self.assertRaisesRegex(UserError, transfer.name), self.env.cr.savepoint():
            self._as("cx_quality", disposition).action_close_short()
        transfer.button_validate()
        self.assertEqual((disposition.done_qty, disposition.next_step), (3, "release"))
        self._as("cx_quality", disposition).action_close_short()
        self.assertEqual(disposition.state, "done")
        scrap = self._decide(line, 2, destination="scrap", source_location_id=self.reworked_zone.id)
        self._execute(scrap, "cx_warehouse")
        self.assertEqual(scrap.state, "done")
        self.assertEqual(self._on_hand(self.product, self.reworked_zone), 0)
        self.assertEqual(self._on_hand(self.product, self.warehouse.lot_stock_id), 3)

    def test_serial_found_bad_is_not_released(self):
        """Releasing all leaves out the serial whose inspection after rework says no."""
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(line, 3, "rework", lots=self.serials))
        self._finish(disposition.production_ids)
        bad = self.env["cx.verdict"].create({"name": "Still bad"})
        good = self.env["cx.verdict"].create({"name": "Works", "is_good": True})
        inspection = self.env["cx.inspection"].create({
            "rma_line_id": line.id, "stage": "after_rework", "mode": "full", "line_ids": [
                (0, 0, {"verdict_id": good.id, "quantity": 2, "lot_ids": [(6, 0, self.serials[:2].ids)]}),
                (0, 0, {"verdict_id": bad.id, "quantity": 1, "lot_ids": [(6, 0, self.serials[2:].ids)]})],
        })
        with self.assertRaisesRegex(UserError, f"{inspection.name} is not finished"), self.env.cr.savepoint():
            self._as("cx_quality", disposition).action_release()
        inspection.sudo().decision = "done"
        self._as("cx_quality", disposition).action_release()
        self.assertEqual(disposition.released_lot_ids, self.serials[:2])
        self.assertEqual(disposition._open_leaving_moves().move_line_ids.lot_id, self.serials[:2])

    # Back to the customer

    def test_repaired_goods_go_back(self):
        """The customer's pump is repaired and sent back: never ours, worth nothing, the order's figures stay.

        [S2.05-29]
        """
        product = self._create_product("Cx Gauge", categ_id=self.env["product.category"].create(
            {"name": "Average", "property_cost_method": "average"}).id)
        line = self._come_back(product, 2, goods_owner="customer")
        order_line = line.origin_move_id.sale_line_id
        owner = self.customer
        self.assertEqual((order_line.qty_delivered, product.total_value), (2, 0))
        disposition = self._execute(self._decide(line, 2, "repair", "customer"))
        order = disposition.production_ids
        self.assertEqual(order.move_raw_ids.move_line_ids.owner_id, owner)
        self._finish(self._as("mrp_only", order))
        self.assertEqual(order.move_finished_ids.move_line_ids.owner_id, owner)
        self.assertEqual((order.move_raw_ids.value, order.move_finished_ids.value, product.total_value), (0, 0, 0))
        self._as("cx_quality", disposition).action_release()
        transfer = disposition._open_leaving_moves().picking_id
        receipt = line.move_ids.filtered(lambda move: move.location_dest_id == self.returns_zone)
        self.assertRecordValues(transfer, [{
            "picking_type_id": self.warehouse.cx_back_type_id.id, "partner_id": self.customer.id,
            "return_id": receipt.picking_id.id, "location_id": self.reworked_zone.id}])
        self.assertRecordValues(transfer.move_ids, [{
            "origin_returned_move_id": receipt.id, "to_refund": False, "product_uom_qty": 2,
            "cx_rma_line_id": line.id, "cx_disposition_id": disposition.id}])
        self.assertEqual(transfer.move_line_ids.owner_id, owner)
        self._as("stock_only", transfer).button_validate()
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 2))
        self.assertEqual((order_line.qty_delivered, order_line.qty_invoiced, product.total_value), (2, 0, 0))
        self.assertEqual(transfer.move_ids.value, 0)
        self.assertFalse(order_line.order_id.order_line - order_line)

    def test_unrepaired_serials_go_back(self):
        """Two receipts brought three serials: what goes back is the return of the receipt that brought it."""
        first, second, third = self.serials
        self._put_in_stock(self.serial_product, 3, self.serials)
        order = self._sell((self.serial_product, 3), deliver=False)
        delivered = order.picking_ids.move_ids
        self._move_lots(delivered, 3, self.serials)
        order.picking_ids.button_validate()
        line = self._create_rma_line(delivered, 3, self.serials)
        one, other = self._receive(line, 2, first | second), self._receive(line, 1, third)
        disposition = self._execute(self._decide(line, 2, destination="customer", lots=second | third))
        transfer = disposition._open_leaving_moves().picking_id
        self.assertEqual(transfer.move_line_ids.lot_id, second | third)
        self.assertEqual(
            {move.lot_ids: move.origin_returned_move_id for move in transfer.move_ids},
            {second: one.move_ids, third: other.move_ids})
        self._as("stock_only", transfer).button_validate()
        self.assertEqual(order.order_line.qty_delivered, 3)
        self.assertEqual(self._places(first), self.returns_zone)
        self.assertEqual(self._places(second), self.customer.property_stock_customer)

    # Any selection, once

    def test_any_selection(self):
        """Server actions take what concerns them from a selection, skip what is finished, and name what is refused."""
        line = self._come_back(self.product, 10)
        rework, other_rework = self._decide(line, 2, "rework"), self._decide(line, 1, "repair", "customer")
        scrap, restock = self._decide(line, 2, destination="scrap"), self._decide(line, 3)
        everything = self._as("cx_planning", rework | other_rework | scrap | restock)
        everything.action_create_scraps()
        self.assertEqual((len(scrap.scrap_ids), len(everything.sudo().production_ids)), (1, 0))
        everything.action_create_rework_orders()
        everything.action_create_rework_orders()
        self.assertEqual([len(one.production_ids) for one in (rework, other_rework, scrap, restock)], [1, 1, 0, 0])
        everything.action_restock()
        everything.action_restock()
        self.assertEqual(len(restock._open_leaving_moves()), 1)
        with self.assertRaisesRegex(UserError, "None of the selected dispositions is to be scrapped"):
            self._as("cx_planning", rework | restock).action_create_scraps()
        proposed = self._decide(line, 1, destination="scrap", approve=False)
        with self.assertRaisesRegex(UserError, f"{proposed.name}: It is Proposed"):
            self._as("cx_planning", scrap | proposed).action_create_scraps()

    def test_from_the_lines(self):
        """Planning starts from the returned lines; a line without a decision is named."""
        line = self._come_back(self.product, 3)
        with self.assertRaisesRegex(UserError, "Ask quality to decide"):
            self._as("cx_planning", line).action_execute_dispositions()
        disposition = self._decide(line, 3, "rework")
        self._as("cx_planning", line).action_execute_dispositions()
        self.assertEqual(disposition.production_ids.product_qty, 3)

    def test_server_actions(self):
        """The actions of the menu do it for any selection, and only for those whose turn it is."""
        line = self._come_back(self.product, 6)
        dispositions = (
            self._decide(line, 2, "rework") | self._decide(line, 2, destination="scrap") | self._decide(line, 2))
        for name in ("create_rework_orders", "create_scraps", "restock"):
            action = self.env.ref(f"cx_complaint.disposition_server_action_{name}")
            for login, allowed in (("stock_only", False), ("cx_planning", True), ("cx_planning", True)):
                run = self._as(login, action).with_context(
                    active_model="cx.disposition", active_ids=dispositions.ids, active_id=dispositions[0].id).run
                if allowed:
                    run()
                else:
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        run()
        self.assertEqual(
            (len(dispositions.production_ids), len(dispositions.scrap_ids), len(dispositions._open_leaving_moves())),
            (1, 1, 1))

    def test_one_create_for_a_selection(self):
        """Forty dispositions: their orders are created in one go and confirmed together."""
        line = self._come_back(self.product, 40)
        dispositions = self.env["cx.disposition"].create(
            [{"rma_line_id": line.id, "quantity": 1, "work": "rework"} for _number in range(40)])
        dispositions.action_approve()
        Production = self.env.registry["mrp.production"]
        created = []
        original = Production.create
        self.patch(Production, "create", lambda orders, vals_list: (
            created.append(len(vals_list)), original(orders, vals_list))[1])
        self._execute(dispositions)
        self.assertEqual(created, [40])
        self.assertEqual(set(dispositions.production_ids.mapped("state")), {"confirmed"})

    # Who

    def test_low_right_users_do_the_work(self):
        """Planning creates, manufacturing and warehouse do it with core's screens and no complaint rights.

        [S2.14-11] [S2.05-28]
        """
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._decide(line, 3, "rework", lots=self.serials)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._as("mrp_only", disposition).action_execute()
        self._execute(disposition, "cx_planning")
        order = self._as("mrp_only", disposition.production_ids)
        order.with_context(skip_redirection=True).button_mark_done()
        self.assertEqual(order.state, "done")
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self._as("cx_planning", disposition).action_release()
        self._as("cx_quality", disposition).action_release()
        transfer = self._as("stock_only", disposition._open_leaving_moves().picking_id)
        transfer.button_validate()
        self.assertEqual((transfer.state, disposition.state), ("done", "done"))
        with self.assertRaises(AccessError):
            self._as("stock_only", disposition).read(["name"])
