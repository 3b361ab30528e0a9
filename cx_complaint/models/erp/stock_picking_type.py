from odoo import models


class StockPickingType(models.Model):
    _inherit = "stock.picking.type"
