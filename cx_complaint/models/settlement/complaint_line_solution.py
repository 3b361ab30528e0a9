from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import is_html_empty

from ...rules.blocker import Blocker

# nothing is owed to the customer, so no solution binds
_NOTHING_OWED = frozenset({"duplicate", "withdrawn", "not_established", "customer"})


class ComplaintLine(models.Model):
    """The established solution of a line, and why another one was found."""

    _inherit = "cx.complaint.line"

    solution_id = fields.Many2one("cx.solution", string="Standard Solution", compute="_compute_solution_id")
    deviation_reason = fields.Char(
        string="Another Solution Because", copy=False,
        help="Why the standard solution does not fit; the customer has to accept the other one.")

    @api.depends("shipment_error", "defect_id.is_material", "complaint_id.category_id", "product_id", "company_id")
    def _compute_solution_id(self):
        solutions = self.env["cx.solution"].search([("active", "=", True)])
        for line in self:
            line.solution_id = solutions.filtered(lambda solution, line=line: (
                line.product_id and solution.company_id in (line.company_id, line.company_id.browse())
                and solution._fits(line.shipment_error, line.defect_id, line.complaint_id.category_id)))[:1]

    def action_propose_solution(self):
        """Propose what the established solutions of these lines say.

        :return: the action that opens what was proposed
        :raises UserError: when no line has one that is not proposed yet
        """
        settlements = self.settlement_ids.filtered(lambda money: money.state not in ("refused", "cancelled"))
        open_lines = self.filtered(lambda line: (
            line.solution_id and line.solution_id.kind not in
            (settlements & line.settlement_ids).mapped("kind")))
        if not open_lines:
            raise UserError(self.env._(
                "No established solution fits these lines, or it is proposed already. Find one that satisfies both sides."))
        for complaint, lines in open_lines.grouped("complaint_id").items():
            texts = [line.solution_id.text for line in lines if not is_html_empty(line.solution_id.text)]
            if texts and is_html_empty(complaint.solution):
                complaint.solution = texts[0]
        before = self.settlement_ids
        for kind, lines in open_lines.grouped(lambda line: line.solution_id.kind).items():
            lines._propose_settlements(kind)
        return (self.settlement_ids - before)._action_view()

    def _blockers_solution_kept(self):
        """A binding solution was carried out, or there is a reason for another one that the customer accepted."""
        blockers = []
        for line in self.filtered(lambda line: line.solution_id.is_binding):
            solution = line.solution_id
            if any(money.kind == solution.kind and money.state == "done" for money in line.settlement_ids):
                continue
            if not line.deviation_reason:
                kind = dict(solution._fields["kind"]._description_selection(self.env))[solution.kind].lower()
                blockers.append(Blocker(
                    "solution_binding", line.display_name,
                    self.env._("“%(solution)s” binds: the customer gets a %(kind)s.", solution=solution.name, kind=kind),
                    self.env._("Press “Propose Solution” and carry it out, or enter why another one was found.")))
            elif line.complaint_id.acceptance != "accepted":
                blockers.append(Blocker(
                    "deviation_not_accepted", line.display_name,
                    self.env._("the customer has not accepted another solution than “%(solution)s”.",
                               solution=solution.name),
                    self.env._("Ask him and enter his reaction on the page “Solution & Answer”.")))
        return blockers


class Complaint(models.Model):
    _inherit = "cx.complaint"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "close" and self.outcome not in _NOTHING_OWED:
            blockers += self.line_ids._blockers_solution_kept()
        return blockers
