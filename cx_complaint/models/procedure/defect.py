from odoo import fields, models


class Defect(models.Model):
    """A defect code, used by lines, inspections and rework schemes."""

    _name = "cx.defect"
    _description = "Defect"
    _inherit = ["cx.catalogue.mixin"]

    grade = fields.Selection([("critical", "Critical"), ("major", "Major"), ("minor", "Minor")], default="major")
