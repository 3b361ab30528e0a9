from odoo import api, fields, models

from ...rules.conditions import CaseFacts
from ..procedure.rulebook_lists import CUSTOMER_TYPES


class Complaint(models.Model):
    """What the conditions of a rulebook ask of a case."""

    _inherit = "cx.complaint"

    customer_type = fields.Selection(
        CUSTOMER_TYPES, compute="_compute_customer_type", store=True, readonly=False, precompute=True,
        help="Proposed as the customer's contact says.")

    @api.depends("partner_id")
    def _compute_customer_type(self):
        for complaint in self:
            complaint.customer_type = complaint.partner_id.cx_customer_type or complaint.customer_type

    def _condition_facts(self):
        """The answers of each case, as plain values: ``{complaint: CaseFacts}``."""
        return {
            complaint: CaseFacts(
                categories=frozenset(complaint._category_path()),
                channel=complaint.channel_id.id or None,
                kind=complaint.kind_id.id or None,
                phases=complaint._object_phases(),
                nature=complaint.nature or None,
                is_technical=complaint.is_technical,
                party=complaint.party or None,
                batch_class=complaint.batch_class or None,
                severity=complaint.severity,
                is_urgent=(complaint.urgency or "0") != "0",
                customer_type=complaint.customer_type or None,
            ) for complaint in self}

    def _object_phases(self):
        """Ids of the phases that the objects of the lines were in; a company without objects does not pay for the question.

        :source: S2.03-7, S2.03-8a
        """
        if not self.company_id.sudo().cx_uses_objects:  # sudo: res.company - whether objects are used at all
            return frozenset()
        return frozenset(self.line_ids.object_phase_id.ids)
