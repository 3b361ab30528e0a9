from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_return_agreement = fields.Selection(
        [("out", "Out of warranty"), ("always", "Always")],
        string="Agreement to a Return", default="out", required=True,
        help="When a return is authorised only after it is recorded that the customer agreed to it: for goods out of"
             " warranty, or for all of them.")
    cx_charge_product_id = fields.Many2one(
        "product.product", string="Product of Chargeable Repairs", domain=[("type", "=", "service")], check_company=True,
        help="A service; its price is proposed for the work on one unit. Empty: the shipped product “Repair”.")

    def _cx_charge_product(self):
        """Service that chargeable repairs are sold as."""
        self.ensure_one()
        return self.cx_charge_product_id or self.env.ref(
            "cx_complaint.product_repair", raise_if_not_found=False) or self.env["product.product"]
