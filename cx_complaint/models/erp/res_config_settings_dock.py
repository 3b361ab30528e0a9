from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_collect_days = fields.Integer(related="company_id.cx_collect_days", readonly=False)
    cx_is_driver_signature_needed = fields.Boolean(
        related="company_id.cx_is_driver_signature_needed", readonly=False)
    cx_is_arrival_photo_needed = fields.Boolean(related="company_id.cx_is_arrival_photo_needed", readonly=False)
    cx_is_sheet_copied = fields.Boolean(related="company_id.cx_is_sheet_copied", readonly=False)
    cx_sheet_copied_from = fields.Date(related="company_id.cx_sheet_copied_from", readonly=False)
    cx_return_button = fields.Selection(related="company_id.cx_return_button", readonly=False)
