from odoo import models

from ...rules.blocker import Blocker


class DispositionMadeGood(models.Model):
    """Repaired goods that go back make the delivery good: not beside a replacement or a credit of the same units."""

    _inherit = "cx.disposition"

    def _transition(self, verb, vals=None):
        if verb == "approve":
            back = self.filtered(lambda disposition: disposition.destination == "customer")
            origins = back.rma_line_id.origin_move_id
            self.env["cx.guard"]._take_for(origins, origins.sudo().sale_line_id)  # sudo: sale.order.line - ids only
        return super()._transition(verb, vals)

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve" and self.destination == "customer":
            blockers += self._blockers_made_good()
        return blockers

    def _blockers_made_good(self):
        """Customers with replacement or credit in hand get the repaired unit as goodwill only."""
        self.ensure_one()
        origin = self.rma_line_id.origin_move_id
        if not origin or self.env.su or self.env.user.has_group("cx_complaint.group_goodwill"):
            return []
        pool = ("move", origin.id)
        delivered, used = self.env["cx.settlement"]._made_good_of({pool})
        left = delivered[pool] - used[pool]
        if self.product_uom_id.compare(self.quantity, left) <= 0:
            return []
        return [Blocker(
            "made_good", self.display_name,
            self.env._(
                "%(wanted)s %(unit)s of %(product)s are to go back, %(left)s %(unit)s can: the rest is already replaced"
                " or credited.",
                wanted=self.quantity, left=max(left, 0.0), unit=self.product_uom_id.name,
                product=self.product_id.display_name),
            self.env._("Choose another destination, cancel the settlement, or ask somebody with the goodwill right."))]
