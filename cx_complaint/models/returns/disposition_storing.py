from collections import defaultdict

from odoo import models

from ...rules import leaving
from ...rules.blocker import Blocker


class Disposition(models.Model):
    """Repaired goods that wait in the after-sales warehouse before they go back to the customer.

    :source: S2.18-20
    """

    _inherit = "cx.disposition"

    def _is_stored_after_work(self):
        """Whether what passed the check is put into the after-sales warehouse first."""
        self.ensure_one()
        return (self.work != "none" and self.destination == "customer"
                and self.rma_id._receipt_profile().place_after_repair == "aftersales")

    def _leaves_from(self):
        if self._is_stored_after_work():
            return self.warehouse_id.cx_aftersales_loc_id
        return super()._leaves_from()

    def _create_transfers(self, parts):
        """Transfers to the destinations; of what is not in the after-sales warehouse yet, into it only."""
        ready, to_store = [], defaultdict(list)
        for disposition, quantity, lots in parts:
            if not disposition._is_stored_after_work():
                ready.append((disposition, quantity, lots))
                continue
            stored, rest = disposition._split_stored(quantity, lots)
            if leaving.more(stored[0], 0.0):
                ready.append((disposition, *stored))
            if leaving.more(rest[0], 0.0):
                to_store[disposition.warehouse_id].append((disposition, *rest))
        pickings = super()._create_transfers(ready) if ready else self.env["stock.picking"]
        for warehouse, its_parts in to_store.items():
            place = warehouse.cx_aftersales_loc_id
            lines = self.browse([part[0].id for part in its_parts]).rma_line_id
            pickings |= lines._create_store_transfer(warehouse, place, [
                part[0]._prepare_store_vals(*part[1:]) for part in its_parts])
        return pickings

    def _split_stored(self, quantity, lots):
        """Of so many units those that stand in the after-sales warehouse, and the rest: pairs of quantity and lots."""
        standing = self._stored_by_lot()
        if self.tracking == "serial":
            stored = lots.filtered(lambda lot: leaving.more(standing[lot], 0.0))
            return (float(len(stored)), stored), (float(len(lots - stored)), lots - stored)
        there = min(quantity, max(standing[lots], 0.0))
        return (there, lots), (quantity - there, lots)

    def _stored_by_lot(self):
        """Repaired units that stand in the after-sales warehouse: ``{lot: quantity}``."""
        self.ensure_one()
        standing = defaultdict(float)
        place = self.warehouse_id.cx_aftersales_loc_id
        for line in self.move_ids.filtered(lambda move: move.state == "done" and move.cx_rma_line_id).move_line_ids:
            # what was taken into work from there does not count: only what came back after it
            if line.location_dest_id == place:
                standing[line.lot_id] += line.quantity_product_uom
            elif line.location_id == place and not line.move_id.raw_material_production_id:
                standing[line.lot_id] -= line.quantity_product_uom
        return standing

    def _places_after_work(self, lot, quantity):
        place, stored = super()._places_after_work(lot, quantity), 0.0
        if self._is_stored_after_work():
            stored = min(max(self._stored_by_lot()[lot], 0.0), quantity)
        return {self.warehouse_id.cx_aftersales_loc_id: stored, **{zone: quantity - stored for zone in place}}

    def _prepare_store_vals(self, quantity, lots):
        """Values of the move of so many repaired units into the after-sales warehouse."""
        self.ensure_one()
        reworked = self.warehouse_id.cx_reworked_loc_id
        owner = self._owner()
        units = [(lot, owner, 1.0) for lot in lots] if self.tracking == "serial" else [(lots, owner, quantity)]
        vals = self.rma_line_id._prepare_store_move_vals(reworked, self.warehouse_id.cx_aftersales_loc_id, units)
        return {**vals, "cx_disposition_id": self.id}

    def _tell_of_repaired(self):
        """Repaired goods stand in the after-sales warehouse: who goes on as agreed with the customer is told."""
        for disposition in self:
            function = disposition.rma_id._receipt_profile().repaired_function
            disposition.rma_id._tell_functions([function] if function else [], self.env._("Repaired goods are there"),
                self.env._(
                    "%(disposition)s: repaired %(product)s of %(rma)s stands in %(place)s. Go on as agreed with the "
                    "customer; *Execute* ships it.", disposition=disposition.name,
                    product=disposition.product_id.display_name, rma=disposition.rma_id.display_name,
                    place=disposition.warehouse_id.cx_aftersales_loc_id.display_name))

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self.rma_line_id._blockers_difference() + self._blockers_not_inspected()
        elif verb == "execute":
            blockers += self._blockers_being_stored()
        return blockers

    def _blockers_not_inspected(self):
        """Where the inspection is a required step of receiving, goods without a verdict are not decided about."""
        line = self.rma_line_id
        if not line.rma_id._receipt_profile()._requires("inspect"):
            return []
        if line.product_uom_id.compare(line.inspected_qty, line.planned_qty) >= 0:
            return []
        return [Blocker(
            "not_inspected", line.display_name, self.env._("Its goods are not inspected yet."),
            self.env._("Inspect them first; findings propose what happens to the goods."))]

    def _blockers_being_stored(self):
        moves = self.rma_line_id.sudo()._open_store_moves()  # sudo: stock.picking - the names of transfers
        return [Blocker(
            "being_stored", self.name,
            self.env._("The goods are on their way within quarantine by %(transfer)s.", transfer=transfer.name),
            self.env._("Ask the warehouse to validate or cancel it first."))
            for transfer in moves.filtered(lambda move: not move.cx_disposition_id).picking_id]
