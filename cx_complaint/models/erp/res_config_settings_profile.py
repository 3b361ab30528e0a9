from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_receipt_profile_id = fields.Many2one(
        related="company_id.cx_receipt_profile_id", readonly=False, domain="[('company_id', 'in', [company_id, False])]")
