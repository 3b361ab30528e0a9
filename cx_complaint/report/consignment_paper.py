from odoo import models


class Consignment(models.Model):
    """The return note by which our driver or carrier fetches goods from the customer.

    :source: S2.14-5
    """

    _name = "cx.consignment"
    _inherit = ["cx.consignment", "cx.paper.mixin"]

    _PAPERS = {"return_note": "cx_complaint.consignment_report_return_note"}

    def _paper_number(self, paper):
        return self.return_note or self.name

    def _paper_return_note_header(self):
        return {
            "kind": "fields",
            "title": self.env._("Return Note"),
            "rows": [
                [(self.env._("Return Note No."), self.return_note or ""), (self.env._("Consignment"), self.name)],
                [(self.env._("RMA"), ", ".join(self.rma_ids.mapped("display_name"))),
                 (self.env._("Waybill"), self.waybill or "")],
                [(self.env._("Transport"), self._paper_label(self, "pickup")),
                 (self.env._("Channel"), self._paper_label(self, "channel"))],
                [(self.env._("Driver"), self.driver_id.name or self.driver_name or self.carrier_name or ""),
                 (self.env._("Fetch on"), self._paper_day(self.expected_date))],
            ],
        }

    def _paper_return_note_customer(self):
        partner = self.partner_id
        return {
            "kind": "fields",
            "title": self.env._("Customer"),
            "rows": [
                [(self.env._("Customer"), partner.commercial_partner_id.name or ""),
                 (self.env._("Phone / e-mail"), " / ".join(filter(None, (partner.phone, partner.email))))],
                [(self.env._("Address"), ", ".join(
                    line.strip() for line in partner._display_address(True).split("\n") if line.strip())
                  if partner else "")],
            ],
        }

    def _paper_return_note_goods(self):
        return {
            "kind": "table",
            "title": self.env._("Goods to fetch"),
            "columns": [
                ("#", "center", 4), (self.env._("Return No."), "left", 18), (self.env._("Product"), "left", 30),
                (self.env._("Lot/Serial"), "left", 18), (self.env._("Quantity"), "right", 12),
                (self.env._("Handed over"), "right", 18),
            ],
            "rows": [
                [str(number), self._paper_return_no(line.rma_id), self._paper_product(line.product_id),
                 ", ".join(line.lot_ids.mapped("name")), self._paper_qty(quantity, line.product_uom_id), ""]
                for number, (line, quantity) in enumerate(self._expected_goods(), 1)
            ],
            "total": None,
            "is_written": True,
        }

    def _paper_return_no(self, rma):
        return rma.return_number if rma.return_number != "/" else rma.name

    def _paper_return_note_signatures(self):
        return self._paper_signatures(self.env._("Handed over and received"), [
            (self.env._("Customer"), (self.env._("Handed over"),)),
            (self.env._("Driver"), (self.env._("Received"),)),
            (self.env._("Warehouse"), (self.env._("Received"),)),
        ])
