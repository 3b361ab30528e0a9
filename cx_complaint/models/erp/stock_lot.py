from odoo import api, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.depends("product_id.lot_valuated", "product_id.product_tmpl_id.lot_valuated")
    @api.depends_context("to_date", "company", "warehouse_id")
    def _compute_value(self):
        """Value a lot by its own units in all valued locations, as core values products.

        Core looks at what is on hand in warehouses only, where a lot in quarantine counts as nothing.
        """
        valued_context = self.env["product.product"]._with_valuation_context().env.context
        super(StockLot, self.with_context(valued_context))._compute_value()
