from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

_OPENING = ("opening_number", "opening_registered_on", "opening_stage")
_MANAGER = "cx_complaint.group_manager"
STAGES = [
    ("new", "New"), ("confirmed", "Confirmed"), ("investigation", "Investigation"), ("solution", "Solution"),
    ("execution", "Execution"), ("followup", "Follow-up"), ("closed", "Closed"),
]


class Complaint(models.Model):
    """Open cases of before are taken over by Odoo's import: number, dates and stage are theirs. By complaint managers."""

    _inherit = "cx.complaint"

    # not stored: said once, when the case is taken over
    opening_number = fields.Char(
        string="Number Before", store=False, copy=False, groups=_MANAGER,
        help="The number under which the case was kept before, and which it keeps.")
    opening_registered_on = fields.Datetime(
        string="Registered Before On", store=False, copy=False, groups=_MANAGER,
        help="When it was registered in the system of before.")
    opening_stage = fields.Selection(
        STAGES, string="Stage Reached Before", store=False, copy=False, groups=_MANAGER,
        help="The case starts at this stage; the gates before it count as passed when it was registered.")

    @api.model
    def get_import_templates(self):
        """Files that the import dialog offers."""
        if not self.env.user.has_group(_MANAGER):
            return super().get_import_templates()
        return [{
            "label": self.env._("Import Template for Open Cases"),
            "template": "/cx_complaint/static/import/open_cases.csv",
        }]

    @api.model_create_multi
    def create(self, vals_list):
        openings = [{name: vals[name] for name in _OPENING if vals.get(name)} for vals in vals_list]
        if not any(openings):
            return super().create(vals_list)
        self._check_may_take_over()
        self._check_opening_numbers(vals_list)
        prepared = []
        for vals, opening in zip(vals_list, openings, strict=True):
            vals = {name: value for name, value in vals.items() if name not in _OPENING}
            if opening.get("opening_number"):
                vals["name"] = opening["opening_number"].strip()
            if opening.get("opening_registered_on"):
                vals["registered_on"] = opening["opening_registered_on"]
            prepared.append(vals)
        complaints = super().create(prepared)
        for complaint, opening in zip(complaints, openings, strict=True):
            if opening.get("opening_stage"):
                # sudo: cx.complaint - gates are passed by verbs; whoever takes cases over is checked above
                complaint.sudo().write(complaint._prepare_opening_vals(opening["opening_stage"]))
        complaints._update_activities()
        return complaints

    def write(self, vals):
        if any(vals.get(name) for name in _OPENING):
            raise UserError(self.env._(
                "%(complaint)s exists already: number, date and stage of before are said when a case is taken over, not "
                "afterwards. Leave these columns out.", complaint=self[:1].display_name))
        return super().write(vals)

    @api.model
    def _check_may_take_over(self):
        """:raises AccessError: only complaint managers take over what cannot be checked any more"""
        if not self.env.su and not self.env.user.has_group(_MANAGER):
            raise AccessError(self.env._("Cases of before are taken over by complaint managers. Ask one of them."))

    def _check_opening_numbers(self, vals_list):
        """:raises UserError: two cases of a company would have the same number"""
        seen = set()
        numbers = [(vals.get("opening_number") or "").strip() for vals in vals_list]
        # sudo: cx.complaint - only whether the number is taken
        taken = {(complaint.company_id.id, complaint.name) for complaint in self.sudo().search(
            [("name", "in", [number for number in numbers if number])])}
        for vals, number in zip(vals_list, numbers, strict=True):
            key = (vals.get("company_id") or self.env.company.id, number)
            if number and (key in seen or key in taken):
                raise UserError(self.env._(
                    "%(number)s is the number of another complaint already. Check whether it was imported before.",
                    number=number))
            seen.add(key)

    def _prepare_opening_vals(self, stage):
        """Gates that a case at ``stage`` has behind it, passed when it was registered."""
        self.ensure_one()
        passed = self._gates_before("followup" if stage == "closed" else stage)
        if stage in ("followup", "closed"):
            passed = self._passed_gates_fields()
        vals = dict.fromkeys(passed, self.registered_on)
        if stage == "closed":
            vals.update(decision="closed", answered_on=self.registered_on, closed_on=self.registered_on)
        return vals
