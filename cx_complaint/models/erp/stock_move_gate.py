from odoo import api, models


class StockMove(models.Model):
    """What a move does for a case is told by verbs and hooks only."""

    _name = "stock.move"
    _inherit = ["stock.move", "cx.link.guard", "cx.by.verb.mixin"]

    _CX_LINKS = frozenset({
        "cx_rma_line_id", "cx_disposition_id", "cx_settlement_id", "cx_apart_release_id", "cx_correction_line_id"})
    # they open quarantine
    _BY_VERB_ONLY = frozenset({"cx_is_owner_change", "cx_is_sent_back"})

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name in self._BY_VERB_ONLY
