from odoo import fields, models

from .rulebook_lists import UNITS


class MilestoneBand(models.Model):
    """The limit of a milestone up to a distance."""

    _name = "cx.milestone.band"
    _description = "Limit by Distance"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _order = "milestone_id, sequence, id"
    _FROZEN_WITH = "procedure_id"

    milestone_id = fields.Many2one("cx.milestone", required=True, ondelete="cascade", index=True)
    procedure_id = fields.Many2one(related="milestone_id.procedure_id", store=True, index=True)
    company_id = fields.Many2one(related="milestone_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    from_km = fields.Float(string="From (km)")
    up_to_km = fields.Float(string="Up To (km)", help="This distance included. 0: however far.")
    limit_value = fields.Float(string="Limit", required=True)
    limit_unit = fields.Selection(UNITS, string="Unit", required=True, default="hour")
    clause = fields.Char(help="Clause of the company's own document that says so.")
