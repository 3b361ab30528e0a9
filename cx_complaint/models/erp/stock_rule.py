from odoo import models


class StockRule(models.Model):
    _inherit = "stock.rule"

    def _get_custom_move_fields(self):
        return super()._get_custom_move_fields() + ["cx_settlement_id"]

    def _push_prepare_move_copy_values(self, move_to_copy, new_date):
        return {**super()._push_prepare_move_copy_values(move_to_copy, new_date), **move_to_copy._cx_link_vals()}
