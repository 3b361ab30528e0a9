from odoo import models


class StockMove(models.Model):
    """Moves that are done are heard of by the rulebooks of their cases."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        self.env["cx.complaint"]._tell_rulebooks(
            moves, "cx_rma_line_id.complaint_id", "cx_disposition_id.complaint_id", "cx_settlement_id.complaint_id")
        return moves
