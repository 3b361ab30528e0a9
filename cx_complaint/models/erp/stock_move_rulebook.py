from odoo import models


class StockMove(models.Model):
    """Moves that are done are heard of by the rulebooks of their cases."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        if self.env["cx.complaint"]._is_rulebook_used():
            # sudo: cx.rma.line - whose case it is; what came back is counted before the tasks are looked at
            moves.sudo().cx_rma_line_id.complaint_id._on_goods_counted()
        self.env["cx.complaint"]._tell_rulebooks(
            moves, "cx_rma_line_id.complaint_id", "cx_disposition_id.complaint_id", "cx_settlement_id.complaint_id")
        return moves
