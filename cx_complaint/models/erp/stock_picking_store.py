from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        result = super()._action_done()
        stored = self.filtered(lambda picking: picking.picking_type_id.cx_role == "store" and picking.state == "done")
        if stored:
            moves = stored.sudo().move_ids  # sudo: cx.rma.line - whoever moves goods need not be able to read it
            moves.cx_rma_line_id._on_stored(moves)
        return result
