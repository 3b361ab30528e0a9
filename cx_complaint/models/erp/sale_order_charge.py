from odoo import models


class SaleOrder(models.Model):
    """The quotation of a chargeable repair says what was approved, or more."""

    _inherit = "sale.order"

    def _confirmation_error_message(self):
        return super()._confirmation_error_message() or self._cx_charge_error_message()

    def _cx_charge_error_message(self):
        """Why the customer is not to agree to it: it asks less than what was approved for the repair."""
        self.ensure_one()
        charge = self.env["cx.settlement"].sudo().search(  # sudo: cx.settlement - a price that the quotation shows
            [("charge_order_id", "=", self.id), ("decision", "=", "approved")], limit=1)
        if not charge or not charge._is_charge_lowered():
            return None
        return self.env._(
            "%(order)s asks %(asked)s for %(charge)s, for which %(approved)s are approved. Restore the price, or"
            " have customer service cancel the quotation and propose the lower price anew.",
            order=self.name, asked=self.currency_id.format(self.amount_untaxed), charge=charge.display_name,
            approved=charge.currency_id.format(charge.amount))
