from odoo import models


class Settlement(models.Model):
    """Settlements of wrong, over and short shipments: after the correction, and by the order where it still owes."""

    _inherit = "cx.settlement"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("approve", "execute"):
            blockers += self.complaint_line_id._blockers_uncorrected()
        return blockers

    def _prepare_procurement_vals(self, reference):
        vals = super()._prepare_procurement_vals(reference)
        if self._is_owed_by_order():
            vals["sale_line_id"] = self.sale_line_id.id
        return vals

    def _is_owed_by_order(self):
        """Whether the correction took off the order what it now gets: the order is delivered it after all."""
        self.ensure_one()
        line = self.complaint_line_id
        return bool(
            self.kind == "replacement" and line.shipment_error in ("wrong", "short") and line.correction_state == "done"
            and self.sale_line_id.product_id == self.product_id)
