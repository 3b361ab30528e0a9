from odoo import models
from odoo.exceptions import UserError

# what core itself writes with its own rights only, as a consequence of moves
_MOVED = {"quantity", "location_id", "product_id", "lot_id", "owner_id", "package_id"}


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def write(self, vals):
        if not self.env.su and vals.keys() & _MOVED:
            for quant in self:
                if quant.location_id.cx_warehouse_id:
                    raise UserError(self.env._(
                        "%(product)s stands in quarantine (%(location)s) and is not rewritten by hand. Move it by a "
                        "transfer, or count it.",
                        product=quant.product_id.display_name, location=quant.location_id.display_name))
                if quant.location_id.cx_apart_role:
                    raise UserError(self.env._(
                        "%(product)s is kept apart (%(location)s) and is not rewritten by hand. Move it by a transfer, "
                        "or count it.",
                        product=quant.product_id.display_name, location=quant.location_id.display_name))
        return super().write(vals)
