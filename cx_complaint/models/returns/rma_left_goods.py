from odoo import fields, models


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
        lines = self.line_ids.filtered("has_left_goods").complaint_line_id
        return [blocker for line in lines if (blocker := line._left_blocker(self.display_name, self.line_ids))]


class RmaLineLeftGoods(models.Model):
    _inherit = "cx.rma.line"

    # stored: it comes along with the line when the return is authorised, and costs no query of its own
    has_left_goods = fields.Boolean(related="complaint_line_id.has_left_goods", store=True)
