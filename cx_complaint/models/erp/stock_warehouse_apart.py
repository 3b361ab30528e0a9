from odoo import api, fields, models


class StockWarehouse(models.Model):
    """Goods that are ours but not for everybody stand outside the warehouse, as quarantine does."""

    _inherit = "stock.warehouse"

    cx_apart_loc_id = fields.Many2one("stock.location", "Kept Apart", check_company=True, copy=False)
    cx_discount_loc_id = fields.Many2one(
        "stock.location", "Discount Stock", check_company=True, copy=False,
        help="Qualified goods that are no longer sold as new; quotation lines marked so take from here.")
    cx_internal_loc_id = fields.Many2one(
        "stock.location", "Internal Sale", check_company=True, copy=False,
        help="Units for employees, at the price that finance sets.")
    cx_sample_loc_id = fields.Many2one(
        "stock.location", "Sample Store", check_company=True, copy=False,
        help="Samples out of returned goods; they leave by a release, scrap or to the customer.")

    @api.model
    def _cx_ensure_all(self):
        """Give every warehouse, archived ones too, the places that it does not have yet; for upgrades."""
        warehouses = self.with_context(active_test=False).search([("company_id", "!=", False)])
        warehouses._cx_ensure_quarantine()
