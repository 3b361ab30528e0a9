from odoo import models

from ...rules.findings import bad_quantity
from ...rules.wording import figure


class InspectionNews(models.Model):
    """Whom a finished inspection tells what."""

    _inherit = "cx.inspection"

    def _rate_sentence(self):
        """The rate in a sentence, with the figures behind it."""
        self.ensure_one()
        return self.env._(
            "%(inspection)s: defect rate of %(product)s %(rate)s %% (%(bad)s of %(inspected)s %(unit)s inspected,"
            " %(received)s %(unit)s at hand).",
            inspection=self.display_name, product=self.product_id.display_name, rate=f"{self.defect_rate:.1f}",
            bad=figure(bad_quantity(self._findings())), inspected=figure(self.inspected_qty),
            received=figure(self.available_qty), unit=self.product_uom_id.name)

    def _tell_planning_the_rate(self):
        """Where goods are wanted at once, planning gets the rate first: it plans the replenishment from it.

        :source: S2.02-27
        """
        inspections = self.filtered("is_replenishment_wanted")
        on_duty = self.env["cx.department"]._on_duty("planning", inspections.company_id)
        for inspection in inspections:
            sentence = inspection._rate_sentence()
            inspection.rma_id.message_post(body=sentence)
            if on_duty.get(inspection.company_id):
                inspection.rma_id.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=on_duty[inspection.company_id].id,
                    summary=self.env._("Plan replenishment and rework"), note=sentence)

    def _tell_functions_of_verdicts(self):
        """A verdict may be another department's turn: engineering's, or sales' who talks to the customer."""
        for function in set(self.line_ids.verdict_id.mapped("informs_function")) - {False}:
            on_duty = self.env["cx.department"]._on_duty(function, self.company_id)
            for inspection in self:
                lines = inspection.line_ids.filtered(
                    lambda line, function=function: line.verdict_id.informs_function == function)
                if lines and on_duty.get(inspection.company_id):
                    inspection.activity_schedule(
                        "mail.mail_activity_data_todo", user_id=on_duty[inspection.company_id].id,
                        summary=", ".join(lines.verdict_id.mapped("name")),
                        note=self.env._(
                            "%(quantity)s %(unit)s of %(product)s in %(rma)s: your department takes it from here.",
                            quantity=figure(sum(lines.mapped("quantity"))), unit=inspection.product_uom_id.name,
                            product=inspection.product_id.display_name, rma=inspection.rma_id.display_name))
