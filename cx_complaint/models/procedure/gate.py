from odoo import fields, models

from .rulebook_lists import GATES


class Gate(models.Model):
    """A gate that a rulebook switches on, or off where it is usually on."""

    _name = "cx.gate"
    _description = "Gate"
    _inherit = ["cx.condition.mixin", "cx.procedure.part.mixin"]

    code = fields.Selection(GATES, string="Gate", required=True)
    is_on = fields.Boolean(string="On", default=True)
    note = fields.Char(translate=True)
