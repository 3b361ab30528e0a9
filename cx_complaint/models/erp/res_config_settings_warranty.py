from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_return_agreement = fields.Selection(
        related="company_id.cx_return_agreement", readonly=False, required=True)
    cx_charge_product_id = fields.Many2one(related="company_id.cx_charge_product_id", readonly=False)
