from odoo import fields, models

from ...rules.blocker import Blocker
from ...rules.wording import figure
from .settlement import WITHOUT_GOODS


class Settlement(models.Model):
    """Settlements of wrong, over and short shipments: after the correction, and by the order where it still owes."""

    _inherit = "cx.settlement"

    # stored: settlements are executed by the hundred, and hardly any of them is of a wrong shipment
    shipment_error = fields.Selection(related="complaint_line_id.shipment_error", store=True)

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("approve", "execute") and self.shipment_error:
            blockers += self.complaint_line_id._blockers_uncorrected()
        return blockers

    def _blockers_made_good(self):
        return super()._blockers_made_good() + self._blockers_corrected()

    def _blockers_corrected(self):
        """What did not really come is made good once: not more than the correction took back."""
        line = self.complaint_line_id
        if self.is_goodwill or self.shipment_error not in ("wrong", "short") or self.kind in WITHOUT_GOODS or (
                self.product_id != line.product_id):
            return []
        missing = sum(
            move._cx_delivered_qty() for move in line.sudo().correction_move_ids  # sudo: stock.move - a quantity
            if move.product_id == line.product_id and not move.location_dest_id._is_outgoing())
        others = line.sudo().settlement_ids.filtered(  # sudo: cx.settlement - the sum of everybody's
            lambda other: other != self and other.product_id == line.product_id and other._counts_as_given())
        left = max(missing - sum(other._given_qty() for other in others), 0.0)
        if self.product_uom_id.compare(self.quantity, left) <= 0:
            return []
        return [Blocker(
            "above_corrected", self.display_name,
            self.env._("%(wanted)s %(unit)s are to be made good, %(missing)s %(unit)s did not come and %(left)s %(unit)s of"
                       " them are still open.", wanted=figure(self.quantity), missing=figure(missing), left=figure(left),
                       unit=self.product_uom_id.name),
            self.env._("Reduce the quantity; what came and is bad is a complaint line of its own."))]

    def _prepare_procurement_vals(self, reference):
        vals = super()._prepare_procurement_vals(reference)
        if self._is_owed_by_order():
            origin = self.origin_move_id
            vals["sale_line_id"] = origin.sale_line_id.id
            if origin.bom_line_id:  # a part of a kit: which part the order got
                vals["bom_line_id"] = origin.bom_line_id.id
        return vals

    def _is_owed_by_order(self):
        """Whether the correction took off the order what it now gets: the order is delivered it after all."""
        self.ensure_one()
        line = self.complaint_line_id
        return bool(
            self.kind == "replacement" and not self.is_goodwill and line.shipment_error in ("wrong", "short") and line.correction_state == "done"
            and self.origin_move_id.sale_line_id and self.origin_move_id.product_id == self.product_id)
