from odoo import models


class AccountMove(models.Model):
    """Credit notes that are posted are heard of by the rulebooks of their cases."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        self.env["cx.complaint"]._tell_rulebooks(posted, "line_ids.cx_settlement_id.complaint_id")
        return posted
