from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _compute_location_id(self):
        """Returned units are taken from quarantine, whatever source or type the rework order is given."""
        pinned = self.filtered(lambda move: (
            move.raw_material_production_id and move.cx_rma_line_id and move.location_id.cx_warehouse_id))
        for move in pinned:
            move.location_id = move.location_id
        return super(StockMove, self - pinned)._compute_location_id()
