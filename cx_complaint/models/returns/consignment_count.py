from odoo import Command, models
from odoo.exceptions import UserError


class Consignment(models.Model):
    """A whole count of the dock, received in one go: what was announced, and what nobody announced."""

    _inherit = "cx.consignment"

    def _receive_counted(self, counted, facts):
        """Receive what was counted into quarantine; what was announced and not counted stays expected.

        :param counted: list of :class:`~.dock.Counted`
        :param dict facts: what the clerk says of the parcel itself: ``pieces_arrived``, ``is_driver_signed``
        :raises UserError: nothing is counted, or the parcel itself is not
        """
        self.ensure_one()
        if not counted:
            raise UserError(self.env._(
                "%(consignment)s: nothing is counted. Scan the goods, or enter how many came.", consignment=self.name))
        self._record_count(facts)
        by_move = {}
        for entry in counted:
            if entry.move:
                by_move.setdefault(entry.move, []).append(entry)
        self._check_still_expected(by_move)
        self._receive_announced(by_move)
        self._receive_others([entry for entry in counted if not entry.move])

    def _record_count(self, facts):
        """The parcel is there and its pieces are counted, as far as nobody recorded it before.

        Where the company does something else first, the parcel is counted after that; its goods are received all the
        same.
        """
        if self.state in ("draft", "announced"):
            self.action_arrive()
        if self.state == "arrived":
            self.write(facts)
            if not self._blockers_steps("count"):
                self.action_count()

    def _check_still_expected(self, by_move):
        """:raises UserError: naming goods that somebody else received meanwhile"""
        open_moves = self._open_receipts().sudo().move_ids  # sudo: stock.move - which are open
        gone = [move for move in by_move if move.state in ("done", "cancel") or move not in open_moves]
        if gone:
            raise UserError("\n".join(self.env._(
                "%(product)s: %(receipt)s is received or called off meanwhile. Open the parcel again and count what is "
                "left.", product=move.product_id.display_name, receipt=move.reference or "") for move in gone))

    def _receive_announced(self, by_move):
        """Validate the receipts of which something was counted; the others arrive with another parcel."""
        # sudo: stock.picking - the clerk of the return zone needs no further stock rights; his verb is checked
        receipts = self._open_receipts().sudo()
        counted = receipts.filtered(lambda receipt: any(move in by_move for move in receipt.move_ids))
        (receipts - counted).cx_consignment_id = False
        if not counted:
            return
        counted.move_ids.picked = False
        for move, entries in by_move.items():
            sender = move.cx_rma_line_id.partner_id or self.partner_id
            move.sudo()._cx_set_counted([  # sudo: stock.move - as above
                unit for entry in entries for unit in self._units_of(entry, sender)])
        counted.with_context(skip_backorder=True).button_validate()
        if left := counted.filtered(lambda receipt: receipt.state != "done"):
            raise UserError(self.env._(
                "%(receipts)s asks something that this screen cannot answer. Open the transfer and validate it there.",
                receipts=", ".join(left.mapped("name"))))
        self._ask_about_unknowns(counted)

    def _units_of(self, entry, sender):
        """``(lot, quantity)`` pairs of an entry; a lot that cannot be read gets a return lot, each unit one by serial."""
        if entry.product.tracking == "none":
            return [(self.env["stock.lot"], entry.quantity)]
        if not entry.is_unreadable:
            return [(self._lot_of(entry), entry.quantity)]
        quantities = [1.0] * round(entry.quantity) if entry.product.tracking == "serial" else [entry.quantity]
        Lot = self.env["stock.lot"].sudo()  # sudo: stock.lot - the clerk of the return zone records what he sees
        return [
            (Lot._cx_create_return_lot(entry.product, self.company_id, sender.commercial_partner_id), quantity)
            for quantity in quantities]

    def _lot_of(self, entry):
        """The lot of an entry; a name that the books do not know becomes one."""
        if entry.lot or not entry.lot_name:
            return entry.lot
        Lot = self.env["stock.lot"].sudo()  # sudo: stock.lot - the clerk of the return zone records what he reads
        return Lot.search([
            ("product_id", "=", entry.product.id), ("name", "=", entry.lot_name),
            ("company_id", "in", (False, self.company_id.id))], limit=1,
        ) or Lot.create({
            "product_id": entry.product.id, "name": entry.lot_name, "company_id": self.company_id.id})

    def _receive_others(self, entries):
        """Goods that no RMA expects go into quarantine without one."""
        if not entries:
            return
        self.env["cx.consignment.receive"].create({
            "consignment_id": self.id,
            "line_ids": [Command.create(vals) for entry in entries for vals in self._prepare_other_vals_list(entry)],
        }).action_receive()

    def _prepare_other_vals_list(self, entry):
        """Values of the lines without RMA of an entry; one for each unit that has a serial number."""
        if not entry.product:
            return [{"is_unidentified": True, "quantity": entry.quantity}]
        vals = {
            "product_id": entry.product.id, "quantity": entry.quantity, "lot_id": self._lot_of(entry).id,
            "is_lot_unreadable": entry.is_unreadable}
        if entry.is_unreadable and entry.product.tracking == "serial":
            return [{**vals, "quantity": 1.0}] * round(entry.quantity)
        return [vals]
