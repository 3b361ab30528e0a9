from odoo import api, fields, models
from odoo.fields import Domain


class ComplaintSettlement(models.Model):
    _inherit = "cx.complaint"

    settlement_ids = fields.One2many("cx.settlement", "complaint_id", string="Settlements")

    @api.model
    def _domains_by_group(self):
        """Finance sees the cases with money."""
        has_money = Domain("settlement_ids", "!=", False) | Domain("claimed_amount", ">", 0)
        return {**super()._domains_by_group(), "cx_complaint.group_finance": has_money}
