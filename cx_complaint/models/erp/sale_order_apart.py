from odoo import models


class SaleOrder(models.Model):
    _inherit = "sale.order"

    def _confirmation_error_message(self):
        if message := super()._confirmation_error_message():
            return message
        return next(iter(self.order_line._cx_apart_refusals()), False)
