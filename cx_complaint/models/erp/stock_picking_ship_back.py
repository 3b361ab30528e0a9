from odoo import models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    def _action_done(self):
        res = super()._action_done()
        if back := self.filtered(lambda picking: picking.picking_type_id.cx_role == "back" and picking.state == "done"):
            back.move_ids.sudo().cx_rma_line_id.rma_id._on_shipped_back()  # sudo: cx.rma - its to-do only
        return res
