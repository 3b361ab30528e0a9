from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...rules.findings import sorted_quantity
from ...rules.wording import figure
from .inspection import SORTING_STAGES


class RmaLineInspection(models.Model):
    """What of a returned line quality still has to look at, and the step that starts it."""

    _inherit = "cx.rma.line"

    urgency = fields.Selection(related="rma_id.urgency", store=True)
    is_replenishment_wanted = fields.Boolean(related="rma_id.is_replenishment_wanted", store=True)
    to_inspect_qty = fields.Float(
        string="To Inspect", digits="Product Unit", compute="_compute_to_inspect_qty",
        help="Received, without a verdict and without a decision.")
    is_to_inspect = fields.Boolean(compute="_compute_to_inspect_qty", search="_search_is_to_inspect")
    inspection_count = fields.Integer(compute="_compute_inspection_count")
    next_stage = fields.Selection(
        [("first", "First inspection"), ("analysis", "Analysis"), ("after_rework", "After rework")],
        string="Next Inspection", compute="_compute_next_stage", help="What the goods wait for next.")

    def _sorted_quantities(self):
        """Units with a verdict, by line; several stages that saw the same goods count once."""
        rows = self.env["cx.inspection"]._read_group(
            [("rma_line_id", "in", self.ids), ("state", "=", "done"), ("mode", "=", "full"),
             ("stage", "in", SORTING_STAGES)],
            ["rma_line_id", "stage"], ["inspected_qty:sum"])
        by_line = {}
        for line, _stage, quantity in rows:
            by_line.setdefault(line.id, []).append(quantity)
        return {line_id: sorted_quantity(quantities) for line_id, quantities in by_line.items()}

    @api.depends("received_qty", "undecided_qty", "inspection_ids.state", "inspection_ids.inspected_qty")
    def _compute_to_inspect_qty(self):
        quantities = self._sorted_quantities()
        for line in self:
            rest = min(line.received_qty - quantities.get(line.id, 0.0), line.undecided_qty)
            line.to_inspect_qty = max(rest, 0.0)
            line.is_to_inspect = bool(line.product_uom_id) and line.product_uom_id.compare(rest, 0.0) > 0

    def _search_is_to_inspect(self, operator, value):
        if operator != "in":
            return NotImplemented
        # only what nobody decided about can still be inspected: a short list, whatever the history holds
        candidates = self.search([("is_to_decide", "=", True)])
        return [("id", "in", candidates.filtered("is_to_inspect").ids)]

    @api.depends("is_to_inspect", "inspection_ids.state", "inspection_ids.line_ids", "disposition_ids.next_step")
    def _compute_next_stage(self):
        for line in self:
            line.next_stage = (
                "first" if line.is_to_inspect
                else "analysis" if line._first_to_analyse()
                else "after_rework" if any(goods.next_step == "release" for goods in line.disposition_ids)
                else False)

    def _first_to_analyse(self):
        """The oldest finished first inspection of the line that handed over units nobody has analysed, or none."""
        return self.inspection_ids.sorted("id").filtered(
            lambda inspection: inspection.state == "done" and inspection._to_analyse_qty() > 0)[:1]

    @api.depends("inspection_ids")
    def _compute_inspection_count(self):
        counts = {line.id: count for line, count in self.env["cx.inspection"]._read_group(
            [("rma_line_id", "in", self.ids)], ["rma_line_id"], ["__count"])}
        for line in self:
            line.inspection_count = counts.get(line.id, 0)

    def _on_inspected(self):
        """Inspections were finished: the calls of returns of which nothing is left to inspect are answered."""
        for rma in self.rma_id:
            if not any(rma.line_ids.mapped("is_to_inspect")):
                rma.activity_feedback(["cx_complaint.mail_activity_type_inspect"])

    def action_inspect(self):
        """Open the inspection in progress of each line, started now where there is none.

        :raises UserError: naming every line of which nothing was received yet
        """
        self.env["cx.guard"]._take_for(self)
        # an analysis of units handed over is not where goods are looked at that came later
        started = self.inspection_ids.filtered(lambda inspection: inspection.state == "draft" and not (
            inspection._is_carried() and inspection.rma_line_id.is_to_inspect))
        fresh = self - started.rma_line_id
        missing = fresh.filtered(lambda line: line.product_uom_id.compare(line.received_qty, 0.0) <= 0)
        if missing:
            raise UserError("\n".join(self.env._(
                "%(line)s: %(received)s of %(expected)s %(unit)s are received. Receive the goods before inspecting.",
                line=line.display_name, received=figure(line.received_qty), expected=figure(line.quantity),
                unit=line.product_uom_id.name) for line in missing))
        inspections = started + self.env["cx.inspection"].create([line._prepare_inspection_vals() for line in fresh])
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections"),
            "res_model": "cx.inspection",
            "view_mode": "list,form",
            "domain": [("id", "in", inspections.ids)],
        }
        if len(inspections) == 1:
            action |= {"view_mode": "form", "res_id": inspections.id}
        return action

    def _prepare_inspection_vals(self):
        """Values of the next inspection of the line."""
        self.ensure_one()
        stage = self._next_stage()
        if stage == "analysis" and (first := self._first_to_analyse()):
            return first._prepare_analysis_vals()
        vals = {"rma_line_id": self.id, "stage": stage}
        if stage == "after_rework":  # judged by the same samples as before the work
            vals["sample_ids"] = [Command.set(self.inspection_ids.sorted("id")[-1:].sample_ids.ids)]
        return vals

    def _next_stage(self):
        """New goods get their first inspection, goods that came out of work the one after it, all else an analysis."""
        return self.next_stage or "analysis"
