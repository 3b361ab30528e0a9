from odoo import fields, models


class ReworkPart(models.Model):
    """A part used per reworked unit; its issue is an extra issue of the case."""

    _name = "cx.rework.part"
    _description = "Rework Part"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "sequence, id"

    _FROZEN_WITH = "scheme_id"

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, check_company=True)
    quantity = fields.Float(string="Quantity per Unit", digits="Product Unit", required=True, default=1.0)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a part must be above zero.")
