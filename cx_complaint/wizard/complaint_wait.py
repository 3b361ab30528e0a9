from odoo import fields, models


class ComplaintWait(models.TransientModel):
    """For whom cases wait, since when, and why."""

    _name = "cx.complaint.wait"
    _description = "Wait for Somebody"

    complaint_ids = fields.Many2many("cx.complaint", required=True)
    waiting_for = fields.Selection(
        lambda self: self.env["cx.waiting"]._fields["waiting_for"]._description_selection(self.env), required=True,
        default="customer")
    since_on = fields.Datetime(string="Since", required=True, default=fields.Datetime.now)
    reason = fields.Char(required=True)

    def action_wait(self):
        """The cases wait, by their own verb."""
        self.ensure_one()
        self.complaint_ids._wait(self.waiting_for, self.reason, self.since_on)
        return {"type": "ir.actions.act_window_close"}
