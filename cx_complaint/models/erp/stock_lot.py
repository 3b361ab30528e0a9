from odoo import api, fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    cx_return_count = fields.Integer(
        string="Return Count", compute="_compute_cx_return_count", groups="cx_complaint.group_reader")

    def _compute_cx_return_count(self):
        by_lot = self._cx_return_lines()
        for lot in self:
            lot.cx_return_count = len(by_lot[lot._origin])

    def _cx_return_lines(self):
        """Returns on which each lot came or was announced: dict of RMA lines by lot."""
        by_lot = {lot: self.env["cx.rma.line"] for lot in self._origin}
        for line in self.env["cx.rma.line"].search([
            "|", ("lot_ids", "in", self.ids), ("move_ids.move_line_ids.lot_id", "in", self.ids),
        ]):
            for lot in (line.lot_ids | line.sudo().move_ids.move_line_ids.lot_id) & self._origin:  # sudo: stock.move
                by_lot[lot] |= line
        return by_lot

    def action_cx_view_returns(self):
        """Open every return of these lots."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.rma_line_action")
        return {**action, "domain": [
            ("id", "in", self.env["cx.rma.line"].union(*self._cx_return_lines().values()).ids)], "context": {}}

    @api.depends("product_id.lot_valuated", "product_id.product_tmpl_id.lot_valuated")
    @api.depends_context("to_date", "company", "warehouse_id")
    def _compute_value(self):
        """Value a lot by its own units in all valued locations, as core values products.

        Core looks at what is on hand in warehouses only, where a lot in quarantine counts as nothing.
        """
        valued = self.env["product.product"]._with_valuation_context()
        return super(StockLot, self.with_env(valued.env))._compute_value()
