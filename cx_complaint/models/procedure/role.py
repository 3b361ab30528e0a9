from collections import defaultdict

from odoo import fields, models

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
    _check_company_auto = True
    _order = "sequence, name, id"

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
            filled[role.id] = role._working_here(users)
        return filled

    def _working_here(self, users):
        """Those of ``users`` who can sign for the role: active, internal, allowed in its company."""
        return users.filtered(
            lambda user: user.active and not user.share and self.company_id in user.company_ids).sudo(False)

    def _users(self):
        """Everybody who fills one of the roles."""
        return self.env["res.users"].union(*self._users_by_role().values())

    def _includes(self, user):
        """Whether ``user`` fills one of the roles."""
        return user in self._users()
