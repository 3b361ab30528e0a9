from collections import defaultdict

from odoo import models

from ...rules import leaving, ways


class Disposition(models.Model):
    """The account of a disposition: what it allows, what was done, what is under way. Reads a batch in one go."""

    _inherit = "cx.disposition"

    def _accounts(self):
        """:return: ``{disposition: rules.leaving.Account}``, from done moves"""
        flows = self._done_flows()
        accounts = {}
        for disposition in self:
            is_work, is_tracked = ways.WORKS[disposition.work].comes_back, disposition.tracking != "none"
            into_work, worked, final = leaving.fold(
                flows.get(disposition._origin.id, ()), ways.is_used_up(disposition.work))
            accounts[disposition] = leaving.Account(
                approved=disposition.decision == "approved",
                work=is_work,
                destination=ways.final_place(disposition.work, disposition.destination),
                product=disposition.product_id.id,
                owner=disposition._owner().id,
                quantity=disposition.quantity,
                lots=frozenset(disposition.lot_ids._origin.ids if is_tracked else ()),
                released=disposition.released_qty,
                released_lots=frozenset(disposition.released_lot_ids._origin.ids if is_work and is_tracked else ()),
                into_work=into_work, worked=worked, final=final,
            )
        return accounts

    def _done_flows(self):
        """Done moves of the goods, without parts: ``{disposition id: [rules.leaving.Flow]}``.

        Read through the moves, not by a grouped query: where goods move just now they are at hand already.
        """
        flows = defaultdict(list)
        for move in self._origin.sudo().move_ids:  # sudo: stock.move - figures only
            if move.state != "done" or not move.cx_rma_line_id:
                continue
            disposition = move.cx_disposition_id
            flows[disposition.id] += [leaving.Flow(
                disposition._place(line.location_id), disposition._place(line.location_dest_id), line.lot_id.id,
                line.quantity_product_uom, bool(move.unbuild_id)) for line in move.move_line_ids]
        return flows

    def _place(self, location):
        """The word of :mod:`rules.leaving` for a location, seen from this disposition's warehouse."""
        if location.cx_warehouse_id:
            return "tree" if location.cx_warehouse_id == self.warehouse_id else "other"
        if location.usage == "internal":
            return location.cx_apart_role or "stock"
        return {"production": "production", "customer": "customer", "inventory": "scrap", "supplier": "vendor"}.get(
            location.usage, "other")

    def _open_quantities(self):
        """What documents that are not done yet will do.

        :return: ``{disposition: (quantity in rework orders, quantity in transfers and scraps)}``, product's unit
        """
        in_work, on_the_way = defaultdict(float), defaultdict(float)
        # a rework order is looked at through its moves: they are what the state depends on
        for move in self._open_goods_moves().filtered("raw_material_production_id"):
            in_work[move.cx_disposition_id] += move.product_qty
            if ways.is_used_up(move.cx_disposition_id.work):
                on_the_way[move.cx_disposition_id] += move.product_qty
        for move in self._open_leaving_moves():
            on_the_way[move.cx_disposition_id] += move.product_qty
        for scrap in self.filtered(lambda disposition: disposition.destination == "scrap").scrap_ids:
            if scrap.state != "done":
                on_the_way[scrap.cx_disposition_id] += scrap.product_uom_id._compute_quantity(
                    scrap.scrap_qty, scrap.product_id.uom_id, rounding_method="HALF-UP")
        return {disposition: (in_work[disposition], on_the_way[disposition]) for disposition in self}

    def _open_goods_moves(self):
        """Moves of the goods that are under way; those of parts are not among them."""
        return self.move_ids.filtered(lambda move: move.state not in ("done", "cancel") and move.cx_rma_line_id)

    def _open_leaving_moves(self):
        """Moves under way to the destinations; those of rework orders are not among them."""
        return self._open_goods_moves().filtered(lambda move: (
            not move.scrap_id and not move.raw_material_production_id and not move.production_id
            and not move.unbuild_id))

    def _open_documents(self):
        """Names of the documents that are under way."""
        self.ensure_one()
        orders = self.production_ids.filtered(lambda order: order.state not in ("done", "cancel"))
        scraps = self.scrap_ids.filtered(lambda scrap: scrap.state != "done")
        return [
            *orders.mapped("name"), *self._open_leaving_moves().picking_id.mapped("name"), *scraps.mapped("name")]

    def _lots_to_work(self, account):
        """Lots that are in no rework order yet; of a lot-tracked product the one lot."""
        self.ensure_one()
        if self.tracking != "serial":
            return self.lot_ids
        taken = self.production_ids.filtered(lambda order: order.state not in ("done", "cancel")).lot_producing_ids
        return (self.lot_ids - taken).filtered(lambda lot: not leaving.more(account.into_work.get(lot.id, 0.0), 0.0))

    def _lots_to_leave(self, account):
        """Lots that may go to the destination and are on no transfer or scrap yet."""
        self.ensure_one()
        lots = self.released_lot_ids if account.work else self.lot_ids
        if self.tracking != "serial":
            return lots
        taken = self._open_leaving_moves().move_line_ids.lot_id | self.scrap_ids.filtered(
            lambda scrap: scrap.state != "done").lot_id
        return (lots - taken).filtered(lambda lot: not leaving.more(account.final.get(lot.id, 0.0), 0.0))

    def _releasable_lots(self, account):
        """Worked lots that wait for the check and were not found bad by it."""
        waiting = self._lots_to_check(account)
        return waiting - self._lots_found_bad(waiting)

    def _lots_to_check(self, account):
        """Worked lots that wait for the check."""
        self.ensure_one()
        worked = [lot for lot, quantity in account.worked.items() if lot and leaving.more(quantity, 0.0)]
        waiting = self.env["stock.lot"].browse(worked) & self.lot_ids
        return waiting - self.released_lot_ids if self.tracking == "serial" else waiting

    def _lots_found_bad(self, lots):
        """Lots whose latest finding after work is not a good one."""
        self.ensure_one()
        findings = self.env["cx.inspection.line"].sudo().search([  # sudo: cx.inspection.line - verdicts only
            ("inspection_id.rma_line_id", "=", self.rma_line_id.id), ("inspection_id.stage", "=", "after_rework"),
            ("inspection_id.decision", "=", "done"), ("lot_ids", "in", lots.ids),
        ], order="id")
        latest = {lot: finding.verdict_id for finding in findings for lot in finding.lot_ids}
        return lots.filtered(lambda lot: lot in latest and not latest[lot].is_good)

    def _claims(self, account):
        """Units in quarantine that the disposition still has to bring to its destination, where they stand.

        :return: ``{(location id, lot id): quantity}``
        """
        self.ensure_one()
        claims = {}
        for lot in self.lot_ids or [self.lot_ids]:
            total = 1.0 if self.tracking == "serial" else self.quantity
            final = account.final.get(lot.id, 0.0)
            worked = min(account.worked.get(lot.id, 0.0), total) - final if account.work else 0.0
            claims[self.warehouse_id.cx_reworked_loc_id.id, lot.id] = max(worked, 0.0)
            place = (self.source_location_id.id, lot.id)
            claims[place] = claims.get(place, 0.0) + max(total - final - max(worked, 0.0), 0.0)
        return claims
