from odoo import fields, models


class ComplaintKind(models.Model):
    """What a case is: complaint, commercial return, enquiry, suggestion, application."""

    _name = "cx.complaint.kind"
    _description = "Kind of Case"
    _inherit = ["cx.catalogue.mixin"]

    is_counted = fields.Boolean(
        string="Counts as Complaint",
        default=True,
        help="Only kinds that count enter complaint figures.",
    )
