from odoo import models


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "cx.paper.source"]

    _PAPERS = {
        "traveller": "cx_complaint.production_report_traveller",
        "issue_note": "cx_complaint.production_report_issue_note",
        "rework_report": "cx_complaint.production_report_rework",
    }

    def _paper_procedure(self):
        return self._cx_rework()[0].complaint_id.procedure_id

    def _paper_lang(self, paper):
        return self.env.user.lang or "en_US"

    def _paper_number(self, paper):
        return self.name

    def _paper_extra(self, paper):
        if paper == "rework_report":
            return {"copies": [self.env._("Copy 1 of 2: production"), self.env._("Copy 2 of 2: quality")]}
        return {"copies": [self.env._("Copy 1 of 2: production"), self.env._("Copy 2 of 2: warehouse")]}

    def _cx_rework(self):
        """The disposition that the order works off, and its RMA line, for whoever prints the traveller."""
        # sudo: cx.disposition, cx.rma.line - numbers, reason and customer on the paper of an order the user may read
        disposition = self.sudo().cx_disposition_id.with_context(lang=self.env.lang)
        return disposition, disposition.rma_line_id

    def _paper_traveller_header(self):
        disposition, line = self._cx_rework()
        rma = line.rma_id
        return {
            "kind": "fields",
            "title": self.env._("Order"),
            "rows": [
                [(self.env._("Order No."), self.name), (self.env._("Disposition"), disposition.name or "")],
                [(self.env._("Return No."), _number(rma.return_number) or _number(rma.name)),
                 (self.env._("Customer"), rma.partner_id.commercial_partner_id.name or "")],
                [(self.env._("Work"), self._paper_label(disposition, "work") if disposition else ""),
                 (self.env._("Destination"), self._paper_label(disposition, "destination") if disposition else "")],
                [(self.env._("Start"), self._paper_day(self.date_start)),
                 (self.env._("Customer's limit date"), self._paper_day(rma.limit_date))],
                *([[(self.env._("Charge"), line.complaint_line_id._paper_charge(self.env))]]
                  if line and line.complaint_line_id.charge not in ("free", "unknown") else []),
                [(self.env._("Reason"), disposition.reason or (line._paper_reason() if line else ""))],
            ],
        }

    def _paper_traveller_goods(self):
        disposition, line = self._cx_rework()
        returned = self.move_raw_ids.filtered(lambda move: move.product_id == self.product_id)
        lots = disposition.lot_ids or returned.lot_ids
        marks = [
            self.env._("RoHS goods") if self.product_id.cx_is_rohs else "",
            self.env._("Customer's property") if disposition.goods_owner == "customer" else "",
        ]
        return {
            "kind": "barcodes",
            "title": self.env._("Goods to be worked on"),
            "rows": [
                [(self.env._("Product"), self._paper_product(self.product_id)),
                 (self.env._("Quantity"), self._paper_qty(self.product_qty, self.product_uom_id))],
                [(self.env._("From"), returned.location_id[:1].display_name or self.location_src_id.display_name),
                 (self.env._("To"), self.location_dest_id.display_name)],
                [(self.env._("Marks"), ", ".join(filter(None, marks)))],
            ],
            "codes": lots.mapped("name"),
        }

    def _paper_traveller_operations(self):
        disposition, _line = self._cx_rework()
        rows = [
            (order.name, order.workcenter_id.name, order.duration_expected) for order in self.workorder_ids
        ] or [
            (step.name, step.workcenter_id.name, step.minutes * self.product_qty)
            for step in disposition.scheme_id.operation_ids
        ]
        return {
            "kind": "table",
            "title": self.env._("Operations"),
            "columns": [
                ("#", "center", 5), (self.env._("Operation"), "left", 33), (self.env._("Work centre"), "left", 18),
                (self.env._("Planned min"), "right", 11), (self.env._("Good"), "right", 9),
                (self.env._("Not good"), "right", 9), (self.env._("Date, name"), "left", 15),
            ],
            "rows": [
                [str(number), name, place, self._paper_qty(minutes), "", "", ""]
                for number, (name, place, minutes) in enumerate(rows, 1)
            ],
            "total": None,
            "is_written": True,
            "html": disposition.scheme_id.note or "",
        }

    def _paper_traveller_parts(self):
        parts = self.move_raw_ids.filtered(
            lambda move: move.product_id != self.product_id and move.state != "cancel")
        if not parts:
            return None
        return {
            "kind": "table",
            "title": self.env._("Parts, extra issue"),
            "columns": [
                ("#", "center", 5), (self.env._("Part"), "left", 33), (self.env._("From"), "left", 22),
                (self.env._("Quantity"), "right", 13), (self.env._("Extra issue"), "center", 10),
                (self.env._("Issued, name"), "left", 17),
            ],
            "rows": [
                [str(number), self._paper_product(move.product_id), move.location_id.display_name,
                 self._paper_qty(move.product_uom_qty, move.product_uom), "☑", ""]
                for number, move in enumerate(parts, 1)
            ],
            "total": None,
            "is_written": True,
        }

    def _paper_traveller_report(self):
        return {
            "kind": "table",
            "title": self.env._("Report of the work"),
            "columns": [
                (self.env._("Good"), "left", 20), (self.env._("Not good"), "left", 20), (self.env._("Scrap"), "left", 20),
                (self.env._("Hours"), "left", 20), (self.env._("Finished on, name"), "left", 20),
            ],
            "rows": [["", "", "", "", ""]],
            "total": None,
            "lines": 2,
        }

    def _paper_traveller_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Production planning"), (self.env._("Issued"),)),
            (self.env._("Warehouse"), (self.env._("Handed over"),)),
            (self.env._("Production"), (self.env._("Done"),)),
            (self.env._("Quality"), (self.env._("Checked"),)),
        ])


def _number(number):
    return "" if number in (False, "/") else number
