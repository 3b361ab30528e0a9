from odoo import fields, models

# outcomes by which the customer keeps what he has
_KEPT_BY = frozenset({"withdrawn", "duplicate", "transferred"})


class Complaint(models.Model):
    """Goods left at the customer count as handled; while they are only proposed, the case is not."""

    _inherit = "cx.complaint"

    left_goods_ids = fields.One2many("cx.left.goods", "complaint_id", string="Left at the Customer")

    def _open_left_goods(self):
        return self.left_goods_ids.filtered(lambda left: left.state in ("proposed", "approved"))

    def _is_work_open(self):
        return super()._is_work_open() or bool(self._open_left_goods())

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("close", "cancel"):
            blockers += self._blockers_left_goods()
        if verb == "close":
            blockers += self._blockers_unhandled() + self._blockers_forgotten()
        return blockers

    def _blockers_left_goods(self):
        states = dict(self.env["cx.left.goods"]._fields["state"]._description_selection(self.env))
        return [
            self._blocker(
                "left_goods_open",
                self.env._("what stays at the customer (%(quantity)s %(unit)s of %(product)s) is %(state)s.",
                           quantity=f"{left.quantity:g}", unit=left.product_uom_id.name,
                           product=left.product_id.display_name, state=states[left.state].lower()),
                self.env._("Have it approved, prove it and finish it, or have it cancelled."), record=left.display_name)
            for left in self._open_left_goods()
        ]

    def _blockers_unhandled(self):
        """Of a line of which something stays at the customer, the rest is decided as well."""
        return [
            self._blocker(
                "goods_unhandled",
                self.env._("%(quantity)s %(unit)s of %(product)s neither come back nor stay by a decision.",
                           quantity=f"{line.unhandled_qty:g}", unit=line.product_id.uom_id.name,
                           product=line.product_id.display_name),
                self.env._("Take them back, or decide that they stay at the customer."), record=line.display_name)
            for line in self.line_ids
            if line.left_goods_ids.filtered(lambda left: left.state == "done")
            and line.product_id.uom_id.compare(line.unhandled_qty, 0.0) > 0
        ]

    def _blockers_forgotten(self):
        """Goods that were to come back, and nobody asked for or decided about them since."""
        if self.outcome in _KEPT_BY:
            return []
        decisions = dict(self.env["cx.complaint.line"]._fields["return_decision"]._description_selection(self.env))
        return [
            self._blocker(
                "return_forgotten",
                self.env._("%(product)s was to come back (%(decision)s), and there is no return.",
                           product=line.product_id.display_name, decision=decisions[line.return_decision].lower()),
                self.env._("Create the RMA, decide that it stays at the customer, or set “Return” to “No return”."),
                record=line.display_name)
            for line in self.line_ids._to_come_back()
            # a return that was refused or expired tells why by itself
            if all(rma.decision == "cancelled" for rma in line.rma_line_ids.rma_id)
            and all(left.state == "cancelled" for left in line.left_goods_ids)
        ]
