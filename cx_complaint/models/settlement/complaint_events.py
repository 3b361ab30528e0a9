from odoo import api, models

from ...rules.milestones import fact_of_parts
from ..case.complaint_events import aware

_EVENTS = frozenset({"money_proposed", "money_approved", "money_posted"})


class Complaint(models.Model):
    """What the customer gets, as the rulebook of the case hears of it."""

    _inherit = "cx.complaint"

    def _event_times(self, events):
        times = super()._event_times(events)
        wanted = _EVENTS & frozenset(events)
        if wanted:
            for case in self.sudo():  # sudo: cx.settlement - moments only, which the case follows
                money = case.settlement_ids.filtered(lambda one: one.state not in ("cancelled", "refused"))
                moments = {
                    "money_proposed": [aware(one.proposed_on) for one in money],
                    "money_approved": [aware(one.approved_on) for one in money],
                    "money_posted": [aware(one.done_on) for one in money],
                }
                found = {event: fact_of_parts(moments[event]) for event in wanted}
                times[case].update({event: fact for event, fact in found.items() if fact})
        return times


class Settlement(models.Model):
    """Whose rulebook hears of a settlement."""

    _inherit = "cx.settlement"
    _CASES = "complaint_id"

    @api.model_create_multi
    def create(self, vals_list):
        settlements = super().create(vals_list)
        self.env["cx.complaint"]._tell_rulebooks(settlements, "complaint_id")
        return settlements
