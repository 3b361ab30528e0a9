from odoo import fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    cx_rework_count = fields.Integer(
        string="Reworked", compute="_compute_cx_rework_count", compute_sudo=True,
        help="How often units of this number came out of a rework order.")

    def _compute_cx_rework_count(self):
        counts = dict(self.env["stock.move.line"]._read_group(
            [("lot_id", "in", self.ids), ("state", "=", "done"), ("move_id.production_id.cx_disposition_id", "!=", False)],
            ["lot_id"], ["move_id:count_distinct"]))
        for lot in self:
            lot.cx_rework_count = counts.get(lot._origin, 0)
