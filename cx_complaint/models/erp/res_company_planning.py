from odoo import fields, models

from ...rules import days


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_is_return_reason_needed = fields.Boolean(
        string="Reason before Authorisation",
        help="A return is authorised only when its reason is known; else the customer is asked.")
    cx_is_return_marking_needed = fields.Boolean(
        string="Mark before Return",
        help="Goods of a quality return are shipped only when somebody has sorted, counted and labelled them at the"
             " customer's.")
    cx_is_rework_forecast = fields.Boolean(
        string="Rework Counts in Replenishment", default=True,
        help="What is expected from rework within the horizon of a reordering rule counts as under way, so that it is"
             " not bought or made once more.")
    cx_extra_issue_months = fields.Integer(
        string="Months of an Extra Issue Report", default=1,
        help="How many months a report of extra issues to finance covers; 0: none is made.")

    _cx_extra_issue_months_not_negative = models.Constraint(
        "CHECK (cx_extra_issue_months >= 0)", "The months of an extra issue report cannot be below zero.")

    def _cx_timezone(self):
        """Of the clock on the wall of the company: of its resource calendar, else of its partner."""
        self.ensure_one()
        return self.resource_calendar_id.tz or self.partner_id.tz or "UTC"

    def _cx_today(self):
        """The day on the company's wall; scheduled jobs run as nobody, by the clock of Greenwich."""
        self.ensure_one()
        return days.day_of(fields.Datetime.now(), self._cx_timezone())
