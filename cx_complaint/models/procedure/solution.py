from odoo import fields, models


class Solution(models.Model):
    """An established solution: for what it is meant, and what the customer gets.

    The first one whose conditions all hold is proposed. Where it binds, the case is closed with it, or with another
    solution that has a reason and the customer's agreement.
    """

    _name = "cx.solution"
    _description = "Standard Solution"
    _inherit = ["cx.catalogue.mixin"]

    shipment_error = fields.Selection([("wrong", "Wrong product"), ("over", "Too many"), ("short", "Too few")])
    is_material = fields.Boolean(string="Material Defects", help="Meant for every defect that is a problem of material.")
    defect_ids = fields.Many2many("cx.defect", string="Defects", check_company=True)
    category_ids = fields.Many2many("cx.category", string="Categories", check_company=True)
    kind = fields.Selection(
        [("replacement", "Replacement"), ("credit", "Credit for goods")], string="Customer Gets", required=True,
        default="replacement")
    is_binding = fields.Boolean(
        string="Binding", help="The case is not closed without it, unless the line says why and the customer accepted.")
    text = fields.Html(string="Proposal", translate=True, help="Goes into the solution of the complaint, as a start.")

    def _fits(self, shipment_error, defect, category):
        """Whether every condition holds; without any it is meant for everything."""
        self.ensure_one()
        return (
            (not self.shipment_error or self.shipment_error == shipment_error)
            and (not self.is_material or defect.is_material)
            and (not self.defect_ids or defect in self.defect_ids)
            and (not self.category_ids or category in self.category_ids))


class Defect(models.Model):
    _inherit = "cx.defect"

    is_material = fields.Boolean(string="Material", help="A problem of material or its quality.")
