from .common import CxCommon


class ReturnsCommon(CxCommon):
    """A delivered customer who complains, and the clauses of a return; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.user.group_ids |= cls.env.ref("stock.group_tracking_owner")
        cls.customer.email = "customer@example.com"
        cls.zone = cls.warehouse.cx_returns_loc_id
        cls.kind_repair = cls.env.ref("cx_complaint.rma_kind_repair")

    @classmethod
    def _deliver(cls, product, quantity, lots=None, partner=None):
        """Sell and deliver; lots as ``{lot: quantity}``.

        :return: the delivered move
        """
        for lot, lot_quantity in (lots or {cls.env["stock.lot"]: quantity}).items():
            cls.env["stock.quant"]._update_available_quantity(
                product, cls.warehouse.lot_stock_id, lot_quantity, lot_id=lot or None)
        order = cls._sell((product, quantity), partner=partner, deliver=False)
        move = order.picking_ids.move_ids
        if lots:
            move._do_unreserve()
            move.move_line_ids = [(0, 0, {
                "product_id": product.id, "lot_id": lot.id, "quantity": lot_quantity,
                "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            }) for lot, lot_quantity in lots.items()]
        move.picked = True
        order.picking_ids.button_validate()
        return move

    @classmethod
    def _complain(cls, move, quantity, partner=None, **line_vals):
        """A complaint of one line about a delivered move, or a product.

        :return: the complaint line
        """
        vals = {"product_id": move.product_id.id, "origin_move_id": move.id} if move._name == "stock.move" else {
            "product_id": move.id}
        complaint = cls.env["cx.complaint"].create({
            "summary": "Broken", "partner_id": (partner or cls.customer).id,
            "line_ids": [(0, 0, {**vals, "quantity": quantity, "return_decision": "return", **line_vals})],
        })
        return complaint.line_ids

    @classmethod
    def _draft(cls, *lines, **vals):
        """Draft the RMAs of complaint lines by the button of the complaint."""
        complaints = cls.env["cx.complaint"].concat(*[line.complaint_id for line in lines])
        before = cls.env["cx.rma"].search([])
        complaints.action_create_rma()
        rma = cls.env["cx.rma"].search([]) - before
        rma.write(vals)
        return rma

    @classmethod
    def _authorise(cls, move, quantity, **line_vals):
        """An authorised RMA of one line; its receipt waits at the dock."""
        rma = cls._draft(cls._complain(move, quantity, **line_vals))
        rma.action_authorise()
        return rma

    def _receive(self, picking, quantities=None, login="stock_only"):
        """Count and validate as the clerk; what is not named comes as announced."""
        picking = self._as(login, picking)
        for move in picking.move_ids:
            if (quantities or {}).get(move.product_id) is not None:
                move.quantity = quantities[move.product_id]
        picking.move_ids.picked = True
        self.assertIs(picking.button_validate(), True)
        return picking

    def _assert_line(self, line, **quantities):
        """Quantities of the line by noun, e.g. ``received=5``; received = quarantine + work + final always holds."""
        self.env.invalidate_all()
        found = {noun: line[f"{noun}_qty"] for noun in quantities}
        self.assertEqual(found, {noun: float(quantity) for noun, quantity in quantities.items()})
        self.assertAlmostEqual(line.received_qty, line.quarantine_qty + line.in_work_qty + line.final_qty)
