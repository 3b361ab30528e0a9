from odoo import fields, models

from ...rules.blocker import Blocker
from ...rules.wording import figure


class CustomsContract(models.Model):
    """What stands in the way of the verbs of a customs contract."""

    _inherit = "cx.customs.contract"

    def _is_ok(self):
        """Whether goods may come in under it today."""
        if not self:
            return False
        self.ensure_one()
        today = fields.Date.context_today(self)
        return self.decision == "granted" and (self.valid_from or today) <= today <= (self.valid_until or today)

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("apply", "grant"):
            blockers += self._blockers_goods()
        if verb == "grant":
            blockers += self._blockers_papers()
        if verb == "close":
            blockers += self._blockers_inside()
        if verb == "cancel":
            blockers += self._blockers_came_in()
        return blockers

    def _blockers_goods(self):
        if self.line_ids:
            return []
        return [Blocker(
            "no_goods", self.display_name, self.env._("It names no goods."),
            self.env._("Add products and quantities, or take them from the RMAs."))]

    def _blockers_papers(self):
        """Customs' OK is a number and a last day."""
        return [Blocker(
            code, self.display_name, self.env._("%(field)s is not entered.", field=field),
            self.env._("Enter what customs wrote."),
        ) for code, field, value in (
            ("no_number", self._fields["number"]._description_string(self.env), self.number),
            ("no_validity", self._fields["valid_until"]._description_string(self.env), self.valid_until),
        ) if not value]

    def _blockers_inside(self):
        """A contract is closed when everything went out again."""
        return [Blocker(
            "goods_inside", self.display_name,
            self.env._(
                "%(inside)s of %(imported)s %(unit)s of %(product)s that came in are still here.",
                inside=figure(line.inside_qty), imported=figure(line.imported_qty), unit=line.product_uom_id.name,
                product=line.product_id.display_name),
            self.env._("Send them back first, or say in the remarks how they were declared."),
        ) for line in self.line_ids if line.product_uom_id.compare(line.inside_qty, 0) > 0 and not self.note]

    def _blockers_came_in(self):
        came = [line for line in self.rma_ids.line_ids if line.product_uom_id.compare(line.received_qty, 0) > 0]
        return [Blocker(
            "goods_came", self.display_name,
            self.env._("Goods of %(rmas)s came in already.", rmas=", ".join(
                {line.rma_id.display_name: True for line in came})),
            self.env._("Apply for them, or take the RMAs off this contract first."))] if came else []
