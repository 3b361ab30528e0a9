from odoo import fields, models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"

    cx_role = fields.Selection(
        [("return", "Customer Returns"), ("back", "Back to Customer"), ("release", "Release from Quarantine"),
         ("rework", "Rework of Returns"), ("vendor", "Back to Vendor"), ("store", "Within Quarantine")],
        string="Quarantine Role", readonly=True, copy=False,
        help="Set on the operation types of quarantine; their transfers never change sales orders.")
