from odoo import api, fields, models

from ...rules.blocker import Blocker
from ...rules.filling import Desk, complaint_desk

FUNCTIONS = [
    ("sales", "Sales"),
    ("service", "Customer Service"),
    ("after_sales", "After-Sales"),
    ("quality", "Quality"),
    ("engineering", "Engineering"),
    ("production", "Production"),
    ("planning", "Planning"),
    ("warehouse", "Warehouse"),
    ("trade", "Import/Export"),
    ("logistics", "Logistics"),
    ("purchasing", "Purchasing"),
    ("finance", "Finance"),
    ("personnel", "Personnel"),
    ("information", "Information Administrator"),
    ("management", "Management"),
]


class Department(models.Model):
    """A department as complaint handling sees it: a function, its people, who is on duty. Needs no employee records."""

    _name = "cx.department"
    _description = "Department"
    _inherit = ["cx.staff.mixin"]
    _check_company_auto = True
    _parent_store = True
    _order = "sequence, name, id"
    _PEOPLE_FIELDS = ("head_id", "duty_user_id", "substitute_ids", "member_ids")
    _STAFF_FIELDS = frozenset({
        "function", "company_id", "parent_id", "head_id", "duty_user_id", "substitute_ids", "member_ids", "sequence", "active"})

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    function = fields.Selection(FUNCTIONS, required=True, index=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    parent_id = fields.Many2one("cx.department", string="Parent Department", check_company=True, index="btree_not_null")
    parent_path = fields.Char(index=True)
    head_id = fields.Many2one("res.users", help="Signs for the department; escalations go here first.")
    member_ids = fields.Many2many("res.users", string="Members", help="A person may be in several departments.")
    duty_user_id = fields.Many2one("res.users", string="On Duty", help="Receives what nobody has been named for.")
    substitute_ids = fields.Many2many(
        "res.users", "cx_department_substitute_rel", string="Substitutes",
        help="Stand in when nobody is on duty any more.")
    category_ids = fields.Many2many(
        "cx.category", string="Handles", check_company=True,
        help="Complaints of these categories are proposed to the department.")
    active = fields.Boolean(default=True)
    is_unattended = fields.Boolean(
        string="Nobody on Duty", compute="_compute_is_unattended", search="_search_is_unattended",
        help="Nobody who still works here is on duty, stands in or heads it.")

    @api.depends(lambda self: self._STAFF_FIELDS)
    def _compute_is_unattended(self):
        for department in self:
            department.is_unattended = not department._person_on_duty()

    def _search_is_unattended(self, operator, value):
        if operator != "in":
            return NotImplemented
        departments = self.search([("company_id", "in", self.env.companies.ids)])
        return [("id", "in", departments.filtered(lambda department: not department._person_on_duty()).ids)]

    @api.model
    def _route(self, companies, categories):
        """First department of each company that takes a category, by ``(company id, category id)``; one query."""
        departments = self.search([("company_id", "in", companies.ids), ("category_ids", "in", categories.ids)])
        routes = {}
        for department in departments:
            for category in department.category_ids:
                routes.setdefault((department.company_id.id, category.id), department)
        return routes

    @api.model
    def _user_on_duty(self, company):
        """Who takes what nobody else does, and is called when it cannot wait: on duty in customer service, else its
        head, else management."""
        return self.env["res.users"].browse(complaint_desk(self.env["cx.role"]._staff(company.id))[:1])

    @api.model
    def _on_duty(self, function, companies):
        """Whom to tell what concerns a function: who is on duty in its first department, else the head.

        :return: ``{company: user}``, without the companies that have nobody
        """
        on_duty = {}
        for department in self.search([("function", "=", function), ("company_id", "in", companies.ids)]):
            if user := department._person_on_duty():
                on_duty.setdefault(department.company_id, user)
        return on_duty

    def _person_on_duty(self):
        """Who is on duty in it, else who stands in for him, else the head; nobody who has left."""
        staff = self.env["cx.role"]._staff(self.company_id.id)
        on_duty = next((desk.on_duty for desk in staff.desks if desk.key == self._origin.id), ())
        return self.env["res.users"].browse(on_duty[:1])

    def _blockers_people(self):
        blockers = super()._blockers_people()
        if self.active and self.is_unattended:
            blockers.insert(0, Blocker(
                "nobody_on_duty", self.display_name, self.env._("Nobody is on duty."),
                self.env._("Choose who is; until then the complaint desk does its tasks.")))
        return blockers

    def _as_desk(self):
        """The department as the rules read it: plain keys, and nobody who has left."""
        self.ensure_one()
        return Desk(
            self.id, self.function, self.parent_id.id,
            *(tuple(self[name]._cx_working_in(self.company_id).ids)
              for name in ("duty_user_id", "substitute_ids", "head_id", "member_ids")))
