from collections import defaultdict

from odoo import models
from odoo.fields import Command

from ...rules import leaving, ways


class Disposition(models.Model):
    """Transfers out of quarantine: to stock and to what is kept apart from it, to the customer and to the vendor."""

    _inherit = "cx.disposition"

    def _create_transfers(self, parts):
        """Transfers of so many units to their destinations, one for all that go the same way.

        :param parts: list of ``(disposition, quantity, lots)``
        :return: the transfers, confirmed and with the very units reserved
        """
        by_way = defaultdict(list)
        for part in parts:
            by_way[part[0]._way()].append(part)
        references = self.env["stock.reference"].create([
            {"name": ", ".join(sorted({part[0].name for part in way_parts}))} for way_parts in by_way.values()])
        pickings = self.env["stock.picking"].create(
            [way_parts[0][0]._prepare_transfer_vals() for way_parts in by_way.values()])
        self.env["stock.move"].create([
            {**vals, "picking_id": picking.id, "reference_ids": [Command.set(reference.ids)], "move_line_ids": [
                Command.create({**line_vals, "picking_id": picking.id}) for line_vals in vals["move_line_ids"]]}
            for way_parts, picking, reference in zip(by_way.values(), pickings, references, strict=True)
            for vals in self._prepare_transfer_move_vals_list(way_parts)])
        pickings.move_ids._action_confirm(merge=False)
        pickings.move_ids._action_assign()
        pickings.move_line_ids.filtered(
            lambda line: line.location_dest_id.usage == "internal")._apply_putaway_strategy()
        return pickings

    def _way(self):
        """Dispositions of the same way share a transfer: from one place to one place, of one RMA if to a customer."""
        self.ensure_one()
        if self.destination == "customer":
            return (self.company_id.id, self._leaves_from(), self.rma_id.id)
        return (self.company_id.id, self._leaves_from(), self._transfer_partner(), self._destination_location())

    def _leaves_from(self):
        self.ensure_one()
        return self.warehouse_id.cx_reworked_loc_id if ways.WORKS[self.work].comes_back else self.source_location_id

    def _destination_location(self):
        """Where the goods go: untracked reworked goods stand apart, tracked ones are known by their history."""
        self.ensure_one()
        if self.destination == "vendor":
            return self.vendor_id.with_company(self.company_id).property_stock_supplier
        if self.destination == "reworked" and self.tracking == "none":
            return self.warehouse_id._cx_reworked_stock_location()
        return self.warehouse_id[ways.DESTINATIONS[self.destination].location]

    def _operation_type(self):
        self.ensure_one()
        return self.warehouse_id[ways.DESTINATIONS[self.destination].operation]

    def _transfer_partner(self):
        """Who gets the goods that leave the company, nobody else."""
        self.ensure_one()
        return self.vendor_id if self.destination == "vendor" else self.vendor_id.browse()

    def _prepare_transfer_vals(self):
        """Values of a transfer for all dispositions of this one's way."""
        self.ensure_one()
        vals = {
            "company_id": self.company_id.id,
            "location_id": self._leaves_from().id,
            "origin": f"{self.name}, {self.rma_id.name}",
            "picking_type_id": self._operation_type().id,
        }
        if self.destination != "customer":
            return {**vals, "partner_id": self._transfer_partner().id,
                    "location_dest_id": self._destination_location().id}
        receipt = self._receipts()[:1]
        return {
            **vals,
            "partner_id": (receipt.picking_id.partner_id or self.partner_id).id,
            "location_dest_id": (receipt.location_id or self.partner_id.property_stock_customer).id,
            "return_id": receipt.picking_id.id,
        }

    def _prepare_transfer_move_vals_list(self, parts):
        vals_list = []
        for disposition, quantity, lots in parts:
            if disposition.destination == "customer":
                vals_list += disposition._prepare_back_move_vals_list(quantity, lots)
            else:
                vals_list.append(disposition._prepare_leaving_move_vals(
                    quantity, lots, disposition._destination_location()))
        return vals_list

    def _prepare_leaving_move_vals(self, quantity, lots, location_dest):
        """Values that every move out of quarantine has, those of its lines as plain dicts."""
        self.ensure_one()
        source = self._leaves_from()
        return {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_uom": self.product_uom_id.id,
            "product_uom_qty": quantity,
            "location_id": source.id,
            "location_dest_id": location_dest.id,
            "picking_type_id": self._operation_type().id,
            "procure_method": "make_to_stock",
            "restrict_partner_id": self._owner().id,
            "cx_rma_line_id": self.rma_line_id.id,
            "cx_disposition_id": self.id,
            "move_line_ids": [{**vals, "location_dest_id": location_dest.id}
                              for vals in self._prepare_line_vals_list(quantity, lots, source)],
        }

    # Back to the customer: copied from what came in

    def _prepare_back_move_vals_list(self, quantity, lots):
        """Copies of the receipts of these very units, the return of the return; the order is as before the receipt."""
        self.ensure_one()
        vals_list = []
        for receipt, share, share_lots in self._share_over_receipts(quantity, lots):
            location_dest = receipt.location_id or self.partner_id.property_stock_customer
            vals = self._prepare_leaving_move_vals(share, share_lots, location_dest)
            if receipt:
                vals = {**receipt.copy_data()[0], **vals, "origin_returned_move_id": receipt.id}
            vals_list.append({
                **vals,
                "move_orig_ids": [Command.clear()],
                "move_dest_ids": [Command.clear()],
                "location_final_id": False,
                "state": "draft",
                "to_refund": receipt.to_refund,  # what the receipt took off the order, he has again
                "value": 0.0,  # core copies the value of the move; this one is not done yet
            })
        return vals_list

    def _receipts(self):
        """Done moves that brought the goods of the line from the customer into quarantine, oldest first."""
        self.ensure_one()
        return self.rma_line_id.move_ids.filtered(lambda move: (
            move.state == "done" and move.location_dest_id.cx_warehouse_id and not move.location_id.cx_warehouse_id
            and not move.production_id and not move.unbuild_id and not move.cx_is_owner_change)).sorted("id")

    def _share_over_receipts(self, quantity, lots):
        """Spread units over the receipts that brought them; what a receipt brought goes back on it once.

        :return: list of ``(receipt move, quantity, lots)``; the last may be without receipt, for what has none
        """
        self.ensure_one()
        receipts = self._receipts()
        if self.tracking == "serial":
            by_receipt = defaultdict(self.env["stock.lot"].browse)
            for lot in lots:
                by_receipt[receipts.filtered(lambda move, lot=lot: lot in move.lot_ids)[-1:]] |= lot
            return [(receipt, float(len(its_lots)), its_lots) for receipt, its_lots in by_receipt.items()]
        shares, rest = [], quantity
        for receipt in receipts:
            lines = receipt.move_line_ids.filtered(lambda line: not lots or line.lot_id == lots)
            back = receipt.returned_move_ids.filtered(lambda move: move.state != "cancel")
            gone = sum(back.move_line_ids.filtered(
                lambda line: not lots or line.lot_id == lots).mapped("quantity_product_uom"))
            share = min(rest, sum(lines.mapped("quantity_product_uom")) - gone)
            if leaving.more(share, 0.0):
                shares.append((receipt, share, lots))
                rest -= share
        if leaving.more(rest, 0.0):
            shares.append((receipts.browse(), rest, lots))
        return shares
