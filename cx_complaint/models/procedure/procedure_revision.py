from odoo import fields, models


class ProcedureRevision(models.Model):
    """A line of the revision log of a procedure."""

    _name = "cx.procedure.revision"
    _description = "Revision of a Procedure"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(string="Change", required=True, translate=True)
    edition = fields.Char()
    revised_date = fields.Date(string="Date")
    revised_by = fields.Char()
    page = fields.Char(help="Which page of the document changed.")
    reason = fields.Char(translate=True, help="Why it was changed.")
    remark = fields.Char(translate=True)
    approved_by = fields.Char()
    approved_date = fields.Date(string="Approved On")
