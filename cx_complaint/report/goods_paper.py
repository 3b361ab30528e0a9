from odoo import models


class PaperSource(models.AbstractModel):
    """Blocks that several papers print alike: what was found, what is decided, how the work is done."""

    _inherit = "cx.paper.source"

    def _paper_findings_table(self, inspections):
        """What finished inspections found, one row each: rate, cause, who handles it."""
        return {
            "kind": "table",
            "title": self.env._("Quality"),
            "columns": [
                (self.env._("Inspection"), "left", 14), (self.env._("Stage"), "left", 12),
                (self.env._("Product"), "left", 22), (self.env._("Inspected"), "right", 10),
                (self.env._("Defect rate"), "right", 10), (self.env._("Cause"), "left", 18),
                (self.env._("Handled by"), "left", 14),
            ],
            "rows": [
                [
                    inspection.name, self._paper_label(inspection, "stage"), self._paper_product(inspection.product_id),
                    self._paper_qty(inspection.inspected_qty, inspection.product_uom_id),
                    f"{self._paper_qty(round(inspection.defect_rate, 1))} %",
                    inspection.cause or "", inspection.department_id.name or "",
                ]
                for inspection in inspections.filtered(lambda one: one.state == "done").sorted("id")
            ] or [[""] * 7],
            "total": None,
            "is_written": True,
        }

    def _paper_dispositions_table(self, dispositions):
        """What is decided about the goods, cancelled proposals left out."""
        return {
            "kind": "table",
            "title": self.env._("Handling"),
            "columns": [
                (self.env._("Disposition"), "left", 16), (self.env._("Product"), "left", 24),
                (self.env._("Lots/Serials"), "left", 16), (self.env._("Quantity"), "right", 12),
                (self.env._("Work"), "left", 11), (self.env._("Destination"), "left", 12),
                (self.env._("State"), "left", 9),
            ],
            "rows": [
                [
                    disposition.name, self._paper_product(disposition.product_id),
                    ", ".join(disposition.lot_ids.mapped("name")),
                    self._paper_qty(disposition.quantity, disposition.product_uom_id),
                    self._paper_label(disposition, "work"), self._paper_label(disposition, "destination"),
                    self._paper_label(disposition, "state"),
                ]
                for disposition in dispositions.filtered(lambda one: one.state != "cancelled").sorted("id")
            ] or [[""] * 7],
            "total": None,
            "is_written": True,
        }

    def _paper_steps_table(self, schemes):
        """The rework process: its operations with their minutes, then the work instruction."""
        steps = [(scheme, step) for scheme in schemes for step in scheme.operation_ids]
        return {
            "kind": "table",
            "title": self.env._("Rework process"),
            "columns": [
                ("#", "center", 5), (self.env._("Scheme"), "left", 25), (self.env._("Operation"), "left", 35),
                (self.env._("Work centre"), "left", 20), (self.env._("Minutes per unit"), "right", 15),
            ],
            "rows": [
                [str(number), scheme.name, step.name, step.workcenter_id.name, self._paper_qty(step.minutes)]
                for number, (scheme, step) in enumerate(steps, 1)
            ] or [[""] * 5],
            "total": None,
            "html": "".join(scheme.note for scheme in schemes if scheme.note),
            "lines": 0 if schemes else 2,
        }
