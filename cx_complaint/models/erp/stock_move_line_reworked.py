from odoo import models
from odoo.exceptions import UserError


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _cx_check_leaving(self, are_done=False):
        res = super()._cx_check_leaving(are_done=are_done)
        for line in self:
            if line.move_id._cx_refuses_reworked() and line._cx_is_reworked():
                raise UserError(self.env._(
                    "%(customer)s takes no reworked goods, and %(product)s was reworked. Pick another unit, or ask sales "
                    "whether he takes it and unmark him.",
                    customer=line.move_id._cx_receiver().commercial_partner_id.display_name,
                    product=line.product_id.display_name + (f" ({line.lot_id.name})" if line.lot_id else "")))
        return res

    def _cx_is_reworked(self):
        """Whether the unit bears the mark: by its number, or by the place where untracked goods stand."""
        self.ensure_one()
        return self.lot_id.cx_is_reworked or self.location_id._cx_holds_reworked()
