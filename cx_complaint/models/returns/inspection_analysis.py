from odoo import api, fields, models

from .inspection import SORTING_STAGES

_JOIN = "cx_complaint.mail_activity_type_join"
# work that is done by a scheme
_SCHEME_WORK = frozenset({"rework", "repair"})


class InspectionAnalysis(models.Model):
    """What an analysis has to contain, and who joins it.

    :source: S2.14-8
    """

    _inherit = "cx.inspection"

    responsible_department_id = fields.Many2one(
        "cx.department", check_company=True, index="btree_not_null",
        help="Department that caused the defect, as the analysis found.")
    join_department_ids = fields.Many2many(
        "cx.department", string="Asked to Join", check_company=True,
        help="Production, engineering or whoever else is needed for the analysis; each gets a to-do.")
    use_conditions = fields.Text(
        string="Customer's Conditions of Use",
        help="How the customer uses the goods; engineering needs it where they meet our standard and not his.")
    is_our_standard = fields.Boolean(
        string="Meets Our Standard Only", compute="_compute_is_our_standard",
        help="A finding meets our standard and not the customer's.")

    @api.depends("line_ids.verdict_id.is_our_standard")
    def _compute_is_our_standard(self):
        for inspection in self:
            inspection.is_our_standard = any(inspection.line_ids.verdict_id.mapped("is_our_standard"))

    # Who joins

    @api.model_create_multi
    def create(self, vals_list):
        inspections = super().create(vals_list)
        for inspection in inspections.filtered("join_department_ids"):
            inspection._ask_to_join(inspection.join_department_ids)
        return inspections

    def write(self, vals):
        before = {inspection: inspection.join_department_ids for inspection in self} if "join_department_ids" in vals else {}
        result = super().write(vals)
        for inspection, asked in before.items():
            inspection._ask_to_join(inspection.join_department_ids - asked)
        return result

    def _ask_to_join(self, departments):
        """A to-do for who is on duty in each of these departments."""
        self.ensure_one()
        for department in departments:
            if user := department._person_on_duty():
                self.activity_schedule(
                    _JOIN, user_id=user.id,
                    note=self.env._("%(department)s is asked to join the inspection of %(product)s (%(rma)s).",
                                    department=department.name, product=self.product_id.display_name,
                                    rma=self.rma_id.display_name))

    def _thank_departments(self):
        """It is finished: nobody needs to join it any more."""
        self.activity_feedback([_JOIN])

    # What it has to say

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish":
            blockers += self._blockers_responsible() + self._blockers_scheme() + self._blockers_use()
        return blockers

    def _asks_for_scheme(self):
        return self._is_complete_needed() and self.company_id.cx_has_production

    def _is_complete_needed(self):
        return self.stage == "analysis" and self.company_id.cx_is_analysis_complete

    def _blockers_responsible(self):
        if not self._is_complete_needed() or self.responsible_department_id:
            return []
        return [self._blocker(
            "responsible_missing", self.env._("An analysis names the responsible department."),
            self.env._("Choose it on the page “Cause and Report”."))]

    def _blockers_scheme(self):
        """What can be reworked says how."""
        if not self._asks_for_scheme():
            return []
        return [
            self._blocker(
                "scheme_missing",
                self.env._("%(finding)s can be reworked, and it is not said how.", finding=finding.display_name),
                self.env._("Choose the rework scheme of the finding, or ask engineering to write one."))
            for finding in self.line_ids if finding.verdict_id.work in _SCHEME_WORK and not finding.scheme_id
        ]

    def _blockers_use(self):
        if not self.is_our_standard or self.stage not in SORTING_STAGES or (self.use_conditions or "").strip():
            return []
        return [self._blocker(
            "use_conditions_missing",
            self.env._("It meets our standard and not the customer's; how he uses it is not known."),
            self.env._("Ask him and fill in “Customer's Conditions of Use”: engineering works from it."))]
