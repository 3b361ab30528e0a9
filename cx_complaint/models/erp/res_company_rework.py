from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_capitalise_rework = fields.Boolean(
        string="Capitalise Rework",
        help="Parts and work of a rework order raise the value of the goods. Otherwise the goods keep the value that "
             "they went in with, and parts and work are a cost of the case.")
    cx_scrap_location_id = fields.Many2one(
        "stock.location", string="Scrap of Returns", check_company=True,
        domain="[('usage', '=', 'inventory'), ('company_id', 'in', [id, False])]",
        help="Where scrapped returned goods are booked to. Empty: the company's scrap location.")

    cx_scrap_template_id = fields.Many2one(
        "cx.approval.template", string="Signatures of Scrap", check_company=True,
        help="Who signs before returned goods are scrapped. Empty: quality approves alone.")

    def _cx_scrap_location(self):
        """Where scraps of the company go: never the location of inventory adjustments, which core would take."""
        self.ensure_one()
        if not self.cx_scrap_location_id:
            # sudo: stock.location, res.company - looked up or made once, as core does when a company is created
            company = self.sudo()
            adjustments = self.env["product.template"].with_company(company)._fields[
                "property_stock_inventory"].get_company_dependent_fallback(
                    self.env["product.template"].with_company(company))
            locations = company.env["stock.location"]
            company.cx_scrap_location_id = locations.search([
                ("company_id", "=", company.id), ("usage", "=", "inventory"), ("id", "!=", adjustments.id),
            ], order="id", limit=1) or locations.create({
                "name": self.env._("Scrap"), "usage": "inventory", "company_id": company.id})
        return self.cx_scrap_location_id
