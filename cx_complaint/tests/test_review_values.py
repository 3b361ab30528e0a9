from odoo import Command, fields
from odoo.tests import tagged

from .ownership_common import OwnershipCommon


@tagged("post_install", "-at_install")
class TestReviewValues(OwnershipCommon):
    """Goods being stored, corrections of kits and dozens, discount stock, reversals, and values by every cost method."""

    # Stored repaired goods

    def test_repaired_goods_in_the_after_sales_warehouse_are_decided(self):
        """One of three is repaired and waits in after-sales, two are exchanged: the repaired one stays his."""
        self.env.company.cx_receipt_profile_id = self.env.ref("cx_complaint.receipt_profile_aftersales")
        line = self._send_in(3)
        aftersales = self.warehouse.cx_aftersales_loc_id
        repair = self._decide(line, 1, work="repair", destination="customer")
        repair.action_execute()
        repair.production_ids.with_context(skip_redirection=True).button_mark_done()
        repair.action_release()
        store = line._open_store_moves().picking_id
        store.move_ids.picked = True
        store.button_validate()
        self.env.invalidate_all()
        self.assertEqual(repair._places()[repair], {(aftersales, self.env["stock.lot"]): 1.0})
        settlement = self._exchange(line, 2)
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)
        repair.action_execute()
        back = line.move_ids.picking_id.filtered(lambda p: p.state not in ("done", "cancel"))
        back.move_ids.picked = True
        back.button_validate()
        self._assert_goods(line, 3, 2, final=1, ours=2)

    def test_taken_over_while_being_stored(self):
        """Goods on a transfer within quarantine become ours: the transfer carries them still."""
        line = self._send_in(3)
        store = line._store(self.warehouse.cx_aftersales_loc_id)
        self.assertEqual(store.move_ids.quantity, 3.0)
        settlement = self._exchange(line, 2)
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)
        self.assertEqual(store.state, "cancel")
        store = line._open_store_moves().picking_id
        store.move_ids.picked = True
        store.with_context(skip_backorder=True).button_validate()
        self._assert_goods(line, 3, 3, his=1, ours=2)
        quants = self.env["stock.quant"].search([
            ("product_id", "=", line.product_id.id), ("location_id", "=", self.warehouse.cx_aftersales_loc_id.id)])
        self.assertEqual(sum(quants.mapped("quantity")), 3.0)

    # Corrections in other units, of kits

    def test_missing_of_dozens(self):
        """Two dozen sold, six pieces missing: half a dozen is delivered later, nothing is invoiced."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 2, "product_uom_id": dozen.id})]})
        order.action_confirm()
        self._validate(order.picking_ids)
        self._invoice(order)
        line = self._complain(order, 6, shipment_error="short")
        self._correct(line)
        self._assert_order(order, 1.5, 2)
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self._assert_order(order, 2, 2)
        self._assert_nothing_to_invoice(order)

    def _correct(self, line):
        self._as("cx_service", line).action_propose_correction()
        for picking in line.correction_move_ids.picking_id:
            picking.action_confirm()
            picking.move_ids.picked = True
            picking.button_validate()

    def test_missing_part_of_a_kit(self):
        """A kit's pump was missing: delivered later, the kit is delivered."""
        hose, pump, kit = (self._create_product(name, invoice_policy="delivery") for name in ("Cx Hose", "Cx Motor", "Cx Kit"))
        kit.is_storable = False
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                Command.create({"product_id": product.id, "product_qty": count}) for product, count in ((hose, 2), (pump, 1))]})
        self._put_in_stock(hose, 50)
        self._put_in_stock(pump, 50)
        order = self._sell_and_invoice(3, product=kit)
        move = order.picking_ids.move_ids.filtered(lambda m: m.product_id == pump)
        line = self.env["cx.complaint"].create({
            "summary": "Missing", "partner_id": self.customer.id, "line_ids": [Command.create({
                "product_id": pump.id, "quantity": 1, "origin_move_id": move.id, "sale_line_id": order.order_line.id,
                "shipment_error": "short"})]}).line_ids
        self._correct(line)
        self._assert_order(order, 2, 3)
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self.env.invalidate_all()
        self._assert_order(order, 3, 3)
        self._assert_nothing_to_invoice(order)

    def test_correction_of_two_step_delivery(self):
        self.warehouse.delivery_steps = "pick_ship"
        order = self._sell((self.product, 5))
        for _n in range(2):
            self._validate(order.picking_ids.filtered(lambda p: p.state not in ("done", "cancel")))
        self._invoice(order)
        line = self._complain(order, 2, shipment_error="short")
        self._correct(line)
        self._assert_order(order, 3, 5)
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        for _n in range(2):
            self._validate(settlement.move_ids.picking_id.filtered(lambda p: p.state not in ("done", "cancel")))
        self.env.invalidate_all()
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)

    def test_goodwill_beyond_the_correction_is_not_invoiced(self):
        order = self._sell_and_invoice(5)
        line = self._complain(order, 2, shipment_error="short")
        self._correct(line)
        for quantity, goodwill in ((2.0, False), (1.0, True)):
            settlement = self._propose(line, "replacement", quantity=quantity, is_goodwill=goodwill)
            self._approve(settlement)
            self._execute(settlement)
            self._validate(settlement.move_ids.picking_id)
        self.env.invalidate_all()
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)

    # Discount stock

    def test_sold_at_a_discount_in_parts_and_back(self):
        """Five sold out of discount stock, three delivered, the rest cancelled; two come back and are credited."""
        place = self.warehouse.cx_discount_loc_id
        self._put_in_stock(self.product, 5, location=place)
        self.env["cx.discount.rate"].create({"product_id": self.product.id, "discount": 40})
        on_hand, value = self.product.qty_available, self.product.total_value
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 5, "cx_from_discount": True})]})
        order.action_confirm()
        self._validate(order.picking_ids, {self.product: 3})
        rest = order.picking_ids.filtered(lambda p: p.state != "done")
        self.assertEqual((rest.move_ids.location_id, rest.move_ids.product_uom_qty), (place, 2.0))
        rest.action_cancel()
        self.env.invalidate_all()
        self.assertEqual((self.product.qty_available, self.product.virtual_available), (on_hand, on_hand))
        self._invoice(order)
        self._assert_order(order, 3, 3)
        line = self._complain(order, 2, return_decision="return")
        rma = self.env["cx.rma"].browse(line.complaint_id.action_create_rma()["res_id"])
        rma.action_authorise()
        self._validate(rma.picking_ids)
        credit = self._propose(line, "credit", quantity=2.0)
        self._approve(credit)
        self._execute(credit)
        self._notes(credit).action_post()
        self._move(self._decide(rma.line_ids, 2, destination="discount"))
        self.env.invalidate_all()
        self._assert_order(order, 1, 1)
        self._assert_nothing_to_invoice(order)
        self.assertEqual((self.product.qty_available, self.product.virtual_available), (on_hand, on_hand))
        self.assertAlmostEqual(value - self.product.total_value, 10.0, 2)
        self._assert_values_agree(self.product)

    # Deduction and its reversal

    def test_deduction_reversed_by_finance(self):
        """Finance reverses the credit of a deduction: the price is owed again, and the order is as it was."""
        line = self._send_in(3)
        settlement = self._deduct(line, 3)
        self._execute(settlement)
        note = self._notes(settlement)
        note.action_post()
        self._assert_order(self.order, 0, 0)
        wizard = self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=note.ids).create({
            "journal_id": note.journal_id.id, "reason": "wrong"})
        reversed_note = self.env["account.move"].browse(wizard.reverse_moves()["res_id"])
        reversed_note.invoice_date = fields.Date.today()
        reversed_note.action_post()
        self.env.invalidate_all()
        self.assertNotEqual(settlement.state, "done")
        self._assert_order(self.order, 3, 3)
        self._assert_nothing_to_invoice(self.order)
        self._execute(settlement)
        (self._notes(settlement) - note).action_post()
        self.env.invalidate_all()
        self._assert_order(self.order, 0, 0)
        self._assert_nothing_to_invoice(self.order)
        self._assert_goods(line, 3, 3, ours=3)

    # Values

    def test_dismantled_of_every_method(self):
        for method in ("standard", "average", "fifo"):
            for tracking, own in (("none", False), ("serial", True), ("serial", False), ("lot", True)):
                with self.subTest(method=method, tracking=tracking, own=own):
                    self._use_up(method, tracking, own)

    def _use_up(self, method, tracking, own):
        category = self.env["product.category"].create({"name": method, "property_cost_method": method})
        product, part, made = (
            self._create_product(f"Cx {name} {method} {tracking}", categ_id=category.id, standard_price=price, **vals)
            for name, price, vals in (
                ("unit", 10.0 if method == "standard" else 0.0, {"tracking": tracking, "lot_valuated": own}),
                ("part", 3.0, {}), ("made", 7.0, {})))
        lots = None
        if tracking == "serial":
            lots = self._create_lots(product, *(f"{method}-{own}-{n}" for n in range(4)))
            for n, lot in enumerate(lots):
                self._buy(product, 1, 10.0 + n, lot)
        elif tracking == "lot":
            lots = self._create_lots(product, f"{method}-L")
            self._put_in_stock(product, 4, lots)
        else:
            self._buy(product, 2, 10.0)
            self._buy(product, 2, 11.0)
        order = self._sell((product, 4))
        self._invoice(order)
        line = self._complain(order, 4)
        rma = self.env["cx.rma"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "kind_id": self.env.ref("cx_complaint.rma_kind_return").id,
            "line_ids": [Command.create({"complaint_line_id": line.id, "product_id": product.id, "quantity": 4,
                                         "origin_move_id": line.origin_move_id.id})]})
        rma.action_authorise()
        self._validate(rma.picking_ids)
        back = rma.line_ids
        self.assertEqual(back.received_qty, 4)
        self._agree(product, part, made)
        chosen = [lots[:2], lots[2:3], lots[3:]] if tracking == "serial" else [lots or self.env["stock.lot"]] * 3
        taken = self._decide(back, 2, work="dismantle", lots=chosen[0], component_ids=[
            Command.create({"product_id": part.id, "quantity": 2}),
            Command.create({"product_id": made.id, "quantity": 1, "fate": "scrap"})])
        taken.action_execute()
        self._agree(product, part, made)
        turned = self._decide(back, 1, work="conversion", lots=chosen[1], output_product_id=made.id, output_qty=2)
        turned.action_execute()
        mo = turned.production_ids
        mo.qty_producing = mo.product_qty
        mo.move_raw_ids.picked = True
        mo.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()
        self._agree(product, part, made)
        if tracking != "none":
            self._decide(back, 1, destination="discount", lots=chosen[2])
        else:
            self._decide(back, 1, destination="discount")
        self._move(back.disposition_ids.filtered(lambda d: d.destination == "discount"))
        self._agree(product, part, made)
        self.assertEqual((back.quarantine_qty, back.final_qty, part.qty_available, made.qty_available), (0, 4, 4, 2))
        self._assert_nothing_to_invoice(order)

    def _agree(self, *products):
        self.env.invalidate_all()
        for product in products:
            self._assert_values_agree(product)
