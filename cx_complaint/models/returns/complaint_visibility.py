from odoo import api, models
from odoo.fields import Domain

_GOODS = ("engineering", "planning", "warehouse", "trade")


class Complaint(models.Model):
    """Whom returned goods concern."""

    _inherit = "cx.complaint"

    @api.model
    def _domains_by_group(self):
        """Whoever works on returned goods sees the cases that they are of."""
        has_returns = Domain("rma_line_ids", "!=", False)
        return {**super()._domains_by_group(), **{f"cx_complaint.group_{function}": has_returns for function in _GOODS}}

    @api.model
    def _domains_by_function(self):
        """The floor sees what it reworks or takes apart."""
        return {**super()._domains_by_function(), "production": Domain("rma_line_ids.disposition_ids.work", "!=", "none")}
