from odoo import fields, models


class ProcedurePartMixin(models.AbstractModel):
    """A row of a rulebook. It stays as it is while the procedure is in force: a change is a new edition."""

    _name = "cx.procedure.part.mixin"
    _description = "Part of a Procedure"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "procedure_id, sequence, id"
    _FROZEN_WITH = "procedure_id"

    procedure_id = fields.Many2one("cx.procedure", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="procedure_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    clause = fields.Char(help="Clause of the company's own document that says so.")
