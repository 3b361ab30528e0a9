from odoo import api, fields, models

from ...rules.matching import reference_key


class ComplaintReference(models.Model):
    """A number under which the customer knows the case: his complaint, debit note, return note …"""

    _name = "cx.complaint.reference"
    _description = "Customer's Reference"
    _order = "complaint_id, id"
    _rec_name = "number"

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="complaint_id.partner_id", store=True, index="btree_not_null")
    kind = fields.Selection([
        ("complaint", "Complaint"), ("debit_note", "Debit note"), ("return_note", "Return note"),
        ("order", "Purchase order"), ("other", "Other"),
    ], default="complaint", required=True)
    number = fields.Char(required=True, index="trigram")
    number_key = fields.Char(
        compute="_compute_number_key", store=True, index="btree_not_null",
        help="The number without case, blanks and marks, to find the same number written differently.")
    date = fields.Date()

    @api.depends("number")
    def _compute_number_key(self):
        for reference in self:
            reference.number_key = reference_key(reference.number)
