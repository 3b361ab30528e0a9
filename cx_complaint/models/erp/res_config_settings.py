from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_confirm_needs_details = fields.Boolean(related="company_id.cx_confirm_needs_details", readonly=False)
