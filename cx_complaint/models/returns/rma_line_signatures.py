from odoo import api, models


class RmaLineSignatures(models.Model):
    """What of a line is signed with its return."""

    _inherit = "cx.rma.line"

    _SIGNED_FIELDS = frozenset({"product_id", "quantity", "origin_move_id", "lot_ids", "goods_owner", "rma_id"})

    def _signed_values(self):
        self.ensure_one()
        return {
            "product": self.product_id.id,
            "quantity": self.quantity,
            "origin": self.origin_move_id.id,
            "lots": sorted(self.lot_ids.ids),
            "owner": self.goods_owner,
        }

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.rma_id._renew_signatures()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not self._SIGNED_FIELDS.isdisjoint(vals):
            self.rma_id._renew_signatures()
        return result

    def unlink(self):
        rmas = self.rma_id
        result = super().unlink()
        rmas.exists()._renew_signatures()
        return result
