from odoo import models


class ResUsers(models.Model):
    """Who can be given something to do."""

    _inherit = "res.users"

    def _cx_working_in(self, company):
        """Those who can do something in a company: active, internal, allowed in it."""
        return self.filtered(lambda user: user.active and not user.share and company in user.company_ids)
