from odoo import fields, models


class StockPickingReturn(models.Model):
    _inherit = "stock.picking"

    cx_settlement_count = fields.Integer(compute="_compute_cx_settlement_count", groups="cx_complaint.group_reader")

    def _compute_cx_settlement_count(self):
        for picking in self:
            picking.cx_settlement_count = len(picking.move_ids.cx_settlement_id)

    def action_cx_view_settlements(self):
        """Open what the customer gets by this delivery."""
        return self.move_ids.cx_settlement_id._action_view()

    def action_cx_return(self):
        """Open the dialog that makes a complaint and its return of what this delivery brought."""
        self.ensure_one()
        request = self.env["cx.return.request"]
        return request._action_open(self, request._prepare_line_vals_list(self.move_ids))
