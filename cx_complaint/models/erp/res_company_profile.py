from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_receipt_profile_id = fields.Many2one(
        "cx.receipt.profile", string="Receipt Profile", ondelete="set null",
        domain="[('company_id', 'in', [id, False])]",
        help="In which order returned goods are received, unless warehouse or kind of RMA say otherwise. Empty: counted "
             "and placed, nothing waits for anything.")
