from odoo import fields, models


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
            blockers += self._blockers_unhandled()
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
