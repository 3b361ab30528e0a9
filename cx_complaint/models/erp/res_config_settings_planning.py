from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_is_return_reason_needed = fields.Boolean(related="company_id.cx_is_return_reason_needed", readonly=False)
    cx_is_return_marking_needed = fields.Boolean(related="company_id.cx_is_return_marking_needed", readonly=False)
    cx_is_rework_forecast = fields.Boolean(related="company_id.cx_is_rework_forecast", readonly=False)
    cx_extra_issue_months = fields.Integer(related="company_id.cx_extra_issue_months", readonly=False)
