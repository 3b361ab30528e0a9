from odoo import Command, models


class StockMove(models.Model):
    """What is counted at the dock becomes what is filled in of the receipt."""

    _inherit = "stock.move"

    def _cx_set_counted(self, units):
        """Replace what is filled in by what was counted.

        :param units: list of ``(lot, quantity)`` in the product's unit; the lot may be empty
        """
        self.ensure_one()
        self.move_line_ids.unlink()
        self.move_line_ids = [Command.create(self._cx_prepare_counted_vals(lot, quantity)) for lot, quantity in units]
        self.picked = True

    def _cx_prepare_counted_vals(self, lot, quantity):
        self.ensure_one()
        return {
            "picking_id": self.picking_id.id,
            "product_id": self.product_id.id,
            "product_uom_id": self.product_id.uom_id.id,
            "quantity": quantity,
            "lot_id": lot.id,
            "owner_id": self.restrict_partner_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "company_id": self.company_id.id,
        }
