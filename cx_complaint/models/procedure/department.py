from odoo import api, fields, models

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
    _check_company_auto = True
    _parent_store = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    function = fields.Selection(FUNCTIONS, required=True, index=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    parent_id = fields.Many2one("cx.department", string="Parent Department", check_company=True, index="btree_not_null")
    parent_path = fields.Char(index=True)
    head_id = fields.Many2one("res.users", help="Signs for the department; escalations go here first.")
    member_ids = fields.Many2many("res.users", string="Members", help="A person may be in several departments.")
    duty_user_id = fields.Many2one("res.users", string="On Duty", help="Receives what nobody has been named for.")
    category_ids = fields.Many2many(
        "cx.category", string="Handles", check_company=True,
        help="Complaints of these categories are proposed to the department.")
    active = fields.Boolean(default=True)

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
        """Who is called when something cannot wait: on duty in customer service, else its head, else management."""
        departments = self.search([("company_id", "=", company.id), ("function", "in", ("service", "management"))])
        for function in ("service", "management"):
            for department in departments.filtered(lambda d, function=function: d.function == function):
                if user := department.duty_user_id or department.head_id:
                    return user
        return self.env["res.users"]

    @api.model
    def _on_duty(self, function, companies):
        """Whom to tell what concerns a function: who is on duty in its first department, else the head.

        :return: ``{company: user}``, without the companies that have nobody
        """
        on_duty = {}
        for department in self.search([("function", "=", function), ("company_id", "in", companies.ids)]):
            user = department.duty_user_id or department.head_id
            if user.active:
                on_duty.setdefault(department.company_id, user)
        return on_duty
