from odoo import models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker


class RmaBlockers(models.Model):
    """What stands in the way of the verbs of an RMA."""

    _inherit = "cx.rma"

    def _take_guards(self, moves=()):
        """Serialise everybody who authorises goods of the same deliveries; before anything is read that is compared.

        :param moves: receipts that are about to be linked as well
        """
        keys = {f"cx.rma,{rma_id}" for rma_id in self.ids} | {f"stock.move,{move.id}" for move in moves}
        for line in self.line_ids:
            keys.add(f"cx.complaint.line,{line.complaint_line_id.id}")  # what stays at the customer is capped with it
            if line.origin_move_id:
                keys.add(f"stock.move,{line.origin_move_id.id}")
            else:
                keys.add(f"res.partner,{line.partner_id.commercial_partner_id.id},{line.product_id.id}")
        self.env["cx.guard"]._take(keys)
        self.line_ids.invalidate_recordset(["returnable_qty"])

    def _raise_blockers(self, verb):
        res = super()._raise_blockers(verb)
        if verb == "authorise" and len(self) > 1 and (blockers := self._blockers_returnable()):
            # each could be authorised alone, all together cannot
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        return res

    def _next_verb(self):
        verb = super()._next_verb()
        return None if verb == "tell_customer" and (self.customer_told_on or self.shipped_on) else verb

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if blockers:
            return blockers
        if verb in ("submit", "authorise"):
            blockers += self._blockers_lines() + self._blockers_customer()
        if verb == "authorise":
            blockers += self._blockers_origin() + self._blockers_lots() + self._blockers_returnable()
        if verb == "tell_customer":
            blockers += self._blockers_address()
        if verb == "expect":
            blockers += self._blockers_complete()
        return blockers

    def _blockers_lines(self):
        if self.line_ids:
            return []
        return [Blocker(
            "no_lines", self.display_name, self.env._("It names no goods."),
            self.env._("Add the goods that are to come back."))]

    def _blockers_customer(self):
        """All goods belong to cases of one customer, and were delivered to him."""
        ours = self.partner_id.commercial_partner_id
        blockers = []
        for line in self.line_ids:
            complainer = line.complaint_id.partner_id.commercial_partner_id
            if complainer and complainer != ours:
                blockers.append(Blocker(
                    "other_customer", line.display_name,
                    self.env._("%(complaint)s is a case of %(other)s, not of %(customer)s.",
                               complaint=line.complaint_id.display_name, other=complainer.display_name,
                               customer=ours.display_name),
                    self.env._("Take the line into an RMA of that customer.")))
            if not line._is_delivered_to(ours):
                receivers = line._delivered_to()
                blockers.append(Blocker(
                    "delivered_to_other", line.display_name,
                    self.env._("%(delivery)s went to %(other)s, not to %(customer)s.",
                               delivery=line.sudo().origin_move_id.reference,  # sudo: stock.move - its name
                               other=", ".join(receivers.mapped("display_name")), customer=ours.display_name),
                    self.env._("Choose a delivery of this customer.")))
        return blockers

    def _blockers_origin(self):
        """Goods without a known delivery are an own right, with a reason."""
        blockers = []
        is_allowed = self.env.su or self.env.user.has_group("cx_complaint.group_no_origin")
        for line in self.line_ids.filtered(lambda line: not line.origin_move_id):
            if not line.no_origin_reason:
                blockers.append(Blocker(
                    "no_origin_reason", line.display_name, self.env._("No delivery is known."),
                    self.env._("Choose the delivery, or say why the goods may come back without one.")))
            if not is_allowed:
                blockers.append(Blocker(
                    "no_origin_right", line.display_name, self.env._("No delivery is known."),
                    self.env._("Choose the delivery, or ask somebody who may authorise returns without origin.")))
        return blockers

    def _blockers_lots(self):
        """Announced lots are lots that this delivery brought."""
        blockers = []
        for line in self.line_ids.filtered(
            lambda line: line.origin_move_id and line.tracking != "none" and line.lot_ids):
            origin = line.sudo().origin_move_id  # sudo: stock.move - its lots only
            foreign = line.lot_ids - origin.move_line_ids.lot_id
            if foreign:
                blockers.append(Blocker(
                    "lot_not_delivered", line.display_name,
                    self.env._("%(lots)s did not go out with %(delivery)s.",
                               lots=", ".join(foreign.mapped("display_name")), delivery=origin.reference),
                    self.env._("Choose the delivery of these lots, or leave them out.")))
        return blockers

    def _blockers_returnable(self):
        """Never more than what of a delivery is neither back, nor coming, nor authorised elsewhere."""
        blockers = []
        lines = self.line_ids.filtered("origin_move_id")
        found = lines._gather_returnable() if len(self) > 1 else None
        for origin, same in lines.grouped("origin_move_id").items():
            first = same[0]
            wanted = sum(same.mapped("quantity"))
            left = found[first].shown if found else first.returnable_qty
            if first.product_uom_id.compare(wanted, left) > 0:
                blockers.append(self._returnable_blocker(origin, same, wanted, left))
        return blockers

    def _returnable_blocker(self, origin, lines, wanted, left):
        cap = lines._gather_returnable()[lines[0]]
        _returned, promised = lines._gather_returned(origin)
        others = [line for line in promised[origin.id] if line not in lines]
        details = [self.env._("%(quantity)s delivered", quantity=f"{cap.delivered:g}")]
        if cap.returned:
            details.append(self.env._("%(quantity)s came back or are on the way", quantity=f"{cap.returned:g}"))
        if others:
            details.append(self.env._(
                "%(quantity)s are on %(rmas)s", quantity=f"{sum(promised[origin.id][line] for line in others):g}",
                rmas=", ".join({line.rma_id.display_name: True for line in others})))
        return Blocker(
            "above_returnable", ", ".join(lines.rma_id.mapped("display_name")),
            self.env._("%(wanted)s %(unit)s of %(product)s asked back, %(left)s can be: %(details)s.",
                       wanted=f"{wanted:g}", unit=lines.product_uom_id.name, left=f"{left:g}",
                       product=lines.product_id.display_name, details=", ".join(details)),
            self.env._("Lower the quantity, or choose another delivery."))

    def _blockers_address(self):
        if self.partner_id.email:
            return []
        return [Blocker(
            "no_email", self.display_name,
            self.env._("%(customer)s has no e-mail address.", customer=self.partner_id.display_name),
            self.env._("Enter one, or send the printed return instructions."))]

    def _blockers_complete(self):
        if any(line.product_uom_id.compare(line.missing_qty, 0) > 0 for line in self.line_ids):
            return []
        return [Blocker(
            "nothing_missing", self.display_name,
            self.env._("Everything that was authorised has come or stands on an open receipt."),
            self.env._("There is nothing to do."))]
