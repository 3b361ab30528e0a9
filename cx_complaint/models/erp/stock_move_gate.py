from odoo import models
from odoo.exceptions import UserError

_LINKS = {"cx_rma_line_id", "cx_disposition_id", "cx_settlement_id"}


class StockMove(models.Model):
    _inherit = "stock.move"

    def write(self, vals):
        if vals.keys() & _LINKS and not self.env.su:
            self._cx_check_links_stay(vals)
        return super().write(vals)

    def _cx_check_links_stay(self, vals):
        """:raises UserError: what a move does or did for somebody would be forgotten, and could be done again"""
        for move in self:
            changed = {name for name in _LINKS & vals.keys() if move[name].id != (vals[name] or False)}
            if move.state != "done" and any(move[name] for name in changed):
                raise UserError(self.env._(
                    "%(move)s carries out a return or a settlement; which one cannot be changed. Cancel it instead.",
                    move=move.display_name))
            if move.state == "done" and changed:
                raise UserError(self.env._(
                    "%(move)s is done; the return or settlement it belongs to cannot be changed any more. Ask a complaint "
                    "manager.",
                    move=move.display_name))
