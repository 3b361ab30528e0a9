from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_return_agreement = fields.Selection(
        [("out", "Out of warranty"), ("always", "Always")],
        string="Agreement to a Return", default="out", required=True,
        help="When a return is authorised only after it is recorded that the customer agreed to it: for goods out of"
             " warranty, or for all of them.")
