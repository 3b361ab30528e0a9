from odoo import models


class StockPickingReturn(models.Model):
    _inherit = "stock.picking"

    def action_cx_return(self):
        """Open the dialog that makes a complaint and its return of what this delivery brought."""
        self.ensure_one()
        request = self.env["cx.return.request"]
        return request._action_open(self, request._prepare_line_vals_list(self.move_ids))
