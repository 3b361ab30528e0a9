from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    cx_has_bonded_trade = fields.Boolean(
        string="Bonded Trade", help="Returns may need a customs contract before the customer ships.")
    cx_contract_reminder_days = fields.Integer(
        string="Remind before a Customs Contract Ends", default=30,
        help="Days before its last day on which import/export is reminded of goods that are still here.")

    _cx_contract_reminder_days_not_negative = models.Constraint(
        "CHECK (cx_contract_reminder_days >= 0)", "The days before a customs contract ends cannot be below zero.")
