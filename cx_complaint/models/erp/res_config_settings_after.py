from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_is_reworked_printed = fields.Boolean(related="company_id.cx_is_reworked_printed", readonly=False)
