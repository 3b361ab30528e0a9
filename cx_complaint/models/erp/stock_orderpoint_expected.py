from odoo import models


class StockWarehouseOrderpoint(models.Model):
    _inherit = "stock.warehouse.orderpoint"

    def _quantity_in_progress(self):
        """What comes out of rework within the horizon is on its way, though no transfer to stock exists yet.

        Transfers that exist are in core's forecast already and are not counted once more.
        """
        quantities = super()._quantity_in_progress()
        asked = self.filtered("company_id.cx_is_rework_forecast")
        expected = self.env["cx.disposition"]._expected_of(asked.product_id) if asked else {}
        for orderpoint in asked if expected else ():
            quantities[orderpoint.id] += sum(
                orderpoint.product_id.uom_id._compute_quantity(beyond, orderpoint.product_uom, round=False)
                for disposition, _quantity, beyond in expected.get(orderpoint.product_id, ())
                if orderpoint._cx_receives(disposition))
        return quantities

    def _cx_receives(self, disposition):
        """Whether the goods come to this place within the horizon; without a date they are not relied upon."""
        stock = disposition.warehouse_id.lot_stock_id
        return (
            disposition.company_id == self.company_id
            and (stock.parent_path or "").startswith(self.location_id.parent_path or "-")
            and bool(disposition.expected_date) and disposition.expected_date <= self.lead_horizon_date)
