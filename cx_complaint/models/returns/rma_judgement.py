from odoo import models

from ...rules.blocker import Blocker


class RmaJudgement(models.Model):
    """A return follows quality's first judgement, where the company asks for it."""

    _inherit = "cx.rma"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise" and self.company_id.cx_is_judgement_needed:
            blockers += self._blockers_judgement()
        return blockers

    def _blockers_judgement(self):
        blockers = []
        labels = dict(self.env["cx.complaint.line"]._fields["return_decision"]._description_selection(self.env))
        for line in self.line_ids.complaint_line_id:
            if not line.is_judged:
                blockers.append(Blocker(
                    "not_judged", line.display_name,
                    self.env._("Quality has not judged whether it comes back.") if not line.judged_decision
                    else self.env._("Quality judged “%(judged)s”, and now “%(decided)s” is decided.",
                                    judged=labels[line.judged_decision],
                                    decided=labels.get(line.return_decision, "–")),
                    self.env._("Ask quality for the first judgement.")))
            elif line.return_decision == "none":
                blockers.append(Blocker(
                    "judged_no_return", line.display_name, self.env._("Quality judged that it does not come back."),
                    self.env._("Take the line off the return and go on with the complaint.")))
        return blockers
