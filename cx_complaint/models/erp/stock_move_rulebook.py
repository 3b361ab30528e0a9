from odoo import api, models


class StockMove(models.Model):
    """Moves that are done are heard of by the rulebooks of their cases."""

    _inherit = "stock.move"

    def _action_done(self, cancel_backorder=False):
        moves = super()._action_done(cancel_backorder=cancel_backorder)
        if self.env["cx.procedure"]._is_any_used():
            done = moves.sudo()  # sudo: cx.rma.line, cx.disposition, cx.settlement - whose case it is
            (done.cx_rma_line_id.complaint_id | done.cx_disposition_id.complaint_id
             | done.cx_settlement_id.complaint_id)._sync_tasks()
        return moves


class AccountMove(models.Model):
    """So are credit notes that are posted."""

    _inherit = "account.move"

    def _post(self, soft=True):
        posted = super()._post(soft=soft)
        if self.env["cx.procedure"]._is_any_used():
            # sudo: cx.settlement - whose case it is
            posted.line_ids.sudo().cx_settlement_id.complaint_id._sync_tasks()
        return posted


class MrpProduction(models.Model):
    """And orders that carry out a disposition, when they are made."""

    _inherit = "mrp.production"

    @api.model_create_multi
    def create(self, vals_list):
        orders = super().create(vals_list)
        if self.env["cx.procedure"]._is_any_used():
            orders.sudo().cx_disposition_id.complaint_id._sync_tasks()  # sudo: cx.disposition - whose case it is
        return orders
