from collections import defaultdict

from odoo import Command, api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.parcels import covers


class StockMove(models.Model):
    """Goods that stand in quarantine without an RMA, until one takes them over or they go back to their sender."""

    _inherit = "stock.move"

    cx_is_sent_back = fields.Boolean(
        string="Goes Back to Sender", copy=False, readonly=True,
        help="Customer service decided that these unassigned goods go back; quarantine lets them go.")
    cx_consignment_id = fields.Many2one(related="picking_id.cx_consignment_id", groups="cx_complaint.group_reader")
    cx_sender_id = fields.Many2one(
        "res.partner", string="Sender", compute="_compute_cx_sender_id", groups="cx_complaint.group_reader")

    def _compute_cx_sender_id(self):
        for move in self:
            move.cx_sender_id = move._cx_sender()

    @api.model
    def _cx_domain_unassigned(self):
        """Receipts into quarantine that belong to no RMA line and are not on their way back."""
        return Domain([
            ("state", "=", "done"), ("cx_rma_line_id", "=", False), ("location_id.usage", "=", "customer"),
            ("location_dest_id.cx_warehouse_id", "!=", False),
        ]) & (Domain("cx_is_sent_back", "=", False) | Domain("returned_move_ids", "not any", [("state", "!=", "cancel")]))

    def _cx_is_unassigned(self):
        """The same of one move."""
        self.ensure_one()
        return bool(
            self.state == "done" and not self.cx_rma_line_id and self.location_id.usage == "customer"
            and self.location_dest_id.cx_warehouse_id
            and not (self.cx_is_sent_back and any(move.state != "cancel" for move in self.returned_move_ids)))

    @api.model
    def _cx_domain_core_returns(self):
        """Returns of deliveries made with core's own button, straight into stock, that belong to no RMA line."""
        return Domain([
            ("state", "=", "done"), ("cx_rma_line_id", "=", False), ("location_id.usage", "=", "customer"),
            ("origin_returned_move_id", "!=", False), ("location_dest_id.usage", "=", "internal"),
            ("location_dest_id.cx_warehouse_id", "=", False),
        ])

    def _cx_came_back(self):
        """Whether it brought goods from a customer into quarantine, or straight into stock."""
        self.ensure_one()
        return self.location_id.usage == "customer" and self.location_dest_id.usage == "internal"

    def _cx_is_gone(self):
        """Whether goods of a receipt are not free to be linked: under way back, or not there any more.

        What core took back into stock is stock like any other and is not looked for.
        """
        self.ensure_one()
        if any(move.state != "cancel" for move in self.returned_move_ids):
            return True
        if not self.location_dest_id.cx_warehouse_id or not self.product_id.is_storable:
            return False
        return any(
            self.product_id.uom_id.compare(self._cx_standing(line), line.quantity_product_uom) < 0
            for line in self.move_line_ids)

    def _cx_standing(self, line):
        """What stands of a line's goods where it put them, whoever they belong to now."""
        return sum(self.env["stock.quant"]._gather(
            line.product_id, line.location_dest_id, lot_id=line.lot_id, owner_id=line.owner_id, strict=True,
        ).mapped("quantity"))

    def _cx_unidentified(self):
        """Those of which nobody knows the product."""
        return self.filtered(lambda move: move.product_id == self.env.ref("cx_complaint.product_unidentified"))

    def _cx_sender(self):
        """Company that sent the goods; nobody where it is not known."""
        self.ensure_one()
        picking = self.picking_id
        return (picking.sudo().cx_consignment_id.partner_id  # sudo: cx.consignment - its customer
                or picking.partner_id or self.partner_id).commercial_partner_id.sudo(False)

    # Queue of customer service

    def action_cx_adopt(self):
        """Choose the RMA lines that these goods belong to."""
        self.env["cx.consignment"]._check_may("adopt")
        return self._cx_open_adoption()

    def action_cx_open_cases(self):
        """Open a case with an RMA per customer; the goods belong to it at once where that is allowed."""
        self.env["cx.consignment"]._check_may("open_case")
        self.env["cx.guard"]._take_for(self)
        return self._cx_open_cases()

    def action_cx_send_back(self):
        """Decide that the unassigned goods of these consignments go back."""
        consignments = self.picking_id.cx_consignment_id
        if without := self.filtered(lambda move: not move.picking_id.cx_consignment_id):
            raise UserError("\n".join(self.env._(
                "%(receipt)s came with no consignment. Name its consignment on the transfer first.",
                receipt=receipt.name or "") for receipt in without.picking_id))
        return consignments.action_send_back()

    def _cx_open_adoption(self):
        return self.env["cx.rma.adopt"]._open(moves=self)

    # Back to the sender

    def _cx_send_back(self):
        """Transfers that bring these receipts back to where they came from, one per receipt; the very units reserved."""
        self.cx_is_sent_back = True
        pickings = self.env["stock.picking"]
        for receipt, moves in self.grouped("picking_id").items():
            warehouse = moves.location_dest_id.cx_warehouse_id
            picking = self.env["stock.picking"].create({
                "picking_type_id": warehouse.cx_back_type_id.id,
                "company_id": receipt.company_id.id,
                "partner_id": (receipt.cx_consignment_id.partner_id or receipt.partner_id).id,
                "origin": receipt.cx_consignment_id.display_name or receipt.name,
                "location_id": moves[0].location_dest_id.id,
                "location_dest_id": moves[0].location_id.id,
                "return_id": receipt.id,
                "user_id": False,
            })
            self.env["stock.move"].create([move._cx_prepare_send_back_vals(picking) for move in moves])
            pickings |= picking
        pickings.move_ids._action_confirm(merge=False)
        pickings.move_ids._action_assign()
        return pickings

    def _cx_prepare_send_back_vals(self, picking):
        self.ensure_one()
        common = {
            "product_id": self.product_id.id,
            "company_id": self.company_id.id,
            "location_id": self.location_dest_id.id,
            "location_dest_id": self.location_id.id,
        }
        return {
            **common,
            "picking_id": picking.id,
            "picking_type_id": picking.picking_type_id.id,
            "product_uom": self.product_uom.id,
            "product_uom_qty": self.quantity,
            "origin": picking.origin,
            "partner_id": picking.partner_id.id,
            "restrict_partner_id": self.restrict_partner_id.id,
            "procure_method": "make_to_stock",
            "origin_returned_move_id": self.id,
            "to_refund": False,
            "move_line_ids": [Command.create({
                **common,
                "picking_id": picking.id,
                "product_uom_id": line.product_uom_id.id,
                "quantity": line.quantity,
                "lot_id": line.lot_id.id,
                "owner_id": line.owner_id.id,
                "location_id": line.location_dest_id.id,
                "location_dest_id": line.location_id.id,
            }) for line in self.move_line_ids],
        }


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _cx_going_back_to_sender(self, are_done=False):
        """Those of the lines that take unassigned goods back to their sender, as customer service decided.

        No more of a lot and an owner than the receipt brought, whoever presses what.

        :param bool are_done: the lines are counted among the done ones already
        """
        let_go = self.browse()
        candidates = self.filtered(lambda line: (
            not line.move_id.cx_disposition_id and not line.move_id.cx_rma_line_id
            and line.location_dest_id.usage == "customer"))
        for receipt, lines in candidates.grouped(lambda line: line.move_id.origin_returned_move_id).items():
            if not receipt.cx_is_sent_back or receipt.cx_rma_line_id or receipt.state != "done":
                continue
            gone = receipt.returned_move_ids.filtered(lambda move: move.state == "done").move_line_ids
            if are_done:
                gone -= lines
            if covers(receipt.move_line_ids._cx_sums(), gone._cx_sums(), lines._cx_sums()):
                let_go |= lines
        return let_go

    def _cx_sums(self):
        """``{(product, lot, owner): quantity}`` of these lines, in the product's unit."""
        sums = defaultdict(float)
        for line in self:
            owner = line.owner_id if line.owner_id != line.company_id.partner_id else line.owner_id.browse()
            sums[line.product_id, line.lot_id, owner] += line.quantity_product_uom
        return sums
