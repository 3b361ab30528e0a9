from collections import defaultdict

from odoo import api, fields, models
from odoo.tools import ormcache

from ...rules.blocker import Blocker
from ...rules.filling import Post, Staff
from .department import FUNCTIONS

RANKS = [
    ("clerk", "Clerk"),
    ("supervisor", "Supervisor"),
    ("head", "Head"),
    ("director", "Director"),
    ("top", "Top Management"),
    ("headquarters", "Headquarters"),
]


class Role(models.Model):
    """Function × rank, filled per company by departments or by named users. Signatures and routing name roles."""

    _name = "cx.role"
    _description = "Role"
    _inherit = ["cx.staff.mixin"]
    _check_company_auto = True
    _order = "sequence, name, id"
    _PEOPLE_FIELDS = ("user_ids", "substitute_ids")
    _STAFF_FIELDS = frozenset({
        "function", "rank", "company_id", "department_ids", "user_ids", "substitute_ids", "sequence", "active"})

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    function = fields.Selection(FUNCTIONS, required=True)
    rank = fields.Selection(RANKS, required=True, default="clerk")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    department_ids = fields.Many2many("cx.department", string="Departments", check_company=True)
    user_ids = fields.Many2many("res.users", string="Named Users")
    substitute_ids = fields.Many2many(
        "res.users", "cx_role_substitute_rel", string="Substitutes",
        help="Sign when nobody of the role may, because he proposed the document himself.")
    active = fields.Boolean(default=True)

    def _users_by_role(self):
        """Who fills each role: named users, and of its departments the members or, above the rank of clerk, the heads.

        Only active internal users who work in the role's company. Read with superuser rights, so that the answer is
        the same for whoever asks.
        """
        filled = defaultdict(self.env["res.users"].browse)
        for role in self.sudo():  # sudo: cx.role, cx.department, res.users - who fills a role, for signing in his turn
            users = role.user_ids | role.department_ids.head_id
            if role.rank == "clerk":
                users |= role.department_ids.member_ids
            filled[role.id] = users._cx_working_in(role.company_id).sudo(False)
        return filled

    @api.model
    @ormcache("company_id")
    def _staff(self, company_id):
        """Who has which part in the complaints of a company; kept until a department, a role or a user changes."""
        # sudo: cx.department, cx.role, res.users - who does what is the same for whoever asks
        company = self.env["res.company"].sudo().with_context(active_test=True).browse(company_id)
        departments = company.env["cx.department"].search([("company_id", "=", company_id)])
        roles = company.env["cx.role"].search([("company_id", "=", company_id)])
        filled = roles._users_by_role()
        managers = company.env.ref("cx_complaint.group_manager").all_user_ids
        return Staff(
            tuple(department._as_desk() for department in departments),
            tuple(Post(role.function, role.rank, role._in_order(filled[role.id])) for role in roles),
            tuple(managers._cx_working_in(company).ids),
        )

    @api.model
    def _on_staff_changed(self, before):
        """Called when somebody else does something now; rooms that gave people something to do follow.

        :param before: ``{company: staff before}``, None where it is not known
        """

    def _blockers_people(self):
        blockers = super()._blockers_people()
        if not self._users():
            blockers.append(Blocker(
                "role_empty", self.display_name, self.env._("Nobody fills it."),
                self.env._("Name users or departments; until then it falls to the next rank.")))
        return blockers

    def _in_order(self, users):
        """Keys of those who fill the role: whoever is on duty first, then the named ones, then their heads."""
        desks = [department._as_desk() for department in self.department_ids]
        on_duty = [person for desk in desks for person in desk.on_duty if self.rank == "clerk" or person in users.ids]
        heads = self.department_ids.head_id & users
        others = users - heads
        return tuple(dict.fromkeys([*on_duty, *others.ids, *heads.ids]))

    def _users(self):
        """Everybody who fills one of the roles."""
        return self.env["res.users"].union(*self._users_by_role().values())

    def _includes(self, user):
        """Whether ``user`` fills one of the roles."""
        return user in self._users()
