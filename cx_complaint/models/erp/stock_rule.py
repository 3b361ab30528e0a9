from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"
