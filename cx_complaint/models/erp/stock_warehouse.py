from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    cx_quarantine_loc_id = fields.Many2one("stock.location", "Quarantine", check_company=True, copy=False)
    cx_returns_loc_id = fields.Many2one("stock.location", "Customer Returns", check_company=True, copy=False)
    cx_rohs_loc_id = fields.Many2one("stock.location", "RoHS Returns", check_company=True, copy=False)
    cx_reworked_loc_id = fields.Many2one("stock.location", "Reworked, to Check", check_company=True, copy=False)
    cx_bonded_loc_id = fields.Many2one("stock.location", "Bonded Returns", check_company=True, copy=False)
    cx_return_type_id = fields.Many2one("stock.picking.type", "Returns In", check_company=True, copy=False)
    cx_back_type_id = fields.Many2one("stock.picking.type", "Back to Customer", check_company=True, copy=False)
    cx_release_type_id = fields.Many2one("stock.picking.type", "Release", check_company=True, copy=False)
    cx_rework_type_id = fields.Many2one("stock.picking.type", "Rework", check_company=True, copy=False)

    def _cx_ensure_quarantine(self):
        """Make or adopt the quarantine tree and the operation types of each warehouse; idempotent."""

    def _cx_retire_quarantine(self):
        """Archive the tree and types of each warehouse where they are empty; log the names of those that hold goods."""
