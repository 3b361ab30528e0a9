from odoo import models


class Rma(models.Model):
    """The customer's date is carried by everything that is under way for the return."""

    _inherit = "cx.rma"

    def write(self, vals):
        res = super().write(vals)
        if "limit_date" in vals:
            self.filtered(lambda rma: rma.decision == "authorised")._on_limit_date_changed()
        return res

    def _on_limit_date_changed(self):
        """The customer set another date."""
        # sudo: cx.disposition - who enters the customer's date may not plan; the documents follow it
        self.sudo().line_ids.disposition_ids.filtered(
            lambda disposition: disposition.state in ("approved", "running"))._on_limit_date_changed()
