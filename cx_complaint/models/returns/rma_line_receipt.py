from markupsafe import Markup

from odoo import Command, api, fields, models


class RmaLineReceipt(models.Model):
    """What of a line is expected at the dock, and what came of it."""

    _inherit = "cx.rma.line"

    def _prepare_receipt_move_vals(self, quantity, copied, picking):
        """Values of the move that brings ``quantity`` of the line with ``picking``.

        :param copied: values of the delivered move, or None without origin
        """
        self.ensure_one()
        rma, origin = self.rma_id, self.origin_move_id
        unit, demand = self._receipt_unit(quantity)
        source, destination = self._receipt_places()
        owner = rma.partner_id.commercial_partner_id if self.goods_owner == "customer" else self.env["res.partner"]
        vals = {
            **(copied or {}),
            "product_id": self.product_id.id,
            "product_uom": unit.id,
            "product_uom_qty": demand,
            "company_id": rma.company_id.id,
            "date": fields.Datetime.now(),
            "origin": rma.display_name,
            "partner_id": rma.partner_id.id,
            "picking_id": picking.id,
            "picking_type_id": picking.picking_type_id.id,
            "warehouse_id": rma.warehouse_id.id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "location_final_id": False,
            "procure_method": "make_to_stock",
            "reference_ids": [Command.set(rma.reference_id.ids)],
            "origin_returned_move_id": origin.id,
            "move_orig_ids": [Command.set(origin.ids)],
            "restrict_partner_id": owner.id,
            "to_refund": self.shipment_error == "over",  # nobody ordered it
            "value": 0.0,  # the copy's own, once it is done; the customer's goods never get one
            "additional": False,
            "orderpoint_id": False,
            "created_production_id": False,
            "cx_rma_line_id": self.id,
        }
        units = [self._prepare_receipt_unit_vals(vals, *found) for found in self._announced_units(quantity, unit, demand)]
        return vals | {"move_line_ids": [Command.create(unit_vals) for unit_vals in units]}

    def _receipt_places(self):
        """Where the goods come from and go to; RoHS goods are kept apart unless the company receives at a dock."""
        self.ensure_one()
        warehouse = self.rma_id.warehouse_id
        source = self.origin_move_id.location_dest_id or self.rma_id._customer_location()
        return source, warehouse._cx_first_place(
            warehouse.cx_return_type_id.default_location_dest_id, self.product_id, self.rma_id._receipt_profile())

    def _prepare_receipt_unit_vals(self, move_vals, lot, unit, quantity):
        """Values of what the clerk finds filled in of the move with these values: a lot, or just a quantity."""
        return {
            "picking_id": move_vals["picking_id"],
            "product_id": self.product_id.id,
            "product_uom_id": unit.id,
            "quantity": quantity,
            "lot_id": lot.id,
            "owner_id": move_vals["restrict_partner_id"],
            "location_id": move_vals["location_id"],
            "location_dest_id": move_vals["location_dest_id"],
            "company_id": move_vals["company_id"],
        }

    def _receipt_unit(self, quantity):
        """Unit of the receipt and the quantity in it: the delivered unit where it divides evenly."""
        self.ensure_one()
        unit, own = self.origin_move_id.product_uom, self.product_uom_id
        if unit and unit != own and self.tracking != "serial":
            converted = own._compute_quantity(quantity, unit, rounding_method="HALF-UP")
            if own.compare(unit._compute_quantity(converted, own, rounding_method="HALF-UP"), quantity) == 0:
                return unit, converted
        return own, quantity

    def _announced_units(self, quantity, unit, demand):
        """What the clerk finds filled in: the lots where there is no choice. Nothing is guessed.

        :return: list of ``(lot, unit, quantity)``
        """
        self.ensure_one()
        own, nothing = self.product_uom_id, self.env["stock.lot"]
        by_lot = self._open_lots() if self.tracking != "none" else {}
        if self.tracking == "serial":
            is_all = own.compare(len(by_lot), quantity) == 0
            known = [(lot, own, 1.0) for lot in by_lot] if self.lot_ids or is_all else []
            return known[:int(quantity)] + [(nothing, own, 1.0)] * (int(quantity) - len(known))
        if self.tracking == "lot" and len(by_lot) == 1:
            return [(lot, unit, demand) for lot in by_lot]
        if self.tracking == "lot" and own.compare(sum(by_lot.values()), quantity) == 0:
            return [(lot, own, lot_quantity) for lot, lot_quantity in by_lot.items()]
        return [(nothing, unit, demand)]

    def _open_lots(self):
        """Lots that may be in the parcel, with what of them was delivered: announced ones, else those of the delivery.

        What came already is left out.
        """
        self.ensure_one()
        by_lot = dict.fromkeys(self.lot_ids, 0.0)
        for move_line in self.origin_move_id.move_line_ids:
            if move_line.lot_id and (not self.lot_ids or move_line.lot_id in self.lot_ids):
                by_lot[move_line.lot_id] = by_lot.get(move_line.lot_id, 0.0) + move_line.quantity_product_uom
        if self.tracking == "serial":
            for lot in self.move_ids.filtered(lambda move: move.state == "done").move_line_ids.lot_id:
                by_lot.pop(lot, None)
        return by_lot

    @api.model
    def _on_receipt_differs(self, differences):
        """Record on transfer and line what came other than announced; nothing is refused.

        :param differences: see ``stock.move._cx_receipt_differences``
        """
        notes = {}
        for picking, line, move, counted, demand, strange in differences:
            text = self._difference_text(line, move, counted, demand, strange)
            notes.setdefault(picking, []).append(text)
            if line:
                line.receipt_note = "\n".join(filter(None, [line.receipt_note, f"{picking.name}: {text}"]))
        for picking, texts in notes.items():
            body = Markup("<br/>").join([self.env._("Received other than announced:"), *texts])
            picking.message_post(body=body)
            for rma in picking.sudo().move_ids.cx_rma_line_id.rma_id:  # sudo: cx.rma - told what the clerk counted
                rma.message_post(body=Markup("%s: %s") % (picking._get_html_link(), body))
                rma.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=rma.user_id.id,
                    summary=self.env._("Ask the customer about what came other than announced"))

    @api.model
    def _difference_text(self, line, move, counted, demand, strange):
        product, unit = move.product_id.display_name, move.product_uom.name
        if not line:
            return self.env._("%(product)s: %(counted)s %(unit)s that nobody announced",
                              product=product, counted=f"{counted:g}", unit=unit)
        if strange:
            return self.env._("%(product)s: %(counted)s of %(demand)s %(unit)s, with %(lots)s, not announced",
                              product=product, counted=f"{counted:g}", demand=f"{demand:g}", unit=unit,
                              lots=", ".join(strange))
        return self.env._("%(product)s: %(counted)s of %(demand)s %(unit)s",
                          product=product, counted=f"{counted:g}", demand=f"{demand:g}", unit=unit)
