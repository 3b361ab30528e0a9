from odoo import fields, models


class Ladder(models.Model):
    """Who hears of a deadline, before it, at it and after it."""

    _name = "cx.ladder"
    _description = "Escalation Ladder"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    rung_ids = fields.One2many("cx.ladder.rung", "ladder_id", string="Steps", copy=True)

    _code_once = models.UniqueIndex("(procedure_id, code)", "A procedure names each ladder once.")
