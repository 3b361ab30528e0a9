from odoo import models


class MrpProduction(models.Model):
    """What goes with a rework order besides the traveller: the note by which goods and parts are drawn, the report."""

    _inherit = "mrp.production"

    def _paper_issue_note_header(self):
        return self._paper_traveller_header()

    def _paper_issue_note_goods(self):
        """The returned goods that the workshop draws from quarantine."""
        returned = self.move_raw_ids.filtered(lambda move: move.product_id == self.product_id and move.state != "cancel")
        return self._paper_issue_table(self.env._("Returned goods"), returned, "")

    def _paper_issue_note_parts(self):
        """Replacement material; it is issued beyond any bill of materials and reported to finance as such."""
        parts = self.move_raw_ids.filtered(lambda move: move.product_id != self.product_id and move.state != "cancel")
        return self._paper_issue_table(self.env._("Parts"), parts, self.env._("Extra issue")) if parts else None

    def _paper_issue_table(self, title, moves, mark):
        return {
            "kind": "table",
            "title": title,
            "columns": [
                ("#", "center", 4), (self.env._("Product"), "left", 30), (self.env._("Lots/Serials"), "left", 16),
                (self.env._("From"), "left", 18), (self.env._("To be issued"), "right", 11),
                (self.env._("Issued"), "right", 10), (self.env._("Remark"), "left", 11),
            ],
            "rows": [
                [
                    str(number), self._paper_product(move.product_id), ", ".join(move.lot_ids.mapped("name")),
                    move.location_id.display_name, self._paper_qty(move.product_uom_qty, move.product_uom),
                    self._paper_qty(move.quantity) if move.state == "done" else "", mark,
                ]
                for number, move in enumerate(moves, 1)
            ],
            "total": None,
            "is_written": True,
        }

    def _paper_issue_note_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Production"), (self.env._("Requested"), self.env._("Received"))),
            (self.env._("Warehouse"), (self.env._("Issued"),)),
        ])

    # What the work brought

    def _paper_rework_report_header(self):
        return self._paper_traveller_header()

    def _paper_rework_report_goods(self):
        returned = self.move_raw_ids.filtered(lambda move: move.product_id == self.product_id and move.state == "done")
        produced = self.move_finished_ids.filtered(lambda move: move.state == "done")
        return {
            "kind": "fields",
            "title": self.env._("Goods"),
            "rows": [
                [(self.env._("Product"), self._paper_product(self.product_id)),
                 (self.env._("Lots/Serials"), ", ".join(
                     (returned.move_line_ids.lot_id | self.lot_producing_ids).mapped("name")))],
                [(self.env._("Taken into work"), self._paper_qty(
                    sum(returned.mapped("quantity")), self.product_uom_id)),
                 (self.env._("Came out of work"), self._paper_qty(
                     sum(produced.mapped("quantity")), self.product_uom_id))],
                [(self.env._("Started"), self._paper_day(self.date_start)),
                 (self.env._("Finished"), self._paper_day(self.date_finished) if self.state == "done" else "")],
            ],
        }

    def _paper_rework_report_operations(self):
        return {
            "kind": "table",
            "title": self.env._("Operations"),
            "columns": [
                ("#", "center", 5), (self.env._("Operation"), "left", 45), (self.env._("Work centre"), "left", 22),
                (self.env._("Planned min"), "right", 14), (self.env._("Real min"), "right", 14),
            ],
            "rows": [
                [str(number), order.name, order.workcenter_id.name, self._paper_qty(order.duration_expected),
                 self._paper_qty(round(order.duration, 1)) if order.duration else ""]
                for number, order in enumerate(self.workorder_ids, 1)
            ] or [[""] * 5],
            "total": None,
            "is_written": True,
        }

    def _paper_rework_report_parts(self):
        return self._paper_issue_note_parts()

    def _paper_rework_report_report(self):
        """How the check after the work went, as far as it is known; the rest is written by hand."""
        disposition, line = self._cx_rework()
        checks = line.inspection_ids.filtered(lambda one: one.stage == "after_rework" and one.state == "done")
        found = [finding for check in checks for finding in check.line_ids]
        good = sum(finding.quantity for finding in found if finding.verdict_id.is_good)
        bad = sum(finding.quantity for finding in found if not finding.verdict_id.is_good)
        return {
            "kind": "fields",
            "title": self.env._("Check after the work"),
            "rows": [
                [(self.env._("Good"), self._paper_qty(good, self.product_uom_id) if found else ""),
                 (self.env._("Not good"), self._paper_qty(bad, self.product_uom_id) if found else "")],
                [(self.env._("Released"), self._paper_qty(disposition.released_qty, self.product_uom_id)),
                 (self.env._("Inspection"), ", ".join(checks.mapped("name")))],
                [(self.env._("Remarks"), "\n".join(filter(None, checks.mapped("cause"))))],
            ],
        }

    def _paper_rework_report_signatures(self):
        return self._paper_signatures(self.env._("Signatures"), [
            (self.env._("Production"), (self.env._("Reported"),)),
            (self.env._("Engineering"), (self.env._("Analysed"),)),
            (self.env._("Quality"), (self.env._("Received"),)),
        ])
