from odoo import fields, models


class ComplaintKind(models.Model):
    """What a case is: complaint, commercial return, enquiry, suggestion, application."""

    _name = "cx.complaint.kind"
    _description = "Kind of Case"
    _check_company_auto = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name used on lists and papers.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    active = fields.Boolean(default=True)
    is_counted = fields.Boolean(
        string="Counts as Complaint",
        default=True,
        help="Only kinds that count enter complaint figures.",
    )
