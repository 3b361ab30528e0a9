from odoo import api, fields, models

from ...rules import findings
from ...rules.milestones import Fact
from ...rules.wording import figure
from ..case.complaint_events import aware
from .inspection import SORTING_STAGES

_EVENTS = frozenset({"one_defect", "our_standard"})


class Complaint(models.Model):
    """What the inspections of a case found that its rulebook listens to.

    :source: S2.08-3, S2.08-6
    """

    _inherit = "cx.complaint"

    one_defect_text = fields.Char(
        string="One Defect", compute="_compute_one_defect_text",
        help="The defect of which more came back than the share that the procedure names.")

    @api.depends("procedure_id", "rma_line_ids.inspection_ids.state", "rma_line_ids.received_qty")
    def _compute_one_defect_text(self):
        for case in self:
            found = case.sudo()._one_defect()  # sudo: cx.inspection, cx.procedure - of the case itself
            case.one_defect_text = found and self.env._(
                "%(defect)s: %(quantity)s of %(returned)s", defect=self.env["cx.defect"].browse(found.defect).sudo().name,
                quantity=figure(found.quantity), returned=figure(found.returned))

    def _event_times(self, events):
        times = super()._event_times(events)
        wanted = _EVENTS & frozenset(events)
        if wanted:
            for case in self.sudo():  # sudo: cx.inspection - moments only, which the case follows
                found = "one_defect" in wanted and case._one_defect()
                if found:
                    times[case]["one_defect"] = aware(found.since)
                moments = "our_standard" in wanted and case._our_standard_moments()
                if moments:
                    times[case]["our_standard"] = Fact(tuple(sorted(map(aware, moments))))
        return times

    def _sorted_inspections(self):
        """The finished inspections that gave goods of this case their first verdicts."""
        return self.rma_line_ids._of_standing_returns().inspection_ids.filtered(
            lambda one: one.state == "done" and one.stage in SORTING_STAGES and one.inspected_on)

    def _one_defect(self):
        """The defect that more of what came back has than the procedure's share, or None."""
        share = self.procedure_id.one_defect_share
        if not share:
            return None
        inspections = self._sorted_inspections()
        if not inspections:
            return None
        came = {line.id: line.received_qty for line in self.rma_line_ids if line.has_arrived}
        return findings.one_defect([one._as_look() for one in inspections], came, share)

    def _our_standard_moments(self):
        """When goods were found that meet our standard and not what the customer asks for."""
        return self._sorted_inspections().filtered(
            lambda one: any(one.line_ids.verdict_id.mapped("is_our_standard"))).mapped("inspected_on")


class Inspection(models.Model):
    """An inspection as plain value."""

    _inherit = "cx.inspection"

    def _as_look(self):
        self.ensure_one()
        return findings.Look(
            self.inspected_on, self.rma_line_id.id, self.stage, self.mode == "sample", self.inspected_qty,
            tuple(self._findings()))
