from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_confirm_needs_details = fields.Boolean(
        string="Complaint Details before Confirmation",
        help="A complaint about goods is confirmed only when defect, rate, date, lot, whereabouts and a picture or the"
             " unit itself are known.")
    cx_close_needs_reaction = fields.Boolean(
        string="Customer's Reaction before Closing",
        help="A complaint is closed only when it is known how the customer took the answer.")
    cx_inspect_above_qty = fields.Float(
        string="Call Quality Above", digits="Product Unit", default=0.0,
        help="Quality is called to inspect when more units than this arrive on a line of a return; 0: always.")
    cx_is_marking_required = fields.Boolean(
        string="Mark Every Inspected Unit",
        help="A full inspection is finished only when every unit carries a mark of its verdict.")
    cx_allowance_product_id = fields.Many2one(
        "product.product", string="Product of Credits without Goods", domain=[("type", "=", "service")],
        check_company=True,
        help="A service; its income account takes the credits. Empty: the shipped product “Allowance”.")
    cx_is_consent_needed = fields.Boolean(
        string="Customer Agrees First",
        help="A settlement is executed only after the customer agreed to it.")

    def _cx_allowance_product(self):
        """Service that credits without goods are booked on."""
        self.ensure_one()
        return self.cx_allowance_product_id or self.env.ref(
            "cx_complaint.product_allowance", raise_if_not_found=False) or self.env["product.product"]
