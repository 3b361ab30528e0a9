from odoo import api, models


class StockQuant(models.Model):
    _inherit = "stock.quant"

    @api.depends("company_id", "location_id", "owner_id", "product_id", "quantity")
    def _compute_value(self):
        """Share the total value out over the quantity that it stands for.

        Core divides by what is on hand in warehouses, or by the customer's units of the lot as well: with goods in a
        valued location outside every warehouse, 100 showed as 166.67, and goods that were only there as nothing.
        """
        res = super()._compute_value()
        for quant in self:
            product = quant.product_id.with_company(quant.company_id)
            if (
                not product or not quant.location_id or product.uom_id.is_zero(quant.quantity)
                or not quant.location_id._should_be_valued() or quant._should_exclude_for_valuation()
            ):
                continue
            valued = product._with_valuation_context()
            value = product.total_value
            if product.lot_valuated:
                valued = valued.with_context(lot_id=quant.lot_id.id)
                value = quant.lot_id.with_company(quant.company_id).total_value
            quantity = valued.qty_available
            quant.value = 0.0 if product.uom_id.is_zero(quantity) else quant.quantity * value / quantity
        return res
