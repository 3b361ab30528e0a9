from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_is_analysis_complete = fields.Boolean(related="company_id.cx_is_analysis_complete", readonly=False)
    cx_is_return_sample_needed = fields.Boolean(related="company_id.cx_is_return_sample_needed", readonly=False)
    cx_is_judgement_needed = fields.Boolean(related="company_id.cx_is_judgement_needed", readonly=False)
    cx_is_scheme_needed = fields.Boolean(related="company_id.cx_is_scheme_needed", readonly=False)
    cx_is_proof_needed = fields.Boolean(related="company_id.cx_is_proof_needed", readonly=False)
    cx_representative_max = fields.Integer(related="company_id.cx_representative_max", readonly=False)
