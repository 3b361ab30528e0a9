from .returns_common import ReturnsCommon


class QualityCommon(ReturnsCommon):
    """Received goods, and the clauses of an inspection; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.good, cls.rework, cls.scrap, cls.user_damage = (
            cls.env.ref(f"cx_complaint.verdict_{code}") for code in ("good", "rework", "scrap", "user_damage"))
        cls.noise, cls.surface = (cls.env.ref(f"cx_complaint.defect_{code}") for code in ("noise", "surface"))

    def _receive_goods(self, product, quantity, lots=None, received=None):
        """An RMA line whose goods the warehouse has counted into quarantine; lots as ``{lot: quantity}``."""
        rma = self._authorise(self._deliver(product, quantity, lots=lots), quantity)
        picking = rma.picking_ids
        if lots:
            picking.move_ids.move_line_ids.unlink()
            picking.move_ids.move_line_ids = [(0, 0, {
                "product_id": product.id, "lot_id": lot.id, "quantity": lot_quantity,
                "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id,
            }) for lot, lot_quantity in lots.items()]
        picking.move_ids.picked = True
        if received is not None:
            picking.move_ids.quantity = received
        picking.with_context(skip_backorder=True).button_validate()
        return rma.line_ids

    def _inspect(self, line, *rows, login="cx_quality", **vals):
        """An inspection in progress with ``(verdict, quantity)`` or ``(verdict, quantity, vals)`` findings."""
        self._as(login, line).action_inspect()
        inspection = line.inspection_ids.filtered(lambda inspection: inspection.state == "draft")
        self._as(login, inspection).write({"line_ids": [
            (0, 0, {"verdict_id": row[0].id, "quantity": row[1], **(row[2] if len(row) > 2 else {})}) for row in rows
        ], **vals})
        return self._as(login, inspection)

    def _scheme(self, name="Cx Replace the bearing", release=False, **vals):
        """A rework scheme of one operation, by engineering."""
        bench = self.env["mrp.workcenter"].create({"name": "Cx Bench"})
        scheme = self.env["cx.rework.scheme"].create({
            "name": name, "operation_ids": [(0, 0, {"name": "Press", "workcenter_id": bench.id, "minutes": 6.0})],
            **vals,
        })
        if release:
            self._as("cx_engineering", scheme).action_release()
        return scheme

    def _department(self, function, **vals):
        """The one department of a function, somebody of it on duty."""
        self.env["cx.department"].search([("function", "=", function)]).active = False
        return self.env["cx.department"].create({
            "name": function, "function": function,
            "duty_user_id": self.users_by_login.get(f"cx_{function}", self.env.user).id, **vals})

    def _todos(self, record, login):
        return record.activity_ids.filtered(lambda todo: todo.user_id == self.users_by_login[login])

    def _codes(self, record, verb):
        self.env.invalidate_all()
        return [blocker.code for blocker in record._blockers(verb)]
