from odoo import api, models

from ..case.complaint_events import aware


class Complaint(models.Model):
    """What the customer was told, as the rulebook of the case hears of it."""

    _inherit = "cx.complaint"

    def _event_times(self, events):
        times = super()._event_times(events)
        if "opinion_told" in events:
            self._add_opinions(times)
        return times

    def _add_opinions(self, times):
        """When the customer first heard what we think of it: by word, or with the answer."""
        # sudo: cx.contact - moments only, which the case follows
        groups = self.env["cx.contact"].sudo()._read_group(
            [("complaint_id", "in", self.ids), ("kind", "=", "opinion")], ["complaint_id"], ["contacted_on:min"])
        told = {case: aware(moment) for case, moment in groups}
        for case in self:
            moments = [moment for moment in (told.get(case), aware(case.answered_on) or None) if moment]
            if moments:
                times[case]["opinion_told"] = min(moments)


class Contact(models.Model):
    """Whose rulebook hears of a word with the customer."""

    _inherit = "cx.contact"

    @api.model_create_multi
    def create(self, vals_list):
        contacts = super().create(vals_list)
        contacts._tell_opinions()
        return contacts

    def write(self, vals):
        result = super().write(vals)
        if not {"kind", "complaint_id", "contacted_on"}.isdisjoint(vals):
            self._tell_opinions()
        return result

    def _tell_opinions(self):
        opinions = self.filtered(lambda contact: contact.kind == "opinion" and contact.complaint_id)
        self.env["cx.complaint"]._tell_rulebooks(opinions, "complaint_id")
