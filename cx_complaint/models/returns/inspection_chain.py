from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

from ...rules.blocker import Blocker
from .inspection import SORTING_STAGES


class InspectionChain(models.Model):
    """First inspection, analysis, after rework: one chain per returned line, in which units are handed on."""

    _inherit = "cx.inspection"

    predecessor_id = fields.Many2one(
        "cx.inspection", string="Follows", readonly=True, copy=False, check_company=True, index="btree_not_null",
        ondelete="set null", help="The inspection of the same goods before this one.")
    successor_ids = fields.One2many("cx.inspection", "predecessor_id", string="Followed By", readonly=True)
    superseded_by_id = fields.Many2one(
        "cx.inspection", compute="_compute_superseded_by_id",
        help="The inspection of every unit that replaced the rate of this sample.")
    next_stage = fields.Selection(
        related="rma_line_id.next_stage", string="Next Inspection", help="What these goods wait for next.")
    unit_lot_ids = fields.Many2many(
        "stock.lot", string="Units to Look At", compute="_compute_unit_lot_ids",
        help="Serials or lots that the step before handed over.")

    @api.depends("mode", "rma_line_id.inspection_ids.state", "rma_line_id.inspection_ids.mode")
    def _compute_superseded_by_id(self):
        for inspection in self:
            inspection.superseded_by_id = inspection.mode == "sample" and inspection.rma_line_id.inspection_ids.filtered(
                lambda other, own=inspection._origin: other.mode == "full" and other.state == "done"
                and other.stage in SORTING_STAGES and other.id > own.id).sorted("id")[:1]

    @api.depends("stage", "predecessor_id", "rma_line_id")
    def _compute_unit_lot_ids(self):
        released = {}
        for disposition, account in self.filtered(
            lambda inspection: inspection.stage == "after_rework").rma_line_id.disposition_ids._accounts().items():
            if account.lots:
                lots = released.setdefault(disposition.rma_line_id.id, self.env["stock.lot"])
                released[disposition.rma_line_id.id] = lots | disposition._releasable_lots(account)
        for inspection in self:
            inspection.unit_lot_ids = (
                released.get(inspection.rma_line_id._origin.id) if inspection.stage == "after_rework"
                else inspection.predecessor_id._findings_to_analyse().lot_ids if inspection._is_carried()
                else inspection.rma_line_id.lot_ids)

    @api.constrains("predecessor_id", "rma_line_id")
    def _check_predecessor(self):
        for inspection in self.filtered("predecessor_id"):
            before = inspection.predecessor_id
            if before.rma_line_id != inspection.rma_line_id or before.id >= inspection.id:
                raise ValidationError(self.env._(
                    "%(inspection)s cannot follow %(before)s: a chain goes on with the same returned goods.",
                    inspection=inspection.display_name, before=before.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        """Each inspection follows the last one of its goods where it does not name another."""
        lines = self.env["cx.rma.line"].browse({
            vals["rma_line_id"] for vals in vals_list if vals.get("rma_line_id") and "predecessor_id" not in vals})
        last = {line.id: last for line, last in self._read_group(
            [("rma_line_id", "in", lines.ids)], ["rma_line_id"], ["id:max"])} if lines else {}
        return super().create([
            {"predecessor_id": last.get(vals.get("rma_line_id"), False), **vals} for vals in vals_list])

    # Units that are handed over

    def _findings_to_analyse(self):
        """Findings of these first inspections that leave the decision to an analysis."""
        return self.filtered(lambda inspection: inspection.stage == "first" and inspection.mode == "full").line_ids.filtered(
            lambda finding: finding.verdict_id.needs_analysis)

    def _is_carried(self):
        """Whether this is an analysis of units that a first inspection handed over, and of no others."""
        self.ensure_one()
        return self.stage == "analysis" and bool(self.predecessor_id._findings_to_analyse())

    def _to_analyse_qty(self, analysis=None):
        """Units this first inspection handed over that no finished analysis, but for the one given, has judged."""
        self.ensure_one()
        judged = self.successor_ids.filtered(
            lambda other: other.stage == "analysis" and other.state == "done" and other != (analysis and analysis._origin))
        return max(sum(self._findings_to_analyse().mapped("quantity")) - sum(judged.mapped("inspected_qty")), 0.0)

    def _open_analyses(self):
        """Open the analysis of what these first inspections leave to it, the units carried over, once each."""
        waiting = self.filtered(lambda inspection: inspection._findings_to_analyse() and not (
            inspection.successor_ids.filtered(lambda other: other.stage == "analysis")))
        return self.create([inspection._prepare_analysis_vals() for inspection in waiting])

    def _prepare_analysis_vals(self):
        """Values of the analysis that takes over what this first inspection did not decide."""
        self.ensure_one()
        is_fresh = not self.successor_ids.filtered(lambda other: other.stage == "analysis")
        return {
            "rma_line_id": self.rma_line_id.id,
            "predecessor_id": self.id,
            "stage": "analysis",
            "department_id": self.department_id.id,
            "sample_ids": [Command.set(self.sample_ids.ids)],
            # of a rest it is not known which finding it belongs to
            "line_ids": [Command.create(finding._prepare_carried_vals())
                         for finding in self._findings_to_analyse()] if is_fresh else [],
        }

    def action_view_chain(self):
        """All inspections of these goods, in their order."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Inspections of %(goods)s", goods=self[:1].rma_line_id.display_name),
            "res_model": "cx.inspection",
            "view_mode": "list,form",
            "domain": [("rma_line_id", "in", self.rma_line_id.ids)],
        }

    def action_inspect_next(self):
        """Open the inspection that these goods wait for next."""
        return self.rma_line_id.action_inspect()

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish":
            blockers += self._blockers_verdicts()
        elif verb == "reopen":
            blockers += self._blockers_analysis()
        return blockers

    def _blockers_verdicts(self):
        """Past the first inspection a verdict decides; it hands nothing on."""
        if self.stage == "first":
            return []
        return [
            Blocker(
                "still_to_analyse", self.display_name,
                self.env._("“%(verdict)s” leaves the decision to an analysis, and this is it.",
                           verdict=finding.verdict_id.name),
                self.env._("Choose what the analysis found."))
            for finding in self.line_ids if finding.verdict_id.needs_analysis
        ]

    def _blockers_analysis(self):
        """An analysis of its units stands on what it found."""
        if not self._findings_to_analyse():
            return []
        return [
            Blocker(
                "analysis_rests_on_it", self.display_name,
                self.env._("%(analysis)s analyses the units it handed over.", analysis=analysis.display_name),
                self.env._("Reopen that analysis where it is finished and delete it, or correct it there."))
            for analysis in self.successor_ids if analysis.stage == "analysis"
        ]
