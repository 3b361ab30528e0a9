from odoo import models


class RmaLeftGoods(models.Model):
    """What stays at the customer by a decision does not come back as well."""

    _inherit = "cx.rma"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise":
            blockers += self._blockers_left_goods()
        return blockers

    def _blockers_left_goods(self):
        """Lines of which something stays, and which would bring back more than the rest."""
        return [
            blocker for line in self.line_ids.complaint_line_id
            if line.has_left_goods and (blocker := line._left_blocker(self.display_name, self.line_ids))
        ]
