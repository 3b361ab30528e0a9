from odoo import api, fields, models

from .link_guard import Link

_LINKS = ("cx_rma_line_id", "cx_disposition_id", "cx_settlement_id", "cx_apart_release_id")
_CARRIED = (*_LINKS, "cx_correction_line_id")


class StockMove(models.Model):
    _inherit = "stock.move"

    # Never copied: a return of a return, an exchange, a duplicate are other goods. What is the same goods still, the
    # rest of a split or the next step of a push, gets them by the hooks below.
    cx_rma_line_id = fields.Many2one(
        "cx.rma.line", string="RMA Line", copy=False, index="btree_not_null", ondelete="set null", check_company=True,
        help="Every move of the goods of an RMA line carries it: receipt, work, release, scrap, sending back.")
    cx_disposition_id = fields.Many2one(
        "cx.disposition", string="Disposition", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
    cx_settlement_id = fields.Many2one(
        "cx.settlement", string="Settlement", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        # two RMA lines must not become one move
        return super()._prepare_merge_moves_distinct_fields() + list(_LINKS)

    def _prepare_move_split_vals(self, qty):
        return {**super()._prepare_move_split_vals(qty), **self._cx_link_vals()}

    def _prepare_procurement_values(self):
        # a replacement picked, packed and shipped is one replacement
        vals = super()._prepare_procurement_values()
        if self.cx_settlement_id:
            vals["cx_settlement_id"] = self.cx_settlement_id.id
        return vals

    def _cx_link_vals(self):
        """Our links of this move, for a move of the same goods."""
        return {name: Link(self[name].id) for name in _CARRIED if self[name]}

    def _update_orderpoints(self):
        # what only touches quarantine is in no forecast; core would compute every orderpoint of the product for it
        return super(StockMove, self.filtered(lambda move: not move._cx_is_beside_stock()))._update_orderpoints()

    def _cx_is_beside_stock(self):
        """Whether goods come into quarantine, change their place or leave it, without work and without stock."""
        self.ensure_one()
        places = self.location_id | self.location_dest_id
        return bool(
            not places.warehouse_id and places.cx_warehouse_id and "production" not in places.mapped("usage"))

    def _action_synch_order(self):
        # goods added on our transfers never touch the sales order
        return super(StockMove, self.filtered(lambda move: not move.picking_type_id.cx_role))._action_synch_order()

    def _action_done(self, cancel_backorder=False):
        receipts = self.filtered(lambda move: move.picking_type_id.cx_role == "return" and move.state != "done")
        receipts._cx_name_added_goods()
        receipts._cx_keep_owner()
        differences = receipts._cx_receipt_differences()
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        if differences:
            self.env["cx.rma.line"].sudo()._on_receipt_differs(differences)  # sudo: cx.rma.line - the clerk's own count
        return moves

    def _cx_name_added_goods(self):
        """More of a product that is on one line of the receipt only is more of that line."""
        for move in self.filtered(lambda move: not move.cx_rma_line_id and move.location_id.usage == "customer"):
            named = move.picking_id.move_ids.filtered(lambda other, move=move: other.product_id == move.product_id)
            if len(lines := named.sudo().cx_rma_line_id) == 1:  # sudo: cx.rma.line - the clerk may not read it
                move.write({"cx_rma_line_id": Link(lines.id)})
                if lines.goods_owner == "customer":
                    move.restrict_partner_id = lines.partner_id.commercial_partner_id

    def _cx_keep_owner(self):
        """The customer's goods stay his, also those that were counted beyond the announced quantity."""
        for move in self.filtered("restrict_partner_id"):
            owner = move.restrict_partner_id
            if move.cx_rma_line_id and any(line.owner_id != owner for line in move.move_line_ids):
                move.move_line_ids.owner_id = owner

    def _cx_receipt_differences(self):
        """What is about to be received other than announced.

        :return: list of ``(picking, RMA line or none, move, counted, demand, names of lots nobody announced)``
        """
        differences = []
        for move in self.filtered(lambda move: move.picked and move.location_id.usage == "customer"):
            line = move.sudo().cx_rma_line_id  # sudo: cx.rma.line - the clerk may not read it
            announced = line.tracking != "none" and (line.lot_ids or line.origin_move_id.move_line_ids.lot_id)
            strange = announced and sorted(
                {move_line.lot_id.name or move_line.lot_name for move_line in move.move_line_ids}
                - {*announced.mapped("name"), False})
            if not line or strange or move.product_uom.compare(move.quantity, move.product_uom_qty):
                differences.append((move.picking_id, line, move, move.quantity, move.product_uom_qty, strange))
        return differences

    def _cx_delivered_qty(self):
        """Done quantity in the product's unit; 0 before."""
        if self.state != "done":
            return 0.0
        return self.product_uom._compute_quantity(self.quantity, self.product_id.uom_id, rounding_method="HALF-UP")
