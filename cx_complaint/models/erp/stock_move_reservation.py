from odoo import models


class StockMove(models.Model):
    """What a move may reserve: no reworked unit for who refuses it, the very unit that was sold to an employee."""

    _inherit = "stock.move"

    def _update_reserved_quantity_vals(
            self, need, location_id, lot_id=None, package_id=None, owner_id=None, strict=True):
        return super(StockMove, self._cx_within_limits())._update_reserved_quantity_vals(
            need, location_id, lot_id, package_id, owner_id, strict)

    def _get_available_quantity(
            self, location_id, lot_id=None, package_id=None, owner_id=None, strict=False, allow_negative=False):
        return super(StockMove, self._cx_within_limits())._get_available_quantity(
            location_id, lot_id, package_id, owner_id, strict, allow_negative)

    def _cx_within_limits(self):
        """The move with the limits of its reservation in the context, if it has any."""
        self.ensure_one()
        if self.location_id.cx_apart_role:
            line = self.sudo().sale_line_id  # sudo: sale.order.line - which unit was sold
            if item := line.cx_internal_item_id:
                return self.with_context(cx_only_lot_id=item.lot_id.id)
            if line.cx_grade_id:
                return self.with_context(cx_only_grade_id=line.cx_grade_id.id)
            if lot := self.sudo().cx_apart_release_id.lot_id:  # sudo: cx.apart.release - which unit goes
                return self.with_context(cx_only_lot_id=lot.id)
        elif self._cx_refuses_reworked():
            return self.with_context(cx_no_reworked=True)
        return self

    def _cx_refuses_reworked(self):
        """Whether the goods go to a customer who takes no reworked ones; what is repaired for him is his own."""
        self.ensure_one()
        if self.cx_disposition_id or self.location_id.usage == "customer" or not self._cx_is_bound_for_customer():
            return False
        receiver = self._cx_receiver()
        return receiver.cx_refuses_reworked or receiver.commercial_partner_id.cx_refuses_reworked

    def _cx_receiver(self):
        return self.partner_id or self.picking_id.partner_id
