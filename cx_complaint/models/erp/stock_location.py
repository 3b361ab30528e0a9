from odoo import api, fields, models


class StockLocation(models.Model):
    _inherit = "stock.location"

    cx_warehouse_id = fields.Many2one(
        "stock.warehouse", string="Quarantine of", compute="_compute_cx_warehouse_id", store=True, recursive=True,
        precompute=True, index="btree_not_null", ondelete="set null", copy=False,
        help="Warehouse in whose quarantine tree the location stands; goods leave it by an approved disposition only.")
    cx_role = fields.Selection(
        [("root", "Quarantine"), ("returns", "Customer Returns"), ("rohs", "RoHS Returns"),
         ("reworked", "Reworked, to Check"), ("bonded", "Bonded Returns")],
        string="Quarantine Role", readonly=True, copy=False)
    cx_root_warehouse_id = fields.Many2one(
        "stock.warehouse", copy=False, readonly=True, index="btree_not_null", ondelete="set null",
        help="Set on the root of a quarantine tree only.")

    @api.depends("cx_root_warehouse_id", "location_id.cx_warehouse_id")
    def _compute_cx_warehouse_id(self):
        for location in self:
            location.cx_warehouse_id = location.cx_root_warehouse_id or location.location_id.cx_warehouse_id
