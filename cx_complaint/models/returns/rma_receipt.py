from odoo import models


class RmaReceipt(models.Model):
    """Receipts of an RMA: copies of what went out, created once for a whole selection."""

    _inherit = "cx.rma"

    def _create_receipts(self):
        """Expect what is authorised and neither came nor is expected: one incoming transfer per RMA.

        Every move is a copy of the delivered one, so that it keeps rule, order line, unit and value of its own
        delivery; what leaves again is procured, what comes back is copied.
        """
        missing = {
            line: found["missing_qty"] for line, found in self.line_ids._gather_quantities().items()
            if line.product_uom_id.compare(found["missing_qty"], 0) > 0
        }
        rmas = self.filtered(lambda rma: rma.line_ids & rma.line_ids.concat(*missing))
        if not rmas:
            return self.env["stock.picking"]
        self._receipt_locations()._cx_read_together()
        # the transfer names its RMA as origin, so the line "created" in its chatter would tell nothing
        pickings = self.env["stock.picking"].with_context(mail_create_nolog=True).create([
            rma._prepare_receipt_vals() for rma in rmas])
        moves = self.env["stock.move"].create(
            self._prepare_receipt_moves_vals_list(missing, dict(zip(rmas, pickings, strict=True))))
        # nothing to merge: each move is the only one of its line
        moves._action_confirm(merge=False)
        moves._action_assign()
        return pickings.with_env(self.env)

    def _prepare_receipt_vals(self):
        """Values of the incoming transfer, without its moves."""
        self.ensure_one()
        picking_type = self.warehouse_id.cx_return_type_id
        origins = self.line_ids.origin_move_id
        owners = set(self.line_ids.mapped("goods_owner"))
        return {
            "picking_type_id": picking_type.id,
            "partner_id": self.partner_id.id,
            "return_id": origins[:1].picking_id.id,
            "origin": self.display_name,
            "location_id": (origins.location_dest_id[:1] or self._customer_location()).id,
            "location_dest_id": picking_type.default_location_dest_id.id,
            "owner_id": self.partner_id.commercial_partner_id.id if owners == {"customer"} else False,
            "user_id": False,
        }

    def _receipt_locations(self):
        """Places that the goods went from and to, and that they come back to."""
        origins = self.line_ids.origin_move_id
        return origins.location_id | origins.location_dest_id | self.warehouse_id.cx_return_type_id.default_location_dest_id

    def _customer_location(self):
        """Where goods without a known delivery come from."""
        self.ensure_one()
        return self.partner_id.with_company(self.company_id).property_stock_customer

    def _prepare_receipt_moves_vals_list(self, missing, pickings):
        """Values of one move per line.

        :param dict missing: quantity by line, in the product's unit
        :param dict pickings: the transfer of each RMA
        """
        origins = self.env["stock.move"].concat(*{line.origin_move_id: True for line in missing})
        # what the copy sets anyway need not be read of the original
        copies = dict(zip(origins, origins.copy_data({"picking_id": False, "reference_ids": []}), strict=True))
        return [
            line._prepare_receipt_move_vals(quantity, copies.get(line.origin_move_id), pickings[line.rma_id])
            for line, quantity in missing.items()
        ]
