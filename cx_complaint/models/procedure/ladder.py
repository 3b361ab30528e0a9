from odoo import fields, models


class Ladder(models.Model):
    """Who hears of a deadline, before it, at it and after it."""

    _name = "cx.ladder"
    _description = "Escalation Ladder"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    is_undecided = fields.Boolean(
        string="To Be Decided", help="The document does not say who hears of it: nobody does until the company decides.")
    undecided_note = fields.Char(translate=True, help="What is to be decided.")
    rung_ids = fields.One2many("cx.ladder.rung", "ladder_id", string="Steps", copy=True)

    _code_once = models.UniqueIndex("(procedure_id, code)", "A procedure names each ladder once.")
