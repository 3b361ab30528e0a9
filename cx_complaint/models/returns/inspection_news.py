from odoo import models

from ...rules.wording import figure


class InspectionNews(models.Model):
    """Whom a finished inspection tells what."""

    _inherit = "cx.inspection"

    def _tell_planning_the_rate(self):
        """Where goods are wanted at once, planning gets the rate first: it plans the replenishment from it.

        :source: S2.02-27
        """
        inspections = self.filtered("is_replenishment_wanted")
        on_duty = self.env["cx.department"]._on_duty("planning", inspections.company_id)
        for inspection in inspections:
            sentence = inspection._rate_sentence()
            # the to-do that waited for the rate becomes the one that plans from it
            inspection.rma_id.activity_feedback(["cx_complaint.mail_activity_type_replenish"])
            inspection.rma_id.message_post(body=sentence)
            if on_duty.get(inspection.company_id):
                inspection.rma_id.activity_schedule(
                    "cx_complaint.mail_activity_type_replenish", user_id=on_duty[inspection.company_id].id,
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
                        summary=", ".join(lines.verdict_id.mapped("name")), note=inspection._turn_note(lines))

    def _turn_note(self, lines):
        """What a department is told whose turn these findings are."""
        self.ensure_one()
        note = self.env._(
            "%(quantity)s %(unit)s of %(product)s in %(rma)s: your department takes it from here.",
            quantity=figure(sum(lines.mapped("quantity"))), unit=self.product_uom_id.name,
            product=self.product_id.display_name, rma=self.rma_id.display_name)
        if any(lines.verdict_id.mapped("is_our_standard")):
            note += " " + self.env._(
                "Result: %(result)s. The customer's conditions of use: %(use)s",
                result="; ".join(filter(None, [*lines.mapped("note"), self.cause])) or lines.verdict_id[:1].name,
                use=self.use_conditions or "")
        return note
