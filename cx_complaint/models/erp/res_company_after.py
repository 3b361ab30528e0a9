from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_is_reworked_printed = fields.Boolean(
        string="Mark Reworked Units on Delivery Slips", default=True,
        help="Lots and serial numbers that were reworked are marked so on the delivery slip.")
