from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models

from ...rules import days, repeats


class Complaint(models.Model):
    """How often before: complaints on the same object, visits shortly before, complaints of the same customer.

    :source: S2.03-8d, S2.13-19, S2.16-16
    """

    _name = "cx.complaint"
    _inherit = "cx.complaint"

    object_text = fields.Char(
        string="Objects", compute="_compute_object_text", compute_sudo=True, help="Numbers of what it is about.")
    object_complaint_count = fields.Integer(
        string="Earlier Complaints on the Object", compute="_compute_repeats",
        help="Complaints that count and came before this one; of several objects the one with the most.")
    visit_count = fields.Integer(
        string="Visits Shortly Before", compute="_compute_repeats",
        help="Visits to the shop or on site in the days before the complaint that the company looks back.")
    customer_complaint_count = fields.Integer(
        string="Customer's Earlier Complaints", compute="_compute_repeats",
        help="Complaints of the customer's company that count, in the days before this one that the company looks back.")
    repeat_text = fields.Char(string="Repeated", compute="_compute_repeats")

    @api.depends("line_ids.object_id.identifier", "line_ids.object_id.name")
    def _compute_object_text(self):
        for complaint in self:
            complaint.object_text = ", ".join(complaint.line_ids.object_id.mapped("display_name"))

    @api.depends("line_ids.object_id", "partner_id", "received_on")
    def _compute_repeats(self):
        counts = self._repeat_counts()
        for complaint in self:
            count = counts[complaint]
            complaint.object_complaint_count = count["complaints_on_object"]
            complaint.visit_count = count["visits"]
            complaint.customer_complaint_count = count["customer_complaints"]
            complaint.repeat_text = complaint._repeat_words(count)

    def _repeat_words(self, count):
        company = self.company_id
        sentences = (
            (count["complaints_on_object"], self.env._(
                "Complaints about it before: %(count)s.", count=count["complaints_on_object"])),
            (count["visits"], self.env._(
                "Visits in the last %(days)s days: %(count)s.", days=company.cx_visit_days, count=count["visits"])),
            (count["customer_complaints"], self.env._(
                "The customer's complaints in the last %(days)s days: %(count)s.", days=company.cx_repeat_days,
                count=count["customer_complaints"])),
        )
        return " ".join(text for number, text in sentences if number) or False

    def _repeat_counts(self, within=None):
        """How often before, as of the moment each complaint was received; the complaint itself is not counted.

        Whatever the number of complaints, a handful of queries. Counted as superuser: nobody learns more than a number.

        :param int within: only what was within so many days before, 0: ever; when not given, as the company says, and
            complaints on the object ever
        :return: ``{complaint: {"complaints_on_object": int, "visits": int, "customer_complaints": int}}``; of several
            objects on one complaint the highest number counts
        """
        cases = self.sudo()  # sudo: cx.complaint, cx.object - numbers only, of the complaint's own company
        on_object = cases._earlier_on_objects(within or None)
        visits = cases._visits_before(cases._days_back("cx_visit_days", within))
        of_customer = cases._earlier_of_customer(cases._days_back("cx_repeat_days", within))
        return {complaint: {
            "complaints_on_object": on_object[complaint.id],
            "visits": visits[complaint.id],
            "customer_complaints": of_customer[complaint.id],
        } for complaint in self}

    def _days_back(self, setting, within):
        """How many days each company looks back; None: ever."""
        return {company: company[setting] if within is None else within or None for company in self.company_id}

    def _earlier_on_objects(self, days_back):
        domain = self.env["cx.object"]._domain_of_counted("complaint_id.")
        lines = self.env["cx.complaint.line"].search_fetch(
            [("object_id", "in", self.line_ids.object_id.ids), *domain], ["object_id", "complaint_id"])
        lines.complaint_id.fetch(["received_on"])
        cases = defaultdict(set)
        for line in lines:
            cases[line.object_id.id].add((line.complaint_id.received_on, line.complaint_id.id))
        return {complaint.id: max((
            repeats.count_earlier(cases[object_id], complaint._moment(), days_back)
            for object_id in complaint.line_ids.object_id.ids), default=0) for complaint in self}

    def _visits_before(self, days_back):
        visits = self.line_ids.object_id._origin._visit_dates()
        return {complaint.id: max((
            repeats.count_within(visits[one._origin], complaint._day_received(), days_back.get(complaint.company_id))
            for one in complaint.line_ids.object_id), default=0) for complaint in self}

    def _earlier_of_customer(self, days_back):
        domain = [
            ("commercial_partner_id", "in", self.commercial_partner_id.ids), ("company_id", "in", self.company_id.ids),
            *self.env["cx.object"]._domain_of_counted()]
        moments = [complaint._moment()[0] for complaint in self]
        if moments:
            domain.append(("received_on", "<=", max(moments)))
        if moments and None not in days_back.values():
            domain.append(("received_on", ">=", min(moments) - timedelta(days=max(days_back.values(), default=0))))
        cases = defaultdict(set)
        for case in self.search_fetch(domain, ["company_id", "commercial_partner_id", "received_on"]):
            cases[case.company_id.id, case.commercial_partner_id.id].add((case.received_on, case.id))
        return {complaint.id: repeats.count_earlier(
            cases[complaint.company_id.id, complaint.commercial_partner_id._origin.id], complaint._moment(),
            days_back.get(complaint.company_id)) for complaint in self}

    def _moment(self):
        """When it was received, and its id: later than all others while it has none."""
        return self.received_on or fields.Datetime.now(), self._origin.id or float("inf")

    def _day_received(self):
        return days.day_of(self._moment()[0], self.company_id.partner_id.tz or "UTC")
