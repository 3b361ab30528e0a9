from odoo import models

from .link_guard import Link


class MrpUnbuild(models.Model):
    _inherit = "mrp.unbuild"

    def _generate_move_from_existing_move(self, move, factor, location_id, location_dest_id):
        """A rework order taken apart before its release: the units go back to where the work took them from."""
        new_move = super()._generate_move_from_existing_move(move, factor, location_id, location_dest_id)
        if move.cx_rma_line_id and self.location_id.cx_warehouse_id:
            vals = {"cx_rma_line_id": Link(move.cx_rma_line_id.id), "cx_disposition_id": Link(move.cx_disposition_id.id),
                    "restrict_partner_id": move.restrict_partner_id.id}
            if move.raw_material_production_id:
                vals["location_dest_id"] = move.location_id.id
            new_move.write(vals)
        return new_move

    def _prepare_finished_move_line_vals(self, finished_move):
        vals = super()._prepare_finished_move_line_vals(finished_move)
        if owner := finished_move.origin_returned_move_id.move_line_ids.owner_id[:1]:
            vals["owner_id"] = owner.id
        return vals
