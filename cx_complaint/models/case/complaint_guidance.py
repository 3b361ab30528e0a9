from odoo import api, fields, models

# stage of the case: the step that advice is meant for
_STEPS = {
    "new": "intake", "confirmed": "solution", "investigation": "solution", "solution": "solution",
    "execution": "answer", "followup": "answer",
}


class Complaint(models.Model):
    """How to behave towards the customer of this case, now."""

    _inherit = "cx.complaint"

    guidance_html = fields.Html(string="Guidance", compute="_compute_guidance_html", sanitize=False)

    @api.depends("state", "channel_id", "mood", "company_id", "procedure_id", "customer_type")
    def _compute_guidance_html(self):
        for complaint in self:
            step = _STEPS.get(complaint.state)
            complaint.guidance_html = step and self.env["cx.guidance"]._advice(
                complaint.company_id, step, complaint.channel_id, complaint.mood, complaint.procedure_id,
                complaint.customer_type)
