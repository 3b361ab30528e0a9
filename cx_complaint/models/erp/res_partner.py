from odoo import api, fields, models

from ..procedure.rulebook_lists import CUSTOMER_TYPES


class ResPartner(models.Model):
    _inherit = "res.partner"

    cx_refuses_reworked = fields.Boolean(
        string="No Reworked Goods", tracking=True, help="Nothing that was reworked is delivered to this customer.")
    cx_needs_customs_contract = fields.Boolean(
        string="Customs Contract for Returns", tracking=True,
        help="Goods of this customer come back under a customs contract (bonded trade).")
    cx_customer_type = fields.Selection(
        CUSTOMER_TYPES, string="Type of Customer", help="Procedures may treat dealers, agents and users differently.")
    cx_complaint_count = fields.Integer(
        compute="_compute_cx_complaint_count", string="Complaints", groups="cx_complaint.group_reader")

    @api.model
    def _commercial_fields(self):
        # the people of a customer are customers of its type
        return super()._commercial_fields() + ["cx_customer_type"]

    def _compute_cx_complaint_count(self):
        """Complaints of the whole company that the partner belongs to."""
        counts = dict(self.env["cx.complaint"]._read_group(
            [("commercial_partner_id", "in", self.commercial_partner_id.ids)], ["commercial_partner_id"], ["__count"]))
        for partner in self:
            partner.cx_complaint_count = counts.get(partner.commercial_partner_id, 0)

    def action_view_cx_complaints(self):
        """Complaints of the partner's whole company."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_action")
        return {
            **action,
            "domain": [("commercial_partner_id", "in", self.commercial_partner_id.ids)],
            "context": {"default_partner_id": self[:1].id},
        }
