from odoo import api, fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    cx_is_extra_issue = fields.Boolean(
        string="Extra Issue", compute="_compute_cx_is_extra_issue", search="_search_cx_is_extra_issue",
        help="A part drawn for rework or repair of a return (额外领料); finance calculates it apart.")

    @api.depends("cx_disposition_id", "cx_rma_line_id", "raw_material_production_id")
    def _compute_cx_is_extra_issue(self):
        for move in self:
            move.cx_is_extra_issue = bool(
                move.cx_disposition_id and not move.cx_rma_line_id and move.raw_material_production_id)

    def _search_cx_is_extra_issue(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("cx_disposition_id", "!=", False), ("cx_rma_line_id", "=", False),
                ("raw_material_production_id", "!=", False)]
