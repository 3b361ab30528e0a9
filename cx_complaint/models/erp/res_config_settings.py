from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_confirm_needs_details = fields.Boolean(related="company_id.cx_confirm_needs_details", readonly=False)
    cx_close_needs_reaction = fields.Boolean(related="company_id.cx_close_needs_reaction", readonly=False)
    cx_is_consent_needed = fields.Boolean(related="company_id.cx_is_consent_needed", readonly=False)
    cx_allowance_product_id = fields.Many2one(related="company_id.cx_allowance_product_id", readonly=False)
    cx_capitalise_rework = fields.Boolean(related="company_id.cx_capitalise_rework", readonly=False)
    cx_scrap_location_id = fields.Many2one(
        related="company_id.cx_scrap_location_id", readonly=False,
        domain="[('usage', '=', 'inventory'), ('company_id', 'in', [company_id, False])]")
    cx_scrap_template_id = fields.Many2one(related="company_id.cx_scrap_template_id", readonly=False)
    cx_inspect_above_qty = fields.Float(related="company_id.cx_inspect_above_qty", readonly=False)
    cx_is_marking_required = fields.Boolean(related="company_id.cx_is_marking_required", readonly=False)
