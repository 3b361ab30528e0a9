from odoo import fields, models


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cx_is_rohs = fields.Boolean(string="RoHS Goods", help="Returned units are kept apart, under the RoHS sign.")
    cx_return_count = fields.Integer(
        string="Return Count", compute="_compute_cx_return_count", groups="cx_complaint.group_reader")

    def _compute_cx_return_count(self):
        for template in self:
            template.cx_return_count = sum(
                template.with_context(active_test=False).product_variant_ids.mapped("cx_return_count"))

    def action_cx_view_returns(self):
        """Open every return of the product's variants."""
        return self.with_context(active_test=False).product_variant_ids.action_cx_view_returns()


class ProductProduct(models.Model):
    _inherit = "product.product"

    cx_return_count = fields.Integer(
        string="Return Count", compute="_compute_cx_return_count", groups="cx_complaint.group_reader")

    def _compute_cx_return_count(self):
        counts = dict(self.env["cx.rma.line"]._read_group(
            [("product_id", "in", self.ids)], ["product_id"], ["__count"]))
        for product in self:
            product.cx_return_count = counts.get(product._origin, 0)

    def action_cx_view_returns(self):
        """Open every return of these products."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.rma_line_action")
        return {**action, "domain": [("product_id", "in", self.ids)], "context": {}}

    def _with_valuation_context(self):
        # Core leaves the owners out for FIFO, whose moves know them; but the length of the stack is the quantity on
        # hand, and the customer's units under repair would make it longer than what is ours.
        products = super()._with_valuation_context()
        return products.with_context(owners=[False, self.env.company.partner_id.id])
