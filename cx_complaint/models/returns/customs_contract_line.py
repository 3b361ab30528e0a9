from collections import defaultdict

from odoo import api, fields, models


class CustomsContractLine(models.Model):
    """Goods of a customs contract: what customs granted, what came in under it, what went out again."""

    _name = "cx.customs.contract.line"
    _description = "Goods of a Customs Contract"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "contract_id, sequence, id"

    _FROZEN_WITH = "contract_id"

    contract_id = fields.Many2one("cx.customs.contract", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="contract_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, check_company=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        string="Granted", digits="Product Unit", required=True, default=1.0, help="In the product's unit.")
    asked_qty = fields.Float(
        string="On RMAs", digits="Product Unit", compute="_compute_quantities",
        help="Authorised or asked back by the RMAs that the contract covers.")
    imported_qty = fields.Float(
        string="Came In", digits="Product Unit", compute="_compute_quantities", help="Received of these RMAs.")
    exported_qty = fields.Float(
        string="Went Out", digits="Product Unit", compute="_compute_quantities",
        help="Sent back to the customer.")
    inside_qty = fields.Float(
        string="Still Here", digits="Product Unit", compute="_compute_quantities",
        help="Came in and did not go out again.")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The granted quantity must be above zero.")
    _product_once = models.UniqueIndex("(contract_id, product_id)", "A customs contract names each product once.")

    @api.depends("contract_id.rma_ids.line_ids", "product_id")
    def _compute_quantities(self):
        figures = self.contract_id._quantities_by_product()
        for line in self:
            asked, imported, exported = figures[line.contract_id, line.product_id]
            line.asked_qty, line.imported_qty, line.exported_qty = asked, imported, exported
            line.inside_qty = imported - exported


class CustomsContract(models.Model):
    """The quantities of a contract, gathered once for all its products."""

    _inherit = "cx.customs.contract"

    def _quantities_by_product(self):
        """``{(contract, product): (asked, came in, went out again)}`` in the products' units."""
        figures = defaultdict(lambda: (0.0, 0.0, 0.0))
        for line in self.rma_ids.line_ids:
            key = line.rma_id.customs_contract_id, line.product_id
            asked, imported, exported = figures[key]
            sent_back = line.disposition_ids.filtered(lambda disposition: disposition.destination == "customer")
            figures[key] = (
                asked + line._asked_qty(), imported + line.received_qty, exported + sum(sent_back.mapped("done_qty")))
        return figures

    def _asked_quantities(self):
        """``{product: quantity}`` that the covered RMAs bring."""
        quantities = defaultdict(float)
        for line in self.rma_ids.line_ids:
            quantities[line.product_id] += line._asked_qty()
        return {product: quantity for product, quantity in quantities.items() if quantity > 0}
