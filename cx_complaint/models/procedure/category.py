from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .rulebook_lists import NATURES


class Category(models.Model):
    """What a complaint is about: quality, delivery date, quantity, service, price."""

    _name = "cx.category"
    _description = "Complaint Category"
    _inherit = ["cx.catalogue.mixin"]

    parent_id = fields.Many2one("cx.category", string="Parent Category", check_company=True, index="btree_not_null")
    nature = fields.Selection(NATURES, help="Proposed for its cases. Empty: as the category above it says.")
    is_technical = fields.Boolean(string="Technical", help="Its cases are proposed as technical ones.")

    @api.constrains("parent_id")
    def _check_no_circle(self):
        for category in self:
            if category._has_cycle():
                raise ValidationError(self.env._(
                    "%(category)s would stand below itself. Choose another parent category.", category=category.name))

    def _nature(self):
        """What the category proposes for a case: of its own, else of the nearest above it that says something."""
        category, seen = self.sudo(), set()  # sudo: cx.category - of categories above it
        is_technical = category.is_technical
        while category and not category.nature and category.id not in seen:
            seen.add(category.id)
            category = category.parent_id
        return {"nature": category.nature or False, "is_technical": is_technical}
