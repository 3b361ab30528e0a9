from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_has_bonded_trade = fields.Boolean(related="company_id.cx_has_bonded_trade", readonly=False)
    cx_contract_reminder_days = fields.Integer(related="company_id.cx_contract_reminder_days", readonly=False)
