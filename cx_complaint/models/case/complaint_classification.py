from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

_NAMING = ("cx_complaint.group_quality", "cx_complaint.group_service", "cx_complaint.group_manager")


class Complaint(models.Model):
    """Nature, party, cause and the department that answers for it: proposed by the rulebook, decided by people.

    :source: S1-5.2, S0-5.2.3g1, S2.09-9 to S2.09-14
    """

    _inherit = "cx.complaint"

    @api.model_create_multi
    def create(self, vals_list):
        complaints = super().create(vals_list)
        complaints.filtered("cause_category_id")._check_may_name()
        complaints.filtered("responsible_department_id")._name_responsible()
        return complaints

    def write(self, vals):
        if {"responsible_department_id", "cause_category_id"}.isdisjoint(vals):
            return super().write(vals)
        before = {case: (case.cause_category_id, case.responsible_department_id) for case in self}
        result = super().write(vals)
        self.filtered(lambda case: case.cause_category_id != before[case][0])._check_may_name()
        self.filtered(lambda case: case.responsible_department_id != before[case][1])._name_responsible()
        return result

    def _check_may_name(self):
        """:raises AccessError: the user neither looks for causes nor answers to the customer"""
        if self and not self.env.su and not any(self.env.user.has_group(group) for group in _NAMING):
            raise AccessError(self.env._(
                "%(complaint)s: quality names the cause and the department that answers for it. Ask quality or customer"
                " service.", complaint=self[0].display_name))

    def _name_responsible(self):
        """Keep when the department was named."""
        self._check_may_name()
        named = self.filtered("responsible_department_id")
        # sudo: cx.complaint - when it was named is written by nobody
        named.sudo().responsible_named_on = fields.Datetime.now()
        (self - named).sudo().responsible_named_on = False

    @api.constrains("cause_category_id", "responsible_department_id")
    def _check_fixed_cause(self):
        """Where the rulebook says who always answers for a cause, nobody else does."""
        for case in self:
            cause, named = case.cause_category_id, case.responsible_department_id
            if cause.is_fixed and cause.function and named and named.function != cause.function:
                functions = dict(cause._fields["function"]._description_selection(self.env))
                raise ValidationError(self.env._(
                    "%(complaint)s: %(function)s always answers for the cause “%(cause)s”, not %(department)s. Choose another"
                    " cause, or a department of that function.", complaint=case.display_name, cause=cause.name,
                    function=functions[cause.function], department=named.name))

    @api.constrains("cause_category_id", "procedure_id")
    def _check_cause_of_procedure(self):
        for case in self:
            cause = case.cause_category_id
            if cause and cause.procedure_id != case.procedure_id:
                raise ValidationError(self.env._(
                    "%(complaint)s: the cause “%(cause)s” belongs to another procedure. Choose one of its own.",
                    complaint=case.display_name, cause=cause.name))

    # Proposals

    def _classify(self, looked_at, categories):
        """Propose what follows from category and cause.

        :param looked_at: names of fields that changed
        :param categories: category of each case before
        """
        if looked_at & {"category_id", "procedure_id"}:
            self._propose_nature(categories)
        if "cause_category_id" in looked_at:
            self.filtered("cause_category_id")._propose_responsible()

    def _propose_nature(self, categories):
        """What the category says, unless somebody has said something else than the category did before."""
        proposals = {}
        for case in self:
            new, old = case.category_id._nature(), categories.get(case, case.category_id.browse())._nature()
            vals = tuple((name, value) for name, value in new.items()
                         if value and case[name] in (False, old[name]) and case[name] != value)
            proposals[vals] = proposals.get(vals, self.browse()) | case
        for vals, cases in proposals.items():
            if vals:
                cases.sudo().write(dict(vals))  # sudo: cx.complaint - follows from the category, whoever registered the case

    def _propose_responsible(self):
        """Who answers for the cause by the rulebook: party, and the first department of its function."""
        functions = set(self.cause_category_id.mapped("function")) - {False}
        departments = {}
        # sudo: cx.department - which department of the company has the function
        for department in self.env["cx.department"].sudo().search(
                [("company_id", "in", self.company_id.ids), ("function", "in", list(functions))]) if functions else ():
            departments.setdefault((department.company_id, department.function), department)
        for case in self:
            cause = case.cause_category_id
            department = departments.get((case.company_id, cause.function))
            vals = {"party": cause.party} if cause.party != case.party else {}
            if department and (not case.responsible_department_id or case.responsible_department_id.function != cause.function):
                vals["responsible_department_id"] = department.id
            if vals:
                case.sudo().write(vals)  # sudo: cx.complaint - follows from the cause that somebody may name

    def action_conclude(self):
        """The finding is known; without a cause it is the one that the rulebook keeps for when nothing else fits."""
        for case in self.filtered(lambda case: case.procedure_id and not case.cause_category_id):
            cause = case.procedure_id.sudo().cause_ids.filtered("is_default")[:1]  # sudo: cx.cause.category - of the rulebook
            if cause and not case._is_gate_on("cause_named"):
                case.cause_category_id = cause
        return super().action_conclude()
