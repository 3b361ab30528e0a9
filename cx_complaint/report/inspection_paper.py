from odoo import models


class Inspection(models.Model):
    _name = "cx.inspection"
    _inherit = ["cx.inspection", "cx.paper.mixin"]

    _PAPERS = {"inspection": "cx_complaint.inspection_report_form"}

    def _paper_lang(self, paper):
        return self.rma_id._paper_lang(paper)

    def _paper_number(self, paper):
        return self.name

    def _paper_inspection_header(self):
        rma = self.rma_id
        return {
            "kind": "fields",
            "title": self.env._("Inspection"),
            "rows": [
                [(self.env._("Report No."), self.name), (self.env._("Stage"), self._paper_label(self, "stage"))],
                [(self.env._("Return No."), rma.return_number if rma.return_number != "/" else rma.name),
                 (self.env._("Scope"), self._paper_label(self, "mode"))],
                [(self.env._("Complaint"), self.rma_line_id.complaint_id.name or ""),
                 (self.env._("Inspected on"), self._paper_day(self.inspected_on))],
                [(self.env._("Customer"), rma.partner_id.commercial_partner_id.name or ""),
                 (self.env._("Inspected by"), self.inspected_by_id.name or "")],
            ],
        }

    def _paper_inspection_goods(self):
        line = self.rma_line_id
        return {
            "kind": "fields",
            "title": self.env._("Goods"),
            "rows": [
                [(self.env._("Product"), self._paper_product(self.product_id)),
                 (self.env._("Goods are"), self._paper_label(line, "goods_owner"))],
                [(self.env._("Received"), self._paper_qty(line.received_qty, self.product_uom_id)),
                 (self.env._("Inspected"), self._paper_qty(self.inspected_qty, self.product_uom_id))],
                [(self.env._("Lots/Serials"), ", ".join(self._paper_inspection_lots().mapped("name"))),
                 (self.env._("RoHS goods"), self.env._("Yes") if self.product_id.cx_is_rohs else self.env._("No"))],
                [(self.env._("Reason for return"), line._paper_reason())],
                *self._paper_inspection_warranty(),
            ],
        }

    def _paper_inspection_warranty(self):
        """Warranty, and what of the repair is charged with the price where there is one; nothing where none is known."""
        line = self.rma_line_id.complaint_line_id
        if line.warranty == "unknown" and line.charge == "unknown":
            return []
        return [[(self.env._("Warranty"), self._paper_label(line, "warranty")),
                 (self.env._("Charge"), line._paper_charge(self.env))]]

    def _paper_inspection_lots(self):
        return self.line_ids.lot_ids or self.rma_line_id._label_lots()

    def _paper_inspection_findings(self):
        inspected = self.inspected_qty
        return {
            "kind": "table",
            "title": self.env._("Findings"),
            "columns": [
                ("#", "center", 4), (self.env._("Verdict"), "left", 20), (self.env._("Defect"), "left", 20),
                (self.env._("Grade"), "left", 9), (self.env._("Repairable"), "center", 10),
                (self.env._("Lots/Serials"), "left", 17), (self.env._("Quantity"), "right", 11),
                (self.env._("Share"), "right", 9),
            ],
            "rows": [
                [
                    str(number), finding.verdict_id.name,
                    ": ".join(filter(None, (finding.defect_id.name, finding.note))),
                    self._paper_label(finding.defect_id, "grade") if finding.defect_id else "",
                    "✓" if finding.verdict_id.is_repairable else "",
                    ", ".join(finding.lot_ids.mapped("name")),
                    self._paper_qty(finding.quantity, self.product_uom_id),
                    self._paper_percent(100.0 * finding.quantity / inspected if inspected else 0.0),
                ]
                for number, finding in enumerate(self.line_ids, 1)
            ],
            "total": ["", self.env._("Inspected, defect rate"), "", "", "", "",
                      self._paper_qty(inspected, self.product_uom_id), self._paper_percent(self.defect_rate)],
        }

    def _paper_inspection_cause(self):
        return {
            "kind": "text",
            "title": self.env._("Defect cause and report"),
            "text": self.cause or "",
            "html": self.note or "",
            "lines": 0 if self.cause or self.note else 3,
        }

    def _paper_inspection_photos(self):
        photos = self._paper_photos()
        return {"kind": "photos", "title": self.env._("Photos"), "photos": photos} if photos else None

    def _paper_inspection_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Quality"), (self.env._("Inspected"), self.env._("Reviewed"))),
            (self.env._("Responsible department"), (self.env._("Acknowledged"),)),
        ])

    def _paper_percent(self, value):
        return f"{self._paper_qty(round(value, 1))} %"

    def _return_labels(self):
        """A label per finding: the goods are marked with what was found."""
        labels = []
        for inspection in self:
            line = inspection.rma_line_id.with_context(lang=self.env.lang)
            for finding in inspection.line_ids:
                reason = ": ".join(filter(None, (finding.defect_id.name, finding.note)))
                for lot in finding.lot_ids or [finding.lot_ids]:
                    single = bool(lot) and len(finding.lot_ids) > 1
                    quantity = 1.0 if line.tracking == "serial" else None if single else finding.quantity
                    labels.append(line._prepare_label_vals(lot, quantity, finding.verdict_id.name, reason))
        return labels
