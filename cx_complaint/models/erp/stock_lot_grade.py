from odoo import api, fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    cx_grade_id = fields.Many2one(
        "cx.grade", string="Grade", check_company=True, index="btree_not_null", ondelete="set null", copy=False,
        help="How good units are that are no longer sold as new; decides their price in discount stock.")
    cx_is_reworked = fields.Boolean(
        string="Reworked Goods", compute="_compute_cx_is_reworked", compute_sudo=True,
        search="_search_cx_is_reworked",
        help="Came out of a rework order once; customers who refuse reworked goods do not get it.")

    @api.depends("cx_rework_count")
    def _compute_cx_is_reworked(self):
        for lot in self:
            lot.cx_is_reworked = bool(lot.cx_rework_count)

    def _search_cx_is_reworked(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: stock.move.line - only which numbers were reworked
        reworked = self.env["stock.move.line"].sudo()._search([
            ("state", "=", "done"), ("lot_id", "!=", False), ("move_id.production_id.cx_disposition_id", "!=", False)])
        return [("id", "in", reworked.subselect("lot_id"))]
