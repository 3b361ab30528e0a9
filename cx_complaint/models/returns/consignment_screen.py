from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.parcels import BEFORE_PLACING

# parcels that stand at the dock, and as many that are expected; the others are found by their waybill
_MOST = 60


class Consignment(models.Model):
    """What the screen at the dock shows of consignments: everything in one answer."""

    _inherit = "cx.consignment"

    def action_view_dock(self):
        """Open the consignment on the screen of the dock."""
        self.ensure_one()
        return {
            "type": "ir.actions.client", "tag": "cx_complaint.dock", "name": self.env._("Dock"),
            "params": {"consignment_id": self.id},
        }

    # The list of parcels

    @api.model
    def _search_awaited(self):
        """Parcels that stand at the dock, then those that are expected, the most urgent first."""
        own = Domain("company_id", "in", self.env.companies.ids)
        here = self.search(own & Domain("state", "in", ("arrived", "counted")), order="arrived_on desc, id desc", limit=_MOST)
        expected = self.search(own & Domain("state", "in", ("draft", "announced")), order="expected_date, id", limit=_MOST)
        return here.filtered(lambda consignment: not consignment._is_received()) + expected

    def _prepare_dock_rows(self):
        """What the list shows of each parcel."""
        today = fields.Date.context_today(self)
        states = dict(self._fields["state"]._description_selection(self.env))
        return [{
            "id": consignment.id,
            "name": consignment.name,
            "waybill": consignment.waybill or "",
            "customer": consignment.partner_id.display_name or "",
            "rmas": ", ".join(consignment.rma_ids.mapped("name")),
            "carrier": consignment.carrier_name or "",
            "pieces": consignment.pieces_announced,
            "is_here": consignment.state in ("arrived", "counted"),
            "state": states[consignment.state],
            "expected_date": fields.Date.to_string(consignment.expected_date) or "",
            "is_today": consignment.expected_date == today,
            "is_late": bool(consignment.expected_date and consignment.expected_date < today),
        } for consignment in self]

    # One parcel

    def _is_received(self):
        """Whether goods came with it and none is expected any more; other steps may follow."""
        self.ensure_one()
        receipts = self.sudo().picking_ids._cx_incoming()  # sudo: stock.picking - states only
        return "done" in receipts.mapped("state") and not self._dock_moves()

    def _dock_moves(self):
        """Goods that are expected with it, the oldest RMA first."""
        self.ensure_one()
        receipts = self._open_receipts() | self._receipts_to_link()
        # sudo: stock.move, cx.rma.line - the clerk sees what he is to count; he may read the consignment
        return receipts.sudo().move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        ).sorted(lambda move: (move.cx_rma_line_id.rma_id.id, move.id))

    def _prepare_dock_screen(self):
        """Everything that the screen shows of one parcel."""
        self.ensure_one()
        states = dict(self._fields["state"]._description_selection(self.env))
        is_open = self.state in BEFORE_PLACING and not self._is_received()
        return {
            "id": self.id,
            "name": self.name,
            "waybill": self.waybill or "",
            "customer": self.partner_id.display_name or "",
            "carrier": self.carrier_name or "",
            "note": self.note or "",
            "state": states[self.state],
            "is_open": is_open,
            "is_counted": self.state == "counted",
            "pieces_announced": self.pieces_announced,
            "pieces_arrived": self.pieces_arrived,
            "is_driver_signed": self.is_driver_signed,
            "is_signature_needed": self.company_id.cx_is_driver_signature_needed,
            "is_photo_needed": self.company_id.cx_is_arrival_photo_needed,
            "photos": [{"id": photo.id, "name": photo.name} for photo in self.photo_ids],
            "groups": self._prepare_dock_groups() if is_open else [],
            "next": [] if is_open or self.state != "counted" else [
                blocker.sentence() for blocker in self._blockers("place")],
            "received": [] if is_open else self._prepare_dock_received(),
            "expected": [] if is_open else self._prepare_dock_expected(),
        }

    def _prepare_dock_groups(self):
        """What is expected, by RMA."""
        return [{
            "id": rma.id,
            "name": rma.name or "",
            "number": rma.return_number if rma.return_number != "/" else "",
            "lines": [self._prepare_dock_line(move) for move in moves],
        } for rma, moves in self._dock_moves().grouped(lambda move: move.cx_rma_line_id.rma_id).items()]

    def _prepare_dock_line(self, move):
        product, line = move.product_id, move.cx_rma_line_id
        lots = line._open_lots() if line and product.tracking != "none" else {}
        return {
            "id": move.id,
            "product_id": product.id,
            "product": product.name,
            "code": product.default_code or "",
            "tracking": product.tracking,
            "unit": product.uom_id.name,
            "is_whole": product.tracking == "serial",
            "expected": move.product_qty,
            "reason": line.complaint_line_id.defect_id.name or "",
            "is_rohs": product.cx_is_rohs,
            "lots": [{"id": lot.id, "name": lot.name} for lot in lots],
        }

    def _prepare_dock_received(self):
        """What came into quarantine with it."""
        moves = self.sudo().picking_ids._cx_incoming().move_ids  # sudo: stock.move - the clerk sees what he received
        lines = moves.filtered(lambda move: move.state == "done").move_line_ids
        return [{
            "id": line.id,
            "product": line.product_id.name,
            "lot": line.lot_id.name or "",
            "quantity": line.quantity_product_uom,
            "unit": line.product_id.uom_id.name,
            "rma": line.move_id.cx_rma_line_id.rma_id.name or "",
        } for line in lines.sorted(lambda line: (line.move_id.cx_rma_line_id.rma_id.id or float("inf"), line.id))]

    def _prepare_dock_expected(self):
        """What of its RMAs is still to come, with another parcel."""
        lines = self.sudo().rma_ids.line_ids  # sudo: cx.rma.line - quantities of what he counted
        return [{
            "id": line.id,
            "product": line.product_id.name,
            "quantity": line.expected_qty,
            "unit": line.product_uom_id.name,
            "rma": line.rma_id.name,
        } for line in lines if line.product_uom_id.compare(line.expected_qty, 0) > 0]
