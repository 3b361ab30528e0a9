from datetime import timezone

from odoo import api, fields, models

# event: where the case itself keeps when it happened
_EVENT_FIELDS = {
    "received": "received_on", "registered": "registered_on", "confirmed": "confirmed_on",
    "investigated": "investigation_on", "responsible_named": "responsible_named_on", "concluded": "concluded_on",
    "decided": "decided_on", "answered": "answered_on", "settled": "settled_on", "closed": "closed_on",
    "reopened": "reopened_on", "agreed_date_set": "agreed_set_on",
}
_OBJECT_EVENTS = frozenset({"object_repaired", "object_left", "object_accepted"})


def aware(moment):
    """A stored moment as the rules read it; nothing stays nothing."""
    return moment and moment.replace(tzinfo=timezone.utc)


def stored(moment):
    """A moment of the rules as it is stored; nothing stays nothing."""
    return moment and moment.astimezone(timezone.utc).replace(tzinfo=None)


class Complaint(models.Model):
    """When what a rulebook listens to has happened in a case. Every room adds what happens in it."""

    _inherit = "cx.complaint"

    reopened_on = fields.Datetime(readonly=True, copy=False)
    agreed_set_on = fields.Datetime(string="Date Agreed On", readonly=True, copy=False)

    def _event_times(self, events):
        """When each of the events has happened.

        :param events: codes of ``rulebook_lists.EVENTS``; others cost nothing
        :return: ``{complaint: {event: aware moment or rules.milestones.Fact}}``; what has not happened is not there
        """
        names = {event: _EVENT_FIELDS[event] for event in events if event in _EVENT_FIELDS}
        self.fetch(list(names.values()))
        times = {case: {event: aware(case[name]) for event, name in names.items() if case[name]} for case in self}
        if "transferred" in events:
            self._add_transfers(times)
        if not _OBJECT_EVENTS.isdisjoint(events):
            self._add_object_events(times)
        return times

    def _add_transfers(self, times):
        groups = self.env["cx.transfer"]._read_group(
            [("complaint_id", "in", self.ids)], ["complaint_id"], ["transferred_on:min"])
        for case, moment in groups:
            times[case]["transferred"] = aware(moment)

    def _add_object_events(self, times):
        """What happened to the objects of the lines since the case was received, the workshop's day at its end."""
        for case in self:
            lines = case.line_ids.filtered("object_id")
            for event in lines.object_id.event_ids.sorted("date"):
                code = event.kind_id.rulebook_event
                # what was done for another case, or before this one, is none of its business
                is_of_case = event.complaint_id == case or (
                    not event.complaint_id and event.date >= fields.Date.to_date(case.received_on))
                if code and is_of_case:
                    times[case][code] = max(aware(event._rulebook_moment()), aware(case.received_on))

    @api.model
    def _is_rulebook_used(self):
        """Whether there can be a case with a rulebook at all; costs nothing when asked again."""
        return self.env["cx.procedure"]._is_any_used()
