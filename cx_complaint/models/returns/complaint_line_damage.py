from odoo import models

from ...rules.wording import figure


class ComplaintLine(models.Model):
    """What inspections say about damage by people: charged, whatever the warranty."""

    _inherit = "cx.complaint.line"

    def _fault(self):
        if self.fault:
            return self.fault
        damaged, inspected = self._damaged_and_inspected()
        return "customer" if damaged and damaged >= inspected else False

    def _damaged_and_inspected(self):
        """Units that finished inspections found damaged by the customer, and all units that got a verdict."""
        self.ensure_one()
        # sudo: cx.inspection - sums; who registers a complaint need not read inspections
        inspections = self.sudo()._origin.rma_line_ids.inspection_ids.filtered(
            lambda inspection: inspection.state == "done" and inspection.mode == "full"
            and inspection.stage != "after_rework")
        # the analysis of a unit replaces what the first look said about it
        latest = inspections.filtered(lambda inspection: inspection.stage == "analysis") or inspections
        findings = latest.line_ids
        damaged = findings.filtered(lambda finding: finding.verdict_id.is_user_damage)
        return sum(damaged.mapped("quantity")), sum(findings.mapped("quantity"))

    def _warranty_words(self, rule, judgement):
        words = super()._warranty_words(rule, judgement)
        damaged, inspected = self._damaged_and_inspected()
        if damaged and damaged < inspected:
            words += " " + self.env._(
                "%(damaged)s of %(inspected)s inspected units are damaged by the customer and are charged.",
                damaged=figure(damaged), inspected=figure(inspected))
        return words


class Inspection(models.Model):
    _inherit = "cx.inspection"

    def _transition(self, verb, vals=None):
        result = super()._transition(verb, vals)
        if verb in ("finish", "reopen"):
            self.sudo().rma_line_id.complaint_line_id._judge_anew()  # sudo: cx.complaint.line - computed fields only
        return result
