from odoo import api, models
from odoo.fields import Command

from ...rules import leaving


class Disposition(models.Model):
    """Dispositions proposed by findings of inspections."""

    _inherit = "cx.disposition"

    @api.model
    def _propose_from_findings(self, inspections):
        """Propose a disposition for each finding whose verdict names a destination; may be called again any time.

        A sample gives a rate only and proposes nothing; a good finding after rework is a release, not a disposition.
        A finding is passed over where its goods are decided already.

        :return: the new dispositions
        """
        findings = inspections.filtered(lambda inspection: inspection.mode == "full").line_ids.filtered(
            lambda finding: finding.verdict_id.destination and not (
                finding.inspection_id.stage == "after_rework" and finding.verdict_id.is_good)
        ) - inspections._findings_to_analyse()
        lines = findings.inspection_id.rma_line_id
        self.env["cx.guard"]._take_for(lines)
        proposed = self.sudo().search([  # sudo: cx.disposition - whether the finding has one already
            ("inspection_line_id", "in", findings.ids), ("decision", "!=", "cancelled")]).inspection_line_id
        standing, decided = lines._standing(), lines._open_decisions()
        undecided = {line.id: leaving.total(standing[line.id]) - decided[line.id] for line in lines}
        vals_list = []
        for finding in findings - proposed:
            line = finding.inspection_id.rma_line_id
            quantity = min(finding.quantity, undecided[line.id])
            if not leaving.more(quantity, 0.0) or (finding.lot_ids and leaving.more(finding.quantity, quantity)):
                continue
            undecided[line.id] -= quantity
            vals_list.append(self._prepare_proposal_vals(finding, quantity))
        # sudo: cx.disposition - what follows from finished findings, which nobody names by hand
        return self.sudo().create(vals_list).sudo(False)

    @api.model
    def _prepare_proposal_vals(self, finding, quantity):
        verdict = finding.verdict_id
        return {
            "rma_line_id": finding.inspection_id.rma_line_id.id,
            "inspection_line_id": finding.id,
            "quantity": quantity,
            "lot_ids": [Command.set(finding.lot_ids.ids)],
            "work": verdict.work or "none",
            "destination": verdict.destination,
            "scheme_id": finding.scheme_id.id,
            "reason": ": ".join(filter(None, [verdict.name, finding.defect_id.name])),
        }
