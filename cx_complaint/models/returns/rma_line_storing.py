from odoo import models
from odoo.fields import Command


class RmaLine(models.Model):
    """Goods change their place within quarantine; no disposition is asked for that, and nothing leaves by it."""

    _inherit = "cx.rma.line"

    def _store(self, location):
        """Have what stands elsewhere in quarantine and is on no other transfer put into ``location``.

        RoHS goods and those that wait for the check after work stay where they are. May be called again any time.

        :return: the transfers, one for each warehouse, with the very units reserved
        """
        warehouse = location.cx_warehouse_id
        kept = location | warehouse.cx_rohs_loc_id | warehouse.cx_reworked_loc_id
        vals_list = []
        for line, standing in self._quantities_by_lot().items():
            taken = line._on_the_way_by_lot()
            by_place = {}
            for (place, lot, owner), quantity in standing.items():
                rest = quantity - taken.get((place, lot, owner), 0.0)
                if place not in kept and line.product_uom_id.compare(rest, 0) > 0:
                    by_place.setdefault(place, []).append((lot, owner, rest))
            vals_list += [
                line._prepare_store_move_vals(place, location, units) for place, units in by_place.items()]
        return self._create_store_transfer(warehouse, location, vals_list)

    def _on_the_way_by_lot(self):
        """What open moves take from a place: ``{(location, lot, owner): quantity}``."""
        taken = {}
        moves = self.move_ids.filtered(lambda move: move.state not in ("done", "cancel"))
        for unit in moves.move_line_ids:
            key = (unit.location_id, unit.lot_id, unit.owner_id)
            taken[key] = taken.get(key, 0.0) + unit.quantity_product_uom
        return taken

    def _create_store_transfer(self, warehouse, location, vals_list):
        """One transfer within quarantine of moves with these values; none without."""
        Picking = self.env["stock.picking"]
        if not vals_list:
            return Picking
        picking = Picking.create({
            "picking_type_id": warehouse.cx_store_type_id.id,
            "company_id": warehouse.company_id.id,
            "location_id": vals_list[0]["location_id"],
            "location_dest_id": location.id,
            "origin": ", ".join(dict.fromkeys(self.rma_id.mapped("name"))),
            "user_id": False,
        })
        moves = self.env["stock.move"].create([
            {**vals, "picking_id": picking.id, "move_line_ids": [
                Command.create({**unit, "picking_id": picking.id}) for unit in vals["move_line_ids"]]}
            for vals in vals_list])
        moves._action_confirm(merge=False)
        moves._action_assign()
        return picking

    def _prepare_store_move_vals(self, place, location, units):
        """Values of a move of ``(lot, owner, quantity)`` triples, those of its lines as plain dicts."""
        self.ensure_one()
        owners = {owner for _lot, owner, _quantity in units}
        common = {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "location_id": place.id,
            "location_dest_id": location.id,
        }
        return {
            **common,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": sum(quantity for _lot, _owner, quantity in units),
            "picking_type_id": location.cx_warehouse_id.cx_store_type_id.id,
            "procure_method": "make_to_stock",
            "restrict_partner_id": next(iter(owners)).id if len(owners) == 1 else False,
            "cx_rma_line_id": self.id,
            "move_line_ids": [{
                **common, "product_uom_id": self.product_uom_id.id, "quantity": quantity, "lot_id": lot.id,
                "owner_id": owner.id} for lot, owner, quantity in units],
        }

    def _open_store_moves(self):
        """Moves within quarantine that are under way."""
        return self.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.picking_type_id.cx_role == "store")

    def _on_stored(self, moves):
        """Goods of these lines were put elsewhere: what is decided about them is taken from there."""
        dispositions = self.disposition_ids.filtered(
            lambda disposition: disposition.state in ("proposed", "approved", "running"))
        self.env.add_to_compute(dispositions._fields["source_location_id"], dispositions)
        moves.cx_disposition_id._tell_of_repaired()
