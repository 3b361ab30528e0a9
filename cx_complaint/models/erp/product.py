from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cx_is_rohs = fields.Boolean(string="RoHS Goods", help="Returned units are kept apart, under the RoHS sign.")
