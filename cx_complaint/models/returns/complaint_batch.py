from odoo import models


class ComplaintLine(models.Model):
    """What really comes back of a line, once the first of its goods are here."""

    _inherit = "cx.complaint.line"

    def _batch_quantity(self):
        """What came and what is still to come; until the first of it is here, what was announced.

        Of a kit whose components come back the one that came most counts.
        """
        self.ensure_one()
        announced = super()._batch_quantity()
        returns = self.sudo().rma_line_ids._of_standing_returns()  # sudo: cx.rma.line - quantities only
        if not any(line.has_arrived for line in returns):
            return announced
        came = {product: sum(line._coming_quantity() for line in lines)
                for product, lines in returns.grouped("product_id").items()}
        wanted = self._goods_wanted()
        if list(wanted) == [self.product_id]:
            return sum(came.values())  # another product than announced was returned as well
        return announced * max((came.get(product, 0.0) / quantity for product, quantity in wanted.items() if quantity), default=1)


class RmaLine(models.Model):
    """How much a return amounts to."""

    _inherit = "cx.rma.line"

    def _coming_quantity(self):
        """Received, and what is still waited for; of a return that is not authorised yet what is asked for."""
        self.ensure_one()
        if self.rma_id.decision != "authorised":
            return self.quantity
        return self.received_qty + self.expected_qty + self.missing_qty

    def action_close_short(self, reason=None):
        """What will not come does not count."""
        result = super().action_close_short(reason)
        if reason and self.env["cx.complaint"]._is_rulebook_used():
            self.sudo().complaint_id._on_goods_counted()  # sudo: cx.complaint - follows from the goods
            self.env["cx.complaint"]._tell_rulebooks(self, "complaint_id")
        return result
