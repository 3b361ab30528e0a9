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
    active = fields.Boolean(default=True)
