from odoo import models


class Rma(models.Model):
    """The liaison sheet that goes with returned goods from department to department."""

    _inherit = "cx.rma"

    def _paper_liaison_header(self):
        complaints = self.line_ids.complaint_id.sudo()  # sudo: cx.complaint - their numbers only
        return {
            "kind": "fields",
            "title": self.env._("Return"),
            "rows": [
                [(self.env._("Return No."), self._paper_return_number()), (self.env._("RMA No."), self.name)],
                [(self.env._("Complaint"), ", ".join(complaints.mapped("name"))),
                 (self.env._("Kind"), self.kind_id.name)],
                [(self.env._("Authorised on"), self._paper_day(self.authorised_on)),
                 (self.env._("Responsible"), self.user_id.name or "")],
            ],
        }

    def _paper_liaison_customer(self):
        customer = self._paper_rma_customer()
        return {**customer, "rows": customer["rows"][:3]}  # who authorised when stands above

    def _paper_liaison_requirement(self):
        return self._paper_rma_requirement()

    def _paper_liaison_goods(self):
        """The sheet against the count of the store: what differs is seen at once."""
        return {
            "kind": "table",
            "title": self.env._("Goods and count"),
            "columns": [
                ("#", "center", 4), (self.env._("Product"), "left", 24), (self.env._("Lots/Serials"), "left", 15),
                (self.env._("On the sheet"), "right", 11), (self.env._("Counted"), "right", 11),
                (self.env._("Difference"), "right", 11), (self.env._("Reason for return"), "left", 24),
            ],
            "rows": [
                [
                    str(number), self._paper_product(line.product_id), ", ".join(line._label_lots().mapped("name")),
                    self._paper_qty(line.quantity, line.product_uom_id), *line._paper_count(), line._paper_reason(),
                ]
                for number, line in enumerate(self.line_ids, 1)
            ],
            "total": None,
        }

    def _paper_liaison_findings(self):
        return self._paper_findings_table(self.line_ids.inspection_ids)

    def _paper_liaison_dispositions(self):
        return self._paper_dispositions_table(self.line_ids.disposition_ids)

    def _paper_liaison_operations(self):
        return self._paper_steps_table(self.line_ids.disposition_ids.filtered(
            lambda disposition: disposition.state != "cancelled").scheme_id)

    def _paper_liaison_shipments(self):
        """What went back to the customer, or was sent in its place."""
        # sudo: stock.move - numbers and days of transfers that belong to this return
        moves = self.sudo().line_ids.move_ids | self.sudo().line_ids.complaint_line_id.settlement_ids.move_ids
        shipped = moves.filtered(lambda move: move.state == "done" and move.location_dest_id.usage == "customer")
        return {
            "kind": "table",
            "title": self.env._("Shipments to the customer"),
            "columns": [
                (self.env._("Transfer"), "left", 25), (self.env._("Product"), "left", 45),
                (self.env._("Quantity"), "right", 15), (self.env._("Shipped on"), "left", 15),
            ],
            "rows": [
                [move.reference or "", self._paper_product(move.product_id),
                 self._paper_qty(move.quantity, move.product_uom), self._paper_day(move.date)]
                for move in shipped.sorted("id")
            ] or [[""] * 4],
            "total": None,
            "is_written": True,
        }

    def _paper_liaison_copies(self):
        return {
            "kind": "checks",
            "title": self.env._("Copies to"),
            "rows": [[(False, label, "") for label in (
                self.env._("Finished goods store"), self.env._("Planning"), self.env._("Quality"),
                self.env._("Engineering"), self.env._("Production"))]],
        }

    def _paper_liaison_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Sales"), (self.env._("Handled"),)), (self.env._("Warehouse"), (self.env._("Counted"),)),
            (self.env._("Quality"), (self.env._("Judged"),)), (self.env._("Engineering"), (self.env._("Process"),)),
            (self.env._("Planning"), (self.env._("Planned"),)),
        ])

    # The form that opens when defective goods arrive

    def _paper_handling_header(self):
        return self._paper_liaison_header()

    def _paper_handling_arrival(self):
        consignments = self.consignment_ids.filtered("arrived_on")
        receipts = self.sudo().picking_ids.filtered(  # sudo: stock.picking - numbers and days of the return's receipts
            lambda picking: picking.state == "done" and picking.picking_type_code == "incoming")
        return {
            "kind": "fields",
            "title": self.env._("Arrival"),
            "rows": [
                [(self.env._("Customer"), self.partner_id.commercial_partner_id.name or ""),
                 (self.env._("Arrived on"), ", ".join(map(self._paper_day, consignments.mapped("arrived_on"))))],
                [(self.env._("Consignment"), ", ".join(consignments.mapped("name"))),
                 (self.env._("Waybill"), ", ".join(filter(None, consignments.mapped("waybill")))
                  or self.tracking_number or "")],
                [(self.env._("Pieces"), str(sum(consignments.mapped("pieces_arrived")) or "")),
                 (self.env._("Packing"), ", ".join(
                     self._paper_label(one, "packing") for one in consignments if one.packing))],
                [(self.env._("Receipt"), ", ".join(receipts.mapped("name"))),
                 (self.env._("Received on"), ", ".join(self._paper_day(one.date_done) for one in receipts))],
            ],
        }

    def _paper_handling_goods(self):
        return self._paper_liaison_goods()

    def _paper_handling_findings(self):
        return self._paper_findings_table(self.line_ids.inspection_ids)

    def _paper_handling_dispositions(self):
        return self._paper_dispositions_table(self.line_ids.disposition_ids)

    def _paper_handling_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Warehouse"), (self.env._("Received"),)),
            (self.env._("Quality"), (self.env._("Judged"), self.env._("Reviewed"))),
            (self.env._("Responsible department"), (self.env._("Acknowledged"),)),
        ])

    # What the customer needs to send the goods

    def _paper_instructions_header(self):
        address = [line.strip() for line in self.warehouse_id.partner_id._display_address(True).split("\n") if line.strip()]
        return {
            "kind": "fields",
            "title": self.env._("Your return"),
            "rows": [
                [(self.env._("Customer"), self.partner_id.commercial_partner_id.name or ""),
                 (self.env._("Return No."), self._paper_return_number())],
                [(self.env._("Send to"), "\n".join([self.company_id.name, *address])),
                 (self.env._("Valid until"), self._paper_day(self.expiry_date))],
                [(self.env._("Your contact"), self.user_id.name or ""),
                 (self.env._("Phone / e-mail"), " / ".join(filter(None, (self.user_id.phone, self.user_id.email))))],
            ],
        }

    def _paper_instructions_goods(self):
        return {
            "kind": "table",
            "title": self.env._("Please send us"),
            "columns": [
                ("#", "center", 5), (self.env._("Product"), "left", 50), (self.env._("Lots/Serials"), "left", 25),
                (self.env._("Quantity"), "right", 20),
            ],
            "rows": [
                [str(number), row["product"], row["lots"], row["quantity"]]
                for number, row in enumerate(self._return_instructions(), 1)
            ],
            "total": None,
        }

    def _paper_instructions_instructions(self):
        packing = self.env._(
            "1. The goods are intact: keep them packed and protected as they were delivered.") if self.is_unused else (
            self.env._("1. Sort the goods by reason for return, count them, and keep them in their original packing."))
        return {
            "kind": "text",
            "title": self.env._("How to send the goods"),
            "text": "\n".join([
                packing,
                self.env._("2. Stick one of our labels on each box; write the quantity on it where it is left open, and"
                           " what is wrong with the goods."),
                self.env._("3. Tell us carrier and tracking number when the goods leave."),
                self.env._("Goods that arrive without the return number take longer to be handled."),
            ]),
            "html": self.instructions or "",
            "lines": 0,
        }

    def _paper_return_number(self):
        return self.return_number if self.return_number not in (False, "/") else self.name


class RmaLine(models.Model):
    _inherit = "cx.rma.line"

    def _paper_count(self):
        """What the store counted, and how far it is off the sheet; empty as long as nothing came."""
        self.ensure_one()
        if not self.has_arrived:
            return "", ""
        difference = self.received_qty - self.quantity
        is_even = self.product_uom_id.is_zero(difference)
        return (
            self._paper_qty(self.received_qty, self.product_uom_id),
            "0" if is_even else f"{'+' if difference > 0 else ''}{self._paper_qty(difference)}")
