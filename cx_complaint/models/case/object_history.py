from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import phases, repeats

# date of an object: with which event of a warranty it is the day
DATES = {"purchased_on": "purchase", "delivered_on": "delivery", "accepted_on": "acceptance"}


class Object(models.Model):
    """What happened to an object: service events, the dates and phases that follow from them, how often it came back."""

    _inherit = "cx.object"

    event_ids = fields.One2many("cx.service.event", "object_id", string="Service Events")
    purchased_on = fields.Date(
        compute="_compute_dates", inverse="_inverse_purchased_on", store=True, tracking=True,
        help="Day of the first purchase among its service events; starts warranties that run from the purchase.")
    delivered_on = fields.Date(
        compute="_compute_dates", inverse="_inverse_delivered_on", store=True, tracking=True,
        help="Day of the first delivery among its service events; starts warranties that run from the delivery.")
    accepted_on = fields.Date(
        compute="_compute_dates", inverse="_inverse_accepted_on", store=True, tracking=True,
        help="Day on which the completion-acceptance sheet (竣工验收单) was signed; starts warranties that run from it.")
    phase_id = fields.Many2one(
        "cx.object.phase", string="Phase Today", compute="_compute_phase_id",
        help="Follows from the service events and the phases of its kind.")
    visit_count = fields.Integer(
        string="Recent Visits", compute="_compute_counts", compute_sudo=True,
        help="Visits within the days that the company looks back.")
    event_count = fields.Integer(string="Number of Service Events", compute="_compute_counts", compute_sudo=True)
    complaint_count = fields.Integer(
        string="Number of Complaints", compute="_compute_counts", compute_sudo=True,
        help="Complaints that count and were not cancelled.")

    # Dates

    @api.depends("event_ids.date", "event_ids.kind_id.warranty_start")
    def _compute_dates(self):
        for one in self:
            for name, start in DATES.items():
                one[name] = one._starting_events(start)[:1].date

    def _starting_events(self, start):
        """The service events with which a warranty starts; the first one counts."""
        return self.event_ids.filtered(lambda event: event.kind_id.warranty_start == start and event.date).sorted("date")

    def _inverse_purchased_on(self):
        self._inverse_date("purchased_on")

    def _inverse_delivered_on(self):
        self._inverse_date("delivered_on")

    def _inverse_accepted_on(self):
        self._inverse_date("accepted_on")

    def _inverse_date(self, name):
        """A date entered on the object is the day of its first event of that kind."""
        wanted = {one: one[name] for one in self}
        missing = []
        for one, day in wanted.items():
            event = one._starting_events(DATES[name])[:1]
            if event and day:
                event.date = day
            elif event:
                event.unlink()
            elif day:
                missing.append({"object_id": one.id, "date": day, "kind_id": one._kind_that_starts(name).id})
        self.env["cx.service.event"].create(missing)

    def _kind_that_starts(self, name):
        """The kind of service event that a date on the object stands for."""
        self.ensure_one()
        kind = self.env["cx.service.event.kind"].search([
            ("warranty_start", "=", DATES[name]), ("company_id", "in", [False, self.company_id.id])], limit=1)
        if not kind:
            raise UserError(self.env._(
                "No kind of service event stands for “%(date)s”. Make one under Configuration, Kinds of Object, that"
                " starts this warranty.", date=self._fields[name]._description_string(self.env)))
        return kind

    # Phases

    @api.depends("event_ids.date", "event_ids.kind_id", "kind_id.phase_ids")
    def _compute_phase_id(self):
        today = fields.Date.context_today(self)
        for one in self:
            one.phase_id = one._phase_on(today)

    def _phase_on(self, day):
        """The phase that the object was or is in on a day; its first and last days belong to it.

        :return: ``cx.object.phase`` record, or an empty one
        """
        self.ensure_one()
        events = defaultdict(list)
        for event in self.event_ids.filtered("date"):
            events[event.kind_id.id].append(event.date)
        phase = phases.phase_on(self.kind_id._plain_phases(), events, day)
        return self.env["cx.object.phase"].browse(phase and phase.id)

    # Counters

    def _compute_counts(self):
        events = dict(self.env["cx.service.event"]._read_group(
            [("object_id", "in", self.ids)], ["object_id"], ["__count"]))
        complaints = dict(self.env["cx.complaint.line"]._read_group(
            [("object_id", "in", self.ids), *self._domain_of_counted("complaint_id.")],
            ["object_id"], ["complaint_id:count_distinct"]))
        today = fields.Date.context_today(self)
        visits = self._visit_dates()
        for one in self:
            one.event_count = events.get(one._origin, 0)
            one.complaint_count = complaints.get(one._origin, 0)
            one.visit_count = repeats.count_within(visits[one._origin], today, one.company_id.cx_visit_days)

    def _visit_dates(self):
        """Days of the visits, by object; as superuser, for counting only. One query."""
        # sudo: cx.service.event - visits are counted, whoever may read them
        events = self.env["cx.service.event"].sudo().search_fetch(
            [("object_id", "in", self.ids), ("kind_id.is_visit", "=", True)], ["object_id", "date"])
        dates = defaultdict(list)
        for event in events:
            dates[event.object_id].append(event.date)
        return dates

    @api.model
    def _domain_of_counted(self, prefix=""):
        """Complaints that count: a cancelled one was none, a duplicate is counted where it is handled."""
        return [(f"{prefix}is_counted", "=", True), (f"{prefix}decision", "!=", "cancelled"),
                (f"{prefix}outcome", "!=", "duplicate")]

    # What rests on the history

    def _open_lines(self):
        # sudo: cx.complaint.line - dates and warranty follow from the object, whoever writes its history
        return self.env["cx.complaint.line"].sudo().search(
            [("object_id", "in", self.ids), ("complaint_id.decision", "=", "open")])

    def _on_history_changed(self):
        """Open cases follow what is known of the object now; closed ones stay as they were judged."""
        self._open_lines()._follow_object()

    # Smart buttons

    def action_view_complaints(self):
        """Complaints about the objects."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.complaint_action")
        return {**action, "domain": [("line_ids.object_id", "in", self.ids)], "context": {
            "default_partner_id": self[:1].partner_id.id}}

    def action_view_events(self):
        """Service events of the objects."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.service_event_action")
        return {**action, "domain": [("object_id", "in", self.ids)], "context": {"default_object_id": self[:1].id}}

    def action_view_visits(self):
        """Visits of the objects, the last ones first."""
        action = self.action_view_events()
        return {**action, "domain": [*action["domain"], ("kind_id.is_visit", "=", True)]}
