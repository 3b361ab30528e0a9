from odoo import fields, models


class ResConfigSettings(models.TransientModel):
    _inherit = "res.config.settings"

    cx_uses_objects = fields.Boolean(related="company_id.cx_uses_objects", readonly=False)
    cx_object_kind_id = fields.Many2one(related="company_id.cx_object_kind_id", readonly=False)
    cx_visit_days = fields.Integer(related="company_id.cx_visit_days", readonly=False)
    cx_repeat_days = fields.Integer(related="company_id.cx_repeat_days", readonly=False)
