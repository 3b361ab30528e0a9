from odoo import models

from ...rules import leaving
from ...rules.blocker import Blocker
from ...rules.wording import figure


class DispositionNegotiation(models.Model):
    """Units about which the customer is asked are not decided about before he answers."""

    _inherit = "cx.disposition"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_negotiation()
        return blockers

    def _blockers_negotiation(self):
        waiting = self.rma_line_id._negotiated_by_lot()
        if not waiting:
            return []
        free = self.rma_line_id._free_by_lot(("approved",), self)
        need = 1.0 if self.tracking == "serial" else self.quantity
        names = ", ".join(self.sudo().rma_line_id.negotiation_ids.filtered(  # sudo: cx.negotiation - its number
            lambda negotiation: negotiation.state == "open").mapped("name"))
        return [
            Blocker(
                "waits_for_customer", self.name,
                self.env._(
                    "%(need)s %(unit)s are decided, %(free)s are free: the others wait for the customer's answer"
                    " (%(negotiations)s).", need=figure(need), unit=self.product_uom_id.name,
                    free=figure(max(free[lot.id], 0.0)), negotiations=names),
                self.env._("Ask sales for the answer, or lower the quantity."))
            for lot in self.lot_ids or [self.lot_ids]
            if waiting.get(lot.id) and leaving.more(need, free[lot.id])
        ]
