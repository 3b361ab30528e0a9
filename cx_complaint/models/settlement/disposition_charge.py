from odoo import models

from ...rules import leaving, ways
from ...rules.blocker import Blocker


class DispositionCharge(models.Model):
    """Goods whose repair is charged are not sent back before the customer agreed to the price."""

    _inherit = "cx.disposition"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        is_repaired = self.destination == "customer" and ways.WORKS[self.work].comes_back
        if is_repaired and (
                verb == "release" or verb == "execute" and leaving.more(self._accounts()[self].to_leave, 0.0)):
            blockers += self._blockers_charge()
        return blockers

    def _blockers_charge(self):
        """:return: :class:`Blocker` list; without an agreed price repaired goods stay here"""
        line = self.rma_line_id.complaint_line_id
        charges = line.settlement_ids.filtered(
            lambda settlement: settlement.kind == "charge" and settlement.state not in ("refused", "cancelled"))
        waiting = charges.filtered(lambda settlement: settlement.state != "done")
        if waiting:
            return [Blocker(
                "charge_not_agreed", self.name,
                self.env._("The customer has not agreed to the price of the repair (%(charges)s).",
                           charges=", ".join(waiting.mapped("display_name"))),
                self.env._("Confirm the quotation when he agrees; if he does not, cancel the charge and close this"
                           " short: the goods go back as they are."))]
        if charges or not self._is_chargeable():
            return []
        return [Blocker(
            "no_charge", self.name,
            self.env._("The repair is charged: %(reason)s There is no price yet.", reason=line.warranty_reason),
            self.env._("Propose a chargeable repair from the line of the complaint, or have the complaint manager decide"
                       " otherwise about the warranty."))]

    def _is_chargeable(self):
        """Whether the work is paid by the customer: by the warranty, or because he damaged these very units."""
        line = self.rma_line_id.complaint_line_id
        if line.warranty_override == "in" or line.fault == "ours":
            return False
        return line.charge == "chargeable" or self.inspection_line_id.verdict_id.is_user_damage
