from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import warranty

UNITS = [("months", "Months"), ("days", "Days")]
STARTS = [
    ("delivery", "Delivery"), ("purchase", "Purchase by the customer"), ("acceptance", "Acceptance of the site"),
]


class WarrantyRule(models.Model):
    """How long which goods are guaranteed, and from when on. The most specific one holds."""

    _name = "cx.warranty.rule"
    _description = "Warranty Rule"
    _inherit = "cx.catalogue.mixin"
    _check_company_auto = True

    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", check_company=True, index="btree_not_null", ondelete="cascade",
        help="Only for this product. Wins over a rule for a category.")
    category_id = fields.Many2one(
        "product.category", string="Product Category", index="btree_not_null", ondelete="cascade",
        help="Only for products of this category and the categories below it. The nearest category wins.")
    object_kind_id = fields.Many2one(
        "cx.object.kind", string="Kind of Object", check_company=True, index="btree_not_null", ondelete="cascade",
        help="Only for objects of this kind. Wins over a rule for a category.")
    start = fields.Selection(
        STARTS, string="Starts With", default="delivery", required=True,
        help="Acceptance: the signed completion sheet (竣工验收单); until then the site is under way and in warranty.")
    product_length = fields.Integer(
        string="Goods", default=12, help="Quality guarantee (保质期): parts and work are free. 0: none.")
    product_unit = fields.Selection(UNITS, string="Unit of Goods", default="months", required=True)
    labour_length = fields.Integer(
        string="Work and Advice", default=12, help="Warranty (保修期): guidance and work are free, parts are charged. 0: none.")
    labour_unit = fields.Selection(UNITS, string="Unit of Work", default="months", required=True)

    _lengths_positive = models.Constraint(
        "CHECK (product_length >= 0 AND labour_length >= 0)", "The length of a warranty cannot be negative.")

    @api.constrains("product_tmpl_id", "category_id", "object_kind_id")
    def _check_one_target(self):
        for rule in self:
            if rule.object_kind_id and (rule.product_tmpl_id or rule.category_id):
                raise ValidationError(self.env._(
                    "%(rule)s names a kind of object and a product or category. Choose one of them; make another rule for"
                    " the other.", rule=rule.name))
            if rule.product_tmpl_id and rule.category_id:
                raise ValidationError(self.env._(
                    "%(rule)s names a product and a category. Choose one of them; make another rule for the other.",
                    rule=rule.name))

    def _plain(self):
        """The rules as plain values, for ``rules/``."""
        return [warranty.Rule(
            id=rule.id, sequence=rule.sequence, company=rule.company_id.id, product=rule.product_tmpl_id.id,
            category=rule.category_id.id, object_kind=rule.object_kind_id.id, procedure=rule.procedure_id.id, start=rule.start,
            product_length=rule.product_length, product_unit=rule.product_unit,
            labour_length=rule.labour_length, labour_unit=rule.labour_unit)
            for rule in self]
