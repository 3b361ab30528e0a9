from odoo import fields, models


class Defect(models.Model):
    """A defect code, used by lines, inspections and rework schemes."""

    _name = "cx.defect"
    _description = "Defect"
    _check_company_auto = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name used on lists and papers.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    active = fields.Boolean(default=True)
    grade = fields.Selection([("critical", "Critical"), ("major", "Major"), ("minor", "Minor")], default="major")
