from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_stock_move_values(
            self, product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values):
        """Goods sold out of a place of goods kept apart are taken from there, and go on by the usual way."""
        vals = super()._get_stock_move_values(
            product_id, product_qty, product_uom, location_dest_id, name, origin, company_id, values)
        if place := values.get("cx_apart_location_id"):
            vals["location_id"] = place.id
        return vals
