from odoo import fields, models


class Complaint(models.Model):
    """The record of the event as whoever received it writes it down, and what is changed because of it.

    :source: S2.13-15, S4-1.8a
    """

    _inherit = "cx.complaint"

    event_result = fields.Char(
        string="How It Ended", help="Result of the event, as the customer tells it.")
    improvement = fields.Html(
        copy=False, help="What is changed so that it does not happen again; the department that answers for the cause writes it.")
