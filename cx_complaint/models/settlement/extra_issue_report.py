from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from ...rules import days
from ...rules.wording import figure


class ExtraIssueReport(models.Model):
    """The parts that were drawn for rework in a period, reported to finance once, with the value of that day."""

    _name = "cx.extra.issue.report"
    _description = "Report of Extra Issues"
    _inherit = ["mail.thread", "mail.activity.mixin"]
    _order = "date_from desc, id desc"

    name = fields.Char(readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    date_from = fields.Date(string="From", required=True, readonly=True)
    date_to = fields.Date(string="To", required=True, readonly=True)
    issue_count = fields.Integer(string="Issues", readonly=True)
    amount = fields.Monetary(readonly=True, help="Value of the parts when it was reported.")

    _period_once = models.Constraint("UNIQUE (company_id, date_from)", "This period is reported already.")

    def action_view_issues(self):
        """The parts of the period."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.cost_action_issue")
        return {**action, "domain": self._domain()}

    def _domain(self):
        zone = self.company_id._cx_timezone()
        return [
            ("kind", "=", "parts"), ("company_id", "=", self.company_id.id),
            ("date", ">=", days.midnight(self.date_from, zone)),
            ("date", "<", days.midnight(self.date_to + relativedelta(days=1), zone))]

    @api.model
    def _cron_report(self, today=None):
        """Report the last finished period of every company that has not been reported, and tell finance.

        :param date today: the day on which it runs; each company's own where it is not given
        """
        companies = self.env["res.company"].search([("cx_extra_issue_months", ">", 0)])
        self.env["cx.guard"]._take_for(companies)
        made = self.browse()
        for company in companies:
            date_from, end = self._period(company, today or company._cx_today())
            if date_from:
                made |= self.create({
                    "company_id": company.id, "date_from": date_from, "date_to": end - relativedelta(days=1),
                    "name": self.env._("Extra issues %(month)s", month=f"{date_from:%Y-%m}")})
        for report in made:
            report._fill()
        made._tell_finance()

    @api.model
    def _period(self, company, today):
        """First day of the period that is to be reported and first day after it; nothing as long as it runs."""
        months = relativedelta(months=company.cx_extra_issue_months)
        end = today.replace(day=1)
        last = self.search([("company_id", "=", company.id)], limit=1)
        date_from = last.date_to + relativedelta(days=1) if last else end - months
        return (date_from, date_from + months) if date_from + months <= end else (None, None)

    def _fill(self):
        self.ensure_one()
        (count, amount), = self.env["cx.cost"]._read_group(self._domain(), [], ["__count", "amount:sum"])
        self.write({"issue_count": count, "amount": amount})

    def _tell_finance(self):
        """A to-do for who is on duty in finance; a period without parts bothers nobody."""
        on_duty = self.env["cx.department"]._on_duty("finance", self.company_id)
        for report in self.filtered("issue_count"):
            if report.company_id in on_duty:
                report.activity_schedule(
                    "cx_complaint.mail_activity_type_extra_issue", user_id=on_duty[report.company_id].id,
                    note=self.env._(
                        "%(report)s: %(count)s issues of parts for rework and repair, %(amount)s. Calculate them.",
                        report=report.name, count=figure(report.issue_count),
                        amount=report.currency_id.format(report.amount)))
