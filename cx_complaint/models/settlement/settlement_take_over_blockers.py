from odoo import models
from odoo.exceptions import UserError

from ...rules import leaving
from ...rules.blocker import Blocker
from ...rules.wording import figure


class SettlementTakeOverBlockers(models.Model):
    """What stands in the way of a change of owner, and what a change of owner stands in the way of."""

    _inherit = "cx.settlement"

    def _blockers_take_over(self):
        """Everything that keeps the goods of the settlement from becoming ours."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: stock.move, cx.rma.line - what stands where, and whose it is
        due, taken = settlement._take_over_due(), settlement._taken_over()
        if not any(leaving.more(quantity, 0.0) for quantity in due.values()):
            return [self._not_due()]
        if all(not leaving.more(quantity - taken[product], 0.0) for product, quantity in due.items()):
            return [Blocker(
                "taken_already", self.display_name, self.env._("All of it is ours already."),
                self.env._("There is nothing to do."))]
        if not settlement._customers_lines():
            return [Blocker(
                "not_his", self.display_name,
                self.env._("No return of this case holds the customer's property."),
                self.env._("Goods of an ordinary return are ours when they come in; there is nothing to do."))]
        return settlement._blockers_choice(due, taken) or settlement._blockers_nothing_free(due, taken)

    def _not_due(self):
        text, way_out = {
            "replacement": (self.env._("The replacement is not delivered yet, so the goods are still the customer's."),
                            self.env._("Deliver it first.")),
            "credit": (self.env._("The credit note is not posted yet, so the goods are still the customer's."),
                       self.env._("Ask finance to post it first.")),
            "deduction": (self.env._("The deduction is not accepted yet, so the goods are still the customer's."),
                          self.env._("Approve it first.")),
        }.get(self.kind if self.kind == "deduction" or self.decision == "approved" else "", (
            self.env._("It gives the customer nothing for his goods."),
            self.env._("Goods become ours by an approved replacement, credit or deduction.")))
        return Blocker("not_due", self.display_name, text, way_out)

    def _blockers_choice(self, due, taken):
        """Of lots and serials it is said which become ours, where not all do."""
        if self.take_over_lot_ids:
            return []
        blockers = []
        for line in self._customers_lines().filtered(lambda line: line.tracking != "none" and line.product_id in due):
            free = line._undecided_of("customer")
            wanted = due[line.product_id] - taken[line.product_id]
            if len({lot for _location, lot in free}) > 1 and leaving.more(sum(free.values()), wanted):
                blockers.append(Blocker(
                    "which_units", line.display_name,
                    self.env._("%(wanted)s %(unit)s become ours, %(there)s of the customer's stand here.",
                               wanted=figure(wanted), unit=line.product_uom_id.name,
                               there=figure(sum(free.values()))),
                    self.env._("Name the lots or serial numbers under “Units to Take Over”.")))
        return blockers

    def _blockers_nothing_free(self, due, taken):
        """Nothing can be taken: it is decided to go back, not here yet, or gone."""
        plans = self._take_over_plans()
        if any(plan.places or plan.decisions for plan in plans.values()) or any(
                line._is_turned_over_with(due.get(line.product_id, 0.0) - taken[line.product_id])
                and line._to_come_qty() for line in plans):
            return []
        blockers = []
        for line in plans:
            held = line._open_dispositions("customer")
            unit = line.product_uom_id.name
            if held:
                blockers.append(Blocker(
                    "decided", line.display_name,
                    self.env._("What stands here of the customer's goods is under %(decisions)s.",
                               decisions=", ".join(held.mapped("name"))),
                    self.env._("Cancel these decisions or close them short, then take the goods over.")))
            elif leaving.more(line._to_come_qty(), 0.0):
                blockers.append(Blocker(
                    "not_here", line.display_name,
                    self.env._("%(quantity)s %(unit)s are still to come, more than are compensated.",
                               quantity=figure(line._to_come_qty()), unit=unit),
                    self.env._("Take them over when they are here.")))
            else:
                blockers.append(Blocker(
                    "gone", line.display_name,
                    self.env._("None of the customer's goods stands here; %(final)s %(unit)s went on.",
                               final=figure(line.final_qty), unit=unit),
                    self.env._("Goods that went back to the customer stay his; cancel the compensation, or grant it as"
                               " goodwill.")))
        return blockers

    def _blockers_give_back(self):
        """What became ours is given back as a whole, or not at all."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: stock.move, cx.rma.line - what stands where
        if not settlement.ours_line_ids and not any(
                leaving.more(quantity, 0.0) for quantity in settlement._taken_over().values()):
            return [Blocker(
                "nothing_taken", self.display_name, self.env._("None of the customer's goods became ours by it."),
                self.env._("There is nothing to give back."))]
        return [Blocker(
            "decided", line.display_name,
            self.env._("%(quantity)s %(unit)s became ours, %(free)s stand here with nothing decided about them.",
                       quantity=figure(quantity), unit=line.product_uom_id.name, free=figure(free)),
            self.env._("Cancel what is decided about them first; what has left stays ours."))
            for line, (quantity, free) in settlement._to_give_back().items() if leaving.more(quantity, free)]

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("cancel", "refuse") and self.taken_over_on:
            blockers.append(Blocker(
                "taken_over", self.display_name, self.env._("Goods of the customer became ours by it."),
                self.env._("Give them back first.")))
        return blockers

    def _raise_revise_blockers(self, vals, keeps):
        result = super()._raise_revise_blockers(vals, keeps)
        if self.taken_over_on and (not keeps or vals.get("quantity", self.quantity) < self.taken_over_qty):
            raise UserError(self.env._(
                "%(settlement)s: %(taken)s %(unit)s of the customer's goods became ours by it. Give them back first.",
                settlement=self.display_name, taken=figure(self.taken_over_qty), unit=self.product_uom_id.name))
        return result
