from odoo import fields, models


class ComplaintCancel(models.TransientModel):
    """Why a complaint is taken out of the register's work."""

    _name = "cx.complaint.cancel"
    _description = "Cancel Complaint"

    complaint_ids = fields.Many2many("cx.complaint", required=True)
    reason = fields.Char(required=True)
    duplicate_of_id = fields.Many2one(
        "cx.complaint", string="Repeats", help="The case under which the same matter is handled.")

    def action_cancel(self):
        """Cancel the complaints with the reason given."""
        self.ensure_one()
        self.complaint_ids._cancel(self.reason, self.duplicate_of_id)
        return {"type": "ir.actions.act_window_close"}
