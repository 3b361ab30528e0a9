from odoo import fields, models

from .role import RANKS


class Route(models.Model):
    """Which role a case goes to; the first route whose condition holds."""

    _name = "cx.route"
    _description = "Route"
    _inherit = ["cx.condition.mixin", "cx.procedure.part.mixin"]

    name = fields.Char(translate=True)
    role_id = fields.Many2one(
        "cx.procedure.role", string="Goes To", required=True, check_company=True, ondelete="restrict", index=True,
        domain="[('procedure_id', '=', procedure_id)]")
    min_rank = fields.Selection(RANKS, string="Handled By Rank", help="Who handles it has this rank at least. Empty: any.")
