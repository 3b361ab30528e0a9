from odoo import api, fields, models
from odoo.fields import Domain

from ...rules.milestones import fact_of_parts
from ..case.complaint_events import aware

_EVENTS = frozenset({"reason_confirmed", "specialist_called", "appraisal_issued"})


class Complaint(models.Model):
    """Where the reason of a return was confirmed, and what the rulebook hears of it."""

    _inherit = "cx.complaint"

    site_check_ids = fields.One2many("cx.site.check", "complaint_id", string="On-Site Confirmations")
    site_check_count = fields.Integer(string="Seen on Site", compute="_compute_site_check_count")
    is_site_check_due = fields.Boolean(
        string="Site Check Due", compute="_compute_is_site_check_due", help="Its rulebook waits for the reason to be confirmed on site.")

    def _compute_site_check_count(self):
        counts = dict(self.env["cx.site.check"]._read_group([("complaint_id", "in", self.ids)], ["complaint_id"], ["__count"]))
        for case in self:
            case.site_check_count = counts.get(case, 0)

    @api.depends("task_ids.state")
    def _compute_is_site_check_due(self):
        for case in self:
            case.is_site_check_due = any(
                task.milestone_id.stop_event == "reason_confirmed"
                for task in case.sudo()._open_tasks())  # sudo: cx.task - whether it waits, whoever looks

    @api.model
    def _domain_of_person(self, user):
        """And where he goes to see the goods, or is asked to go along."""
        return super()._domain_of_person(user) | Domain("site_check_ids.companion_ids", "in", user.ids) | Domain(
            "site_check_ids.user_id", "=", user.id)

    def action_confirm_on_site(self):
        """Open the confirmation that is still to be done, or begin one with all goods of the case."""
        self.ensure_one()
        check = self.site_check_ids.filtered(lambda check: check.state == "draft")[:1]
        return (check or self.env["cx.site.check"].create({"complaint_id": self.id}))._get_records_action()

    def action_view_site_checks(self):
        """Where somebody went because of this case."""
        return self.site_check_ids._get_records_action()

    # The rulebook

    def _event_times(self, events):
        times = super()._event_times(events)
        if not _EVENTS.isdisjoint(events):
            for case in self.sudo():  # sudo: cx.site.check - moments only, which the case follows
                checks = case.site_check_ids.filtered(lambda check: check.decision != "cancelled")
                facts = {
                    "reason_confirmed": checks and fact_of_parts(case._confirmed_moments(checks)),
                    "specialist_called": fact_of_parts([aware(check.called_on) for check in checks if check.called_on]),
                    "appraisal_issued": fact_of_parts([aware(check.appraised_on) for check in checks]),
                }
                times[case].update({event: fact for event, fact in facts.items() if fact and event in events})
        return times

    def _confirmed_moments(self, checks):
        """When the reason of each of its goods was confirmed, empty where it has not been; without goods, of each check."""
        goods = self.line_ids.filtered("product_id")
        if not goods:
            return [aware(check.finished_on) for check in checks]
        moments = {}
        for check in checks.filtered("finished_on").sorted("finished_on"):
            moments.update(dict.fromkeys(check.line_ids.complaint_line_id, aware(check.finished_on)))
        return [moments.get(line) for line in goods]
