from odoo import fields, models
from odoo.exceptions import UserError


class StockMove(models.Model):
    """Moves by which goods in quarantine change their owner: out of the one's hands, into the other's, in one place."""

    _inherit = "stock.move"

    cx_is_owner_change = fields.Boolean(
        string="Change of Owner", copy=False, readonly=True,
        help="Nothing is carried: the goods stay where they are and belong to somebody else from this date on.")

    def _compute_reference(self):
        result = super()._compute_reference()
        for move in self.filtered("cx_is_owner_change"):
            move.reference = move.sudo().cx_settlement_id.name or move.origin  # sudo: cx.settlement - its name
        return result

    def _cx_owner_change_sign(self):
        """1 for goods that become ours, -1 for ours that become somebody's, 0 for the other half of either."""
        self.ensure_one()
        if self.restrict_partner_id:
            return 0
        return 1 if self.location_dest_id.cx_warehouse_id else -1

    def _get_value_from_returns(self, quantity, at_date=None):
        """Goods that become ours have the value at which they went out to the customer."""
        origin = self.sudo().cx_rma_line_id.origin_move_id  # sudo: cx.rma.line - the delivery behind the goods
        if self.cx_is_owner_change and origin.is_out and (delivered := origin._get_valued_qty()):
            return {
                "value": origin.value * quantity / delivered,
                "quantity": quantity,
                "description": self.env._("Value of the delivery %(delivery)s", delivery=origin.reference or ""),
            }
        return super()._get_value_from_returns(quantity, at_date)


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    def _cx_check_leaving(self, are_done=False):
        changes = self.filtered(lambda line: line.move_id.cx_is_owner_change)
        if changes and are_done:
            raise UserError(self.env._(
                "%(settlement)s changed the owner of %(product)s; what was booked stays as it is. Give the goods back"
                " from the settlement instead.",
                settlement=changes[0].sudo().move_id.cx_settlement_id.name,  # sudo: cx.settlement - its name
                product=changes[0].product_id.display_name))
        return super(StockMoveLine, self - changes)._cx_check_leaving(are_done=are_done)
