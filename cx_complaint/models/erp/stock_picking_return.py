from odoo import fields, models


class StockPickingReturn(models.Model):
    _inherit = "stock.picking"

    cx_settlement_count = fields.Integer(compute="_compute_cx_settlement_count", groups="cx_complaint.group_reader")

    def _compute_cx_settlement_count(self):
        for picking in self:
            picking.cx_settlement_count = len(picking.move_ids.cx_settlement_id)

    def _pre_action_done_hook(self):
        moves = self.filtered(lambda picking: picking.picking_type_id.cx_role == "return").move_ids
        if moves:
            origins = moves.origin_returned_move_id
            (moves.location_id | moves.location_dest_id | origins.location_id)._cx_read_together()
        return super()._pre_action_done_hook()

    def action_cx_view_settlements(self):
        """Open what the customer gets by this delivery."""
        return self.move_ids.cx_settlement_id._action_view()

    def action_cx_return(self):
        """Open the dialog that makes a complaint and its return of what this delivery brought."""
        self.ensure_one()
        request = self.env["cx.return.request"]
        return request._action_open(self, request._prepare_line_vals_list(self.move_ids))
