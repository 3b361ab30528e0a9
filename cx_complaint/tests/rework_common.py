from .common import CxCommon


class ReworkCommon(CxCommon):
    """Goods that came back into quarantine, and decisions about them; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.returns_zone = cls.warehouse.cx_returns_loc_id
        cls.reworked_zone = cls.warehouse.cx_reworked_loc_id
        cls.serial_product = cls._create_product("Cx Drive", tracking="serial")
        cls.lot_product = cls._create_product("Cx Cell", tracking="lot")
        cls.serials = cls._create_lots(cls.serial_product, "SN1", "SN2", "SN3")

    @classmethod
    def _come_back(cls, product, quantity, lots=None, goods_owner="company"):
        """Sell, deliver and take back into quarantine.

        :param lots: the serials, or the one lot
        :return: the RMA line
        """
        cls._put_in_stock(product, quantity, lots)
        order = cls._sell((product, quantity), deliver=False)
        delivered = order.picking_ids.move_ids
        cls._move_lots(delivered, quantity, lots)
        order.picking_ids.button_validate()
        line = cls._create_rma_line(delivered, quantity, lots, goods_owner)
        cls._receive(line, quantity, lots)
        return line

    @classmethod
    def _create_rma_line(cls, delivered, quantity, lots=None, goods_owner="company"):
        complaint = cls.env["cx.complaint"].create({
            "summary": "Does not run", "partner_id": cls.customer.id,
            "line_ids": [(0, 0, {
                "product_id": delivered.product_id.id, "origin_move_id": delivered.id, "quantity": quantity})],
        })
        rma = cls.env["cx.rma"].create({
            "partner_id": cls.customer.id, "warehouse_id": cls.warehouse.id,
            "line_ids": [(0, 0, {
                "complaint_line_id": complaint.line_ids.id, "product_id": delivered.product_id.id,
                "quantity": quantity, "origin_move_id": delivered.id, "goods_owner": goods_owner,
                "lot_ids": [(6, 0, (lots or cls.env["stock.lot"]).ids)],
            })],
        })
        rma.action_authorise()
        return rma.line_ids

    @classmethod
    def _receive(cls, line, quantity, lots=None):
        """Receive into quarantine as much of what is expected; the rest becomes a backorder.

        :return: the receipt
        """
        move = line._open_receipt_moves()
        cls._move_lots(move, quantity, lots, line._owner())
        move.picking_id.with_context(skip_backorder=True).button_validate()
        return move.picking_id

    @classmethod
    def _move_lots(cls, move, quantity, lots=None, owner=None):
        """Put quantity, lots and owner on a move as a clerk would type them."""
        move.move_line_ids.unlink()
        serial = move.product_id.tracking == "serial"
        move.move_line_ids = [(0, 0, {
            "product_id": move.product_id.id, "quantity": 1.0 if serial else quantity, "lot_id": lot.id,
            "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            "owner_id": owner and owner.id, "picking_id": move.picking_id.id,
        }) for lot in lots or [cls.env["stock.lot"]]]
        move.picked = True

    @classmethod
    def _create_scheme(cls, vals):
        """A released rework scheme."""
        scheme = cls.env["cx.rework.scheme"].create(vals)
        scheme.with_user(cls.users_by_login["cx_engineering"]).action_release()
        return scheme

    def _decide(self, line, quantity=1.0, work="none", destination="stock", lots=None, approve=True, **vals):
        """A disposition of an RMA line by quality."""
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": quantity, "work": work, "destination": destination,
            "lot_ids": [(6, 0, lots.ids)] if lots else False, **vals,
        })
        if approve:
            disposition.action_approve()
        return disposition.sudo(False).with_env(self.env)

    def _execute(self, dispositions, login="cx_planning"):
        self._as(login, dispositions).action_execute()
        self._assert_sums(dispositions.rma_line_id)
        return dispositions

    def _finish(self, orders):
        """Mark rework orders as done the way a planner does it."""
        for order in orders:
            self._assert_sums(order._cx_returned_moves().cx_rma_line_id)
            self.assertIs(order.with_context(skip_redirection=True).button_mark_done(), True)
        self.assertEqual(set(orders.mapped("state")), {"done"})
        self._assert_sums(orders._cx_returned_moves().cx_rma_line_id)

    def _assert_sums(self, lines):
        """What was received is in quarantine, in work or at a destination, and no more is decided than was received."""
        self.env.invalidate_all()
        for line in lines.with_env(self.env):
            self.assertAlmostEqual(line.received_qty, line.quarantine_qty + line.in_work_qty + line.final_qty)
            self.assertLessEqual(line.planned_qty, line.received_qty)
            self.assertAlmostEqual(line.undecided_qty, line.received_qty - line.planned_qty)

    def _on_hand(self, product, location=None, lot=None):
        """Quantity in a location, or in all internal ones."""
        domain = [("product_id", "=", product.id), ("location_id.usage", "=", "internal")]
        if location:
            domain += [("location_id", "=", location.id)]
        if lot:
            domain += [("lot_id", "=", lot.id)]
        return sum(self.env["stock.quant"].search(domain).mapped("quantity"))

    def _places(self, lot):
        """Names of all locations where a lot stands with more than nothing, customers included."""
        return self.env["stock.quant"].search([("lot_id", "=", lot.id), ("quantity", ">", 0)]).location_id
