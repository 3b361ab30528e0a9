from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_has_production = fields.Boolean(related="company_id.cx_has_production", readonly=False)
    cx_has_lots = fields.Boolean(related="company_id.cx_has_lots", readonly=False)
    cx_has_group = fields.Boolean(related="company_id.cx_has_group", readonly=False)
    cx_has_penalties = fields.Boolean(related="company_id.cx_has_penalties", readonly=False)
    cx_is_one_person = fields.Boolean(related="company_id.cx_is_one_person", readonly=False)
