from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_confirm_needs_details = fields.Boolean(
        string="Complaint Details before Confirmation",
        help="A complaint about goods is confirmed only when defect, rate, date, lot, whereabouts and a picture or the"
             " unit itself are known.")
