from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.blocker import Blocker
from ...rules.wording import figure

# an RMA in one of these is authorised by linking goods to it, within its own blockers
_TO_AUTHORISE = ("draft", "submitted", "expired")


class RmaLine(models.Model):
    """Goods that came without the RMA, or back by core's own documents, become goods of a line: linked, not moved."""

    _inherit = "cx.rma.line"

    def action_link_existing(self):
        """Choose done returns that these lines are about."""
        self.rma_id._check_may("authorise")
        return self.env["cx.rma.adopt"]._open(lines=self)

    def _adopt(self, moves):
        """Make done receipts goods of this line. An RMA that is not authorised yet is authorised by it.

        :raises UserError: with every reason against it, and with those against authorising the RMA
        """
        self.ensure_one()
        self.rma_id._check_may("authorise")
        self.check_access("write")
        self.rma_id._take_guards(moves)
        moves.invalidate_recordset()
        self.invalidate_recordset()
        if blockers := self._blockers_adopt(moves):
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        moves = moves.sudo()  # sudo: stock.move - customer service has no stock rights; what it may is checked above
        origin = self.sudo().origin_move_id or moves.origin_returned_move_id[:1]  # sudo: as above
        # not counted as returned of its delivery while the RMA is authorised: it is what is authorised
        moves.write({"cx_rma_line_id": self.id, "origin_returned_move_id": False, "cx_is_sent_back": False})
        if self.rma_id.decision == "expired":
            self.rma_id.action_redraft()
        if self.rma_id.decision != "authorised":
            self.rma_id.action_authorise()
        moves._cx_take_over(self._owner(), origin)
        if self.shipment_error == "over":
            moves._cx_take_off_order(origin)
        self._call_off_surplus()
        self._note_adopted(moves)

    def _call_off_surplus(self):
        """What was expected and came by another way is expected no more."""
        self.invalidate_recordset()
        line = self.sudo()  # sudo: stock.move, cx.rma - our own receipt; the right to link goods is checked
        if line.product_uom_id.compare(line.received_qty + line.expected_qty, line.quantity) > 0:
            line._open_receipt_moves()._action_cancel()
            line.rma_id._create_receipts()

    def _note_adopted(self, moves):
        receipts = ", ".join(dict.fromkeys(move.reference or "" for move in moves))
        self.rma_id.message_post(body=self.env._(
            "%(quantity)s %(unit)s of %(product)s came with %(receipts)s and belong to this RMA.",
            quantity=figure(sum(move._cx_delivered_qty() for move in moves)), unit=self.product_uom_id.name,
            product=self.product_id.display_name, receipts=receipts))
        for picking in moves.picking_id:
            picking.message_post(body=self.env._("Linked to %(rma)s.", rma=self.rma_id.display_name))
        consignments = moves.picking_id.cx_consignment_id.filtered(
            lambda consignment: consignment.company_id == self.company_id)
        consignments.rma_ids |= self.rma_id

    # Blockers

    def _blockers_adopt(self, moves):
        """Everything that speaks against these receipts being goods of this line."""
        self.ensure_one()
        blockers = []
        if self.rma_id.decision not in ("authorised", *_TO_AUTHORISE):
            blockers.append(Blocker(
                "rma_closed", self.rma_id.display_name,
                self.env._("It is refused or cancelled."),
                self.env._("Set it back to draft, or open a new case for the goods.")))
        for move in moves.sudo():  # sudo: stock.move - whose and where the goods are
            blockers += self._blockers_adopt_move(move)
        if blockers:
            return blockers
        wanted = sum(move._cx_delivered_qty() for move in moves.sudo())  # sudo: stock.move - a quantity
        lacking = self.quantity - self.received_qty
        if self.short_reason and self.origin_move_id:  # what it does not wait for may be authorised elsewhere by now
            mine = moves.sudo().filtered(  # sudo: as above
                lambda move: move.origin_returned_move_id == self.sudo().origin_move_id)
            lacking = min(lacking, self.returnable_qty + sum(move._cx_delivered_qty() for move in mine))
        if self.product_uom_id.compare(wanted, lacking) > 0:
            blockers.append(Blocker(
                "above_authorised", self.display_name,
                self.env._("%(wanted)s %(unit)s of %(product)s would be linked, %(lacking)s are authorised and did not "
                           "come yet. A receipt is linked as a whole.", wanted=figure(wanted),
                           unit=self.product_uom_id.name, product=self.product_id.display_name,
                           lacking=figure(max(lacking, 0.0))),
                self.env._("Choose another line, or open a new case for the goods.")))
        return blockers

    def _blockers_adopt_move(self, move):
        names = {"receipt": move.reference or "", "product": move.product_id.display_name, "line": self.display_name}
        found = []
        if move.state != "done" or not move._cx_came_back():
            found.append(("not_received", self.env._("It brought nothing back from a customer.", **names),
                          self.env._("Choose a receipt that is done.")))
        if move.cx_rma_line_id:
            found.append(("adopted_already", self.env._(
                "%(product)s belongs to %(other)s already.", **names, other=move.cx_rma_line_id.display_name),
                self.env._("Choose another receipt.")))
        elif move._cx_is_gone():
            found.append(("gone", self.env._(
                "%(product)s went on, goes back, or does not stand where it was received any more.", **names),
                self.env._("Cancel the transfer, or move the goods back first.")))
        if move.product_id != self.product_id or move.company_id != self.company_id:
            found.append(("other_product", self.env._("%(product)s is not what %(line)s is about.", **names),
                          self.env._("Choose a line of the product.")))
        sender, customer = move._cx_sender(), self.partner_id.commercial_partner_id
        if sender and sender != customer:
            found.append(("other_customer", self.env._(
                "%(product)s came from %(sender)s, not from %(customer)s.", **names, sender=sender.display_name,
                customer=customer.display_name), self.env._("Choose an RMA of that customer.")))
        origin = move.origin_returned_move_id
        if origin and self.origin_move_id and origin != self.sudo().origin_move_id:  # sudo: stock.move - the same
            found.append(("other_origin", self.env._(
                "%(product)s is a return of %(delivery)s.", **names, delivery=origin.reference or ""),
                self.env._("Choose a line of that delivery.")))
        return [Blocker(code, names["receipt"], text, way_out) for code, text, way_out in found]

    # Proposals

    def _adoptable_moves(self):
        """Done receipts that may be goods of these lines: of their products and customers, or of nobody known."""
        Move = self.env["stock.move"]
        domain = Domain.OR([Move._cx_domain_unassigned(), Move._cx_domain_core_returns()]) & Domain([
            ("product_id", "in", self.product_id.ids), ("company_id", "in", self.company_id.ids)])
        customers = self.partner_id.commercial_partner_id
        found = Move.search(domain, order="date desc, id desc", limit=200)
        return found.filtered(lambda move: not move._cx_sender() or move._cx_sender() in customers)

    def _line_for(self, move):
        """First of these lines that lacks what the receipt brought; that of the same delivery wins."""
        quantity, origin = move._cx_delivered_qty(), move.origin_returned_move_id
        fitting = self.filtered(lambda line: (
            line.product_id == move.product_id and line.company_id == move.company_id
            and (not move._cx_sender() or move._cx_sender() == line.partner_id.commercial_partner_id)
            and line.product_uom_id.compare(line.quantity - line.received_qty, quantity) >= 0))
        same = fitting.filtered(lambda line: origin and line.sudo().origin_move_id == origin)  # sudo: stock.move - same
        return (same or fitting)[:1]

    def _candidates_of(self, moves):
        """Lines that goods of these receipts may belong to, those authorised already first."""
        lines = self.search([
            ("product_id", "in", moves.product_id.ids), ("company_id", "in", moves.company_id.ids),
            ("rma_id.decision", "in", ("authorised", *_TO_AUTHORISE)), ("short_reason", "=", False)])
        return lines.sorted(lambda line: (line.rma_id.decision != "authorised", line.id))
