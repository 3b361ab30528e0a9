from odoo import models


class StockMove(models.Model):
    """What a move does for a case is told by verbs and hooks only."""

    _name = "stock.move"
    _inherit = ["stock.move", "cx.link.guard"]

    _CX_LINKS = frozenset({
        "cx_rma_line_id", "cx_disposition_id", "cx_settlement_id", "cx_apart_release_id", "cx_correction_line_id"})
