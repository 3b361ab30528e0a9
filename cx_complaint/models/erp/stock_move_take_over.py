from odoo import models


class StockMove(models.Model):
    _inherit = "stock.move"

    def _cx_take_off_order(self, origin):
        """Receipts of goods that nobody ordered: the order is delivered less, as by a receipt that was announced."""
        self.write({"sale_line_id": origin.sale_line_id.id, "to_refund": True})
        # core does not look at the mark again once a move is done
        self.env.add_to_compute(origin.sale_line_id._fields["qty_delivered"], origin.sale_line_id)

    def _cx_take_over(self, owner, origin):
        """Done receipts become returns of a delivery and goods of an owner; nothing moves, the value follows.

        :param owner: the customer, or nobody: ours
        :param origin: the delivery they come from; may be empty
        """
        if origin:
            self.origin_returned_move_id = origin
        strange = self.filtered(lambda move: any(line.owner_id != owner for line in move.move_line_ids))
        if not strange:
            return
        strange.move_line_ids.owner_id = owner
        strange.restrict_partner_id = owner
        # core computes it when a move is done and does not look at the owner again
        self.env.add_to_compute(self._fields["is_in"], strange)
        ours = strange.filtered("is_in")
        ours._set_value()
        (strange - ours).value = 0.0
        ours.filtered(lambda move: not move.account_move_id)._create_account_move()
