from odoo import api, fields, models


class StockMove(models.Model):
    """Moves that correct on paper what was really delivered."""

    _inherit = "stock.move"

    cx_correction_line_id = fields.Many2one(
        "cx.complaint.line", string="Corrects the Shipment Of", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True, help="The complaint line that says what was really delivered.")

    @api.model
    def _prepare_merge_moves_distinct_fields(self):
        return [*super()._prepare_merge_moves_distinct_fields(), "cx_correction_line_id"]

    def _action_synch_order(self):
        # what came instead of the goods was not ordered
        return super(StockMove, self.filtered(lambda move: not move.cx_correction_line_id))._action_synch_order()
