from odoo import fields, models

from .rulebook_lists import AUTHORITY_VERBS


class Authority(models.Model):
    """Which roles may take a step of a case, in addition to what their rights say."""

    _name = "cx.authority"
    _description = "Authority"
    _inherit = ["cx.condition.mixin", "cx.procedure.part.mixin"]

    verb = fields.Selection(AUTHORITY_VERBS, string="Step", required=True)
    role_ids = fields.Many2many(
        "cx.procedure.role", string="Roles", check_company=True, required=True,
        domain="[('procedure_id', '=', procedure_id)]")
    note = fields.Char(translate=True)
