from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _get_value_from_production(self, quantity, at_date=None):
        """A component of a dismantled unit is worth what was shared out when the unit was taken apart."""
        if not self.unbuild_id or not self.unbuild_id.cx_disposition_id or self.product_id.cost_method == "standard":
            return super()._get_value_from_production(quantity, at_date)
        value = quantity * self.price_unit
        return {
            "value": value,
            "quantity": quantity,
            "description": self.env._(
                "%(value)s for %(quantity)s %(unit)s out of %(unbuild)s",
                value=self.company_currency_id.format(value), quantity=quantity, unit=self.product_id.uom_id.name,
                unbuild=self.unbuild_id.display_name),
        }
