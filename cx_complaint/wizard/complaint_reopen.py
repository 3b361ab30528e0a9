from odoo import fields, models


class ComplaintReopen(models.TransientModel):
    """Which stage of a closed complaint failed, and how one knows."""

    _name = "cx.complaint.reopen"
    _description = "Reopen Complaint"

    complaint_ids = fields.Many2many("cx.complaint", required=True)
    stage = fields.Selection(
        [
            ("new", "What was complained of was misunderstood"),
            ("investigation", "The finding was wrong"),
            ("solution", "The solution did not work"),
            ("followup", "The answer was not accepted"),
        ],
        string="What Failed", required=True, default="solution",
        help="The case goes back to this stage; what was done from there on has to be done again.")
    reason = fields.Char(required=True)

    def action_reopen(self):
        """Take the complaints back to the stage that failed."""
        self.ensure_one()
        self.complaint_ids._reopen(self.stage, self.reason)
        return {"type": "ir.actions.act_window_close"}
