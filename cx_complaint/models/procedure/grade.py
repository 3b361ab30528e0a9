from odoo import fields, models


class Grade(models.Model):
    """How good a unit is that is no longer sold as new; finance decides what that takes off the price."""

    _name = "cx.grade"
    _description = "Grade of Goods"
    _inherit = ["cx.number.mixin", "cx.catalogue.mixin"]

    discount = fields.Float(
        string="Discount Stock (%)", digits="Discount",
        help="Taken off the price when goods of this grade are sold out of discount stock. 0: not decided.")
    internal_discount = fields.Float(
        string="Internal Sale (%)", digits="Discount",
        help="Taken off the list price when a unit of this grade is offered to employees. 0: no price is proposed.")

    _discounts_in_range = models.Constraint(
        "CHECK (discount >= 0 AND discount <= 100 AND internal_discount >= 0 AND internal_discount <= 100)",
        "A discount lies between 0 and 100 percent.")
