from odoo import Command

from .settlement_common import SettlementCommon


class OwnershipCommon(SettlementCommon):
    """The customer's own goods, sent in for repair, and what they are worth to us; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.zone = cls.warehouse.cx_returns_loc_id

    def _buy(self, product, quantity, price, lots=None):
        """Receive from a vendor at a price of its own."""
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "price_unit": price,
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.warehouse.lot_stock_id.id, "picking_type_id": self.warehouse.in_type_id.id,
        })
        move._action_confirm()
        if lots:
            self._name_lots(move, lots)
        else:
            move.quantity = quantity
        move.picked = True
        move._action_done()
        move.value_manual = quantity * price

    def _send_in(self, quantity, product=None, received=None, lots=None, stock=True):
        """Sold, invoiced, complained of, authorised as the customer's goods, and received.

        :param received: counted; all when not given
        :return: the RMA line
        """
        product = product or self.product
        product.invoice_policy = "delivery"
        if product != self.product and stock:
            self._put_in_stock(product, quantity, lots)
        order = self._sell((product, quantity), deliver=False)
        if lots:
            self._name_lots(order.picking_ids.move_ids, lots)
        else:
            order.picking_ids.move_ids.quantity = quantity
        order.picking_ids.move_ids.picked = True
        order.picking_ids.button_validate()
        self._invoice(order)
        self.order = order
        line = self._complain(order, quantity)
        rma = self.env["cx.rma"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "kind_id": self.env.ref("cx_complaint.rma_kind_repair").id,
            "line_ids": [Command.create({
                "complaint_line_id": line.id, "product_id": product.id, "quantity": quantity,
                "origin_move_id": line.origin_move_id.id,
                "lot_ids": [Command.set((lots or self.env["stock.lot"]).ids)]})],
        })
        rma.action_authorise()
        self._take_in(rma.line_ids, quantity if received is None else received, lots)
        return rma.line_ids

    def _take_in(self, line, quantity, lots=None):
        """The clerk receives so much of what is expected."""
        moves = line._open_receipt_moves()
        if not quantity:
            return
        if lots:
            self._name_lots(moves, lots, line._owner())
        else:
            moves.quantity = quantity
        moves.picked = True
        self._as("stock_only", moves.picking_id).with_context(skip_backorder=True).button_validate()

    def _name_lots(self, move, lots, owner=None):
        move.move_line_ids.unlink()
        move.move_line_ids = [Command.create({
            "product_id": move.product_id.id, "quantity": 1.0, "lot_id": lot.id, "picking_id": move.picking_id.id,
            "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            "owner_id": owner and owner.id}) for lot in lots]

    def _exchange(self, line, quantity, deliver=True, **vals):
        """A replacement, delivered."""
        settlement = self._propose(line.complaint_line_id, "replacement", quantity=quantity, **vals)
        self._approve(settlement)
        self._execute(settlement)
        if deliver:
            self._validate(settlement.move_ids.picking_id)
        return settlement

    def _deduct(self, line, quantity, **vals):
        """The customer kept the price; accepted by the manager."""
        before = line.complaint_line_id.settlement_ids
        self._as("cx_service", line.complaint_line_id).action_propose_deduction()
        settlement = line.complaint_line_id.settlement_ids - before
        self._as("cx_service", settlement).write({
            "quantity": quantity, "debit_note_number": "DN-88", "debit_note_amount": 20.0 * quantity, **vals})
        self._approve(settlement)
        return settlement.with_env(self.env)

    def _decide(self, line, quantity, work="none", destination="stock", lots=None, **vals):
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": quantity, "work": work, "destination": destination,
            "lot_ids": [Command.set(lots.ids)] if lots else False, **vals})
        disposition.action_approve()
        return disposition.with_env(self.env)

    def _move(self, dispositions):
        """The clerk carries out what is decided."""
        self._as("cx_planning", dispositions).action_execute()
        pickings = dispositions.move_ids.picking_id.filtered(lambda picking: picking.state not in ("done", "cancel"))
        pickings.move_ids.picked = True
        self._as("stock_only", pickings).button_validate()

    def _take_over(self, settlement):
        self._as("cx_service", settlement).action_take_over()

    def _assert_goods(self, line, received, quarantine, final=0.0, his=0.0, ours=0.0):
        """Quantities of the line, and whose the units in quarantine are by the books of stock; totals agree."""
        self.env.invalidate_all()
        self.assertEqual(
            (line.received_qty, line.quarantine_qty, line.in_work_qty, line.final_qty),
            (received, quarantine, 0.0, final))
        quants = self.env["stock.quant"].search([
            ("product_id", "=", line.product_id.id), ("location_id.cx_warehouse_id", "=", self.warehouse.id)])
        customers = quants.filtered(lambda quant: quant.owner_id == self.customer)
        self.assertEqual(sum(customers.mapped("quantity")), his)
        self.assertEqual(sum((quants - customers).mapped("quantity")), ours)
        self.assertEqual(sum(customers.mapped("value")), 0.0, "what is the customer's has no value")
        self._assert_values_agree(line.product_id)

    def _assert_values_agree(self, product):
        quants = self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id.usage", "in", ("internal", "transit"))])
        self.assertAlmostEqual(sum(quants.mapped("value")), product.total_value, 2)
        hands = self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "=", self.env.company.cx_owner_change_location_id.id)])
        self.assertEqual(sum(hands.mapped("quantity")), 0.0, "nothing stands between the hands")
