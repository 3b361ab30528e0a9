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
                categories=complaint._categories_with_parents(),
                channel=complaint.channel_id.id or None,
                kind=complaint.kind_id.id or None,
                nature=complaint.nature or None,
                is_technical=complaint.is_technical,
                party=complaint.party or None,
                batch_class=complaint.batch_class or None,
                severity=complaint.severity,
                is_urgent=(complaint.urgency or "0") != "0",
                customer_type=complaint.customer_type or None,
            ) for complaint in self}

    def _categories_with_parents(self):
        """Ids of the category and of those above it: a rule about quality holds for leaks as well."""
        category, found = self.category_id.sudo(), set()  # sudo: cx.category - only which stands above which
        while category and category.id not in found:
            found.add(category.id)
            category = category.parent_id
        return frozenset(found)
