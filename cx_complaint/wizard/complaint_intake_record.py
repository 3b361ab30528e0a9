from odoo import fields, models


class ComplaintIntake(models.TransientModel):
    """The record of the event, for whoever has the time to ask: when, where, who, what happened, how it ended.

    :source: S2.13-15
    """

    _inherit = "cx.complaint.intake"

    has_record = fields.Boolean(string="Record the Event", help="When, where, who, what happened, how it ended.")
    occurred_on = fields.Datetime()
    occurred_place = fields.Char(string="Place of Occurrence")
    persons = fields.Char(string="Persons Involved")
    description = fields.Html(string="Course of Events")
    event_result = fields.Char(string="How It Ended")
    judgement = fields.Char(string="First Judgement", help="What you think of it at first sight.")

    def _prepare_complaint_vals(self):
        vals = super()._prepare_complaint_vals()
        if self.has_record:
            vals.update({name: self[name] for name in (
                "occurred_on", "occurred_place", "persons", "description", "event_result", "judgement")})
        return vals
