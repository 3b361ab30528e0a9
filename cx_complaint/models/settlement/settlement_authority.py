from odoo import api, models
from odoo.exceptions import AccessError


class Settlement(models.Model):
    """Who approves, where the rulebook of the case names roles for it.

    :source: S2.18-27
    """

    _inherit = "cx.settlement"

    def _check_may(self, verb):
        result = super()._check_may(verb)
        if verb == "approve":
            blockers = [blocker for case in self.complaint_id for blocker in case._blockers_authority("approve_money")]
            if blockers:
                raise AccessError("\n".join(blocker.sentence() for blocker in blockers))
        return result

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        return blockers + self.complaint_id._blockers_authority("approve_money") if verb == "approve" else blockers


class Complaint(models.Model):
    """Whose rights the approval needs."""

    _inherit = "cx.complaint"

    @api.model
    def _groups_of(self, verb):
        if verb == "approve_money":
            return self.env["cx.settlement"]._TRANSITIONS["approve"].groups
        return super()._groups_of(verb)
