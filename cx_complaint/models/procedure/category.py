from odoo import fields, models


class Category(models.Model):
    """What a complaint is about: quality, delivery date, quantity, service, price."""

    _name = "cx.category"
    _description = "Complaint Category"
    _inherit = ["cx.catalogue.mixin"]

    parent_id = fields.Many2one("cx.category", string="Parent Category", check_company=True, index="btree_not_null")
