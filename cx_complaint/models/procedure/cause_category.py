from odoo import fields, models

from .department import FUNCTIONS
from .rulebook_lists import PARTIES


class CauseCategory(models.Model):
    """A cause as the rulebook classifies it, with the party and the function that answers for it by default."""

    _name = "cx.cause.category"
    _description = "Cause Category"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char()
    description = fields.Text(translate=True, help="What belongs to it.")
    party = fields.Selection(PARTIES, string="Responsible Party", default="company", required=True)
    function = fields.Selection(FUNCTIONS, string="Responsible Function", help="Empty: it is named case by case.")
    is_fixed = fields.Boolean(string="Always This Function", help="Another department cannot be named for this cause.")
    is_default = fields.Boolean(string="When Nothing Else Fits")
