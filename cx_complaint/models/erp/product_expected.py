from collections import defaultdict

from odoo import fields, models

from ...rules import leaving


class ProductTemplate(models.Model):
    _inherit = "product.template"

    cx_expected_qty = fields.Float(
        string="Expected from Returns", digits="Product Unit", compute="_compute_cx_expected_qty",
        groups="cx_complaint.group_reader")

    def _compute_cx_expected_qty(self):
        for template in self:
            template.cx_expected_qty = sum(template.product_variant_ids.mapped("cx_expected_qty"))

    def action_cx_view_expected(self):
        """What of the product's variants is expected from returns."""
        return self.product_variant_ids.action_cx_view_expected()


class ProductProduct(models.Model):
    _inherit = "product.product"

    cx_expected_qty = fields.Float(
        string="Expected from Returns", digits="Product Unit", compute="_compute_cx_expected_qty",
        groups="cx_complaint.group_reader",
        help="Decided to come to stock from rework or straight from quarantine, and not there yet.")
    cx_expected_beyond_qty = fields.Float(
        string="Expected beyond the Forecast", digits="Product Unit", compute="_compute_cx_expected_qty",
        groups="cx_complaint.group_reader",
        help="The part of it that Odoo's forecast does not count yet: no transfer to stock is made.")
    cx_expected_date = fields.Date(
        string="Next from Returns", compute="_compute_cx_expected_qty", groups="cx_complaint.group_reader")

    def _compute_cx_expected_qty(self):
        found = self.env["cx.disposition"]._expected_of(self)
        for product in self:
            rows = [row for row in found.get(product._origin, []) if row[0].company_id in self.env.companies]
            product.cx_expected_qty = sum(quantity for _disposition, quantity, _beyond in rows)
            product.cx_expected_beyond_qty = sum(beyond for _disposition, _quantity, beyond in rows)
            product.cx_expected_date = min(
                (row[0].expected_date for row in rows if row[0].expected_date), default=False)

    def action_cx_view_expected(self):
        """The dispositions that bring these products to stock."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.disposition_action_expected")
        return {**action, "domain": self.env["cx.disposition"]._domain_expected(self)}


class Disposition(models.Model):
    """What dispositions will bring to stock."""

    _inherit = "cx.disposition"

    coming_qty = fields.Float(
        string="Still to Come", digits="Product Unit", compute="_compute_coming_qty", compute_sudo=True,
        help="Of the quantity, what has not reached the destination.")
    beyond_forecast_qty = fields.Float(
        string="Beyond the Forecast", digits="Product Unit", compute="_compute_coming_qty", compute_sudo=True,
        help="Not counted by Odoo's forecast yet: no transfer to stock is made.")

    def _compute_coming_qty(self):
        accounts, under_way = self._accounts(), self._open_quantities()
        for disposition in self:
            coming = max(disposition.quantity - leaving.total(accounts[disposition].final), 0.0)
            disposition.coming_qty = coming
            disposition.beyond_forecast_qty = max(coming - under_way[disposition][1], 0.0)

    def _domain_expected(self, products):
        """Open dispositions that bring these very products of ours to stock."""
        return [
            ("product_id", "in", products.ids), ("state", "in", ("approved", "running")),
            ("destination", "in", ("stock", "reworked")), ("work", "not in", ("conversion", "dismantle")),
            ("goods_owner", "=", "company")]

    def _expected_of(self, products):
        """What comes to stock: ``{product: [(disposition, quantity, quantity beyond core's forecast)]}``."""
        expected = defaultdict(list)
        # sudo: cx.disposition - figures beside the forecast, for whoever may see the product
        for disposition in self.sudo().search(self._domain_expected(products)):
            expected[disposition.product_id.sudo(False)].append(
                (disposition, disposition.coming_qty, disposition.beyond_forecast_qty))
        return expected
