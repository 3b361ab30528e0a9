from odoo import fields, models


class Category(models.Model):
    """What a complaint is about: quality, delivery date, quantity, service, price."""

    _name = "cx.category"
    _description = "Complaint Category"
    _check_company_auto = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name used on lists and papers.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    active = fields.Boolean(default=True)
    parent_id = fields.Many2one("cx.category", string="Parent Category", check_company=True, index="btree_not_null")
