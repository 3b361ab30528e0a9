from odoo import fields, models


class ComplaintSettlement(models.Model):
    _inherit = "cx.complaint"

    settlement_ids = fields.One2many("cx.settlement", "complaint_id", string="Settlements")
