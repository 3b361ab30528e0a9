from odoo import api, fields, models

from ...rules.blocker import Blocker
from ...rules.wording import figure


class Disposition(models.Model):
    """The signatures of a scrap application: asked by applying, the last one approves.

    Where the company names no template for it, quality alone approves, as it does for every other destination.
    """

    _name = "cx.disposition"
    _inherit = ["cx.disposition", "cx.approval.mixin"]

    _SIGNED_FIELDS = frozenset({"rma_line_id", "quantity", "lot_ids", "work", "destination", "reason"})

    is_application_needed = fields.Boolean(
        string="Scrap Is Applied For", compute="_compute_is_application_needed",
        help="The company's settings name who signs before returned goods are scrapped.")

    @api.depends("destination", "company_id")
    def _compute_is_application_needed(self):
        for disposition in self:
            disposition.is_application_needed = bool(disposition._signature_template())

    def _signed_values(self):
        return {
            "rma_line": self.rma_line_id.id,
            "quantity": figure(self.quantity),
            "lots": sorted(self.lot_ids.ids),
            "work": self.work,
            "destination": self.destination,
            "reason": self.reason or "",
        }

    def _signature_template(self):
        """Who signs that these goods are scrapped; none: quality approves alone."""
        self.ensure_one()
        if self.destination != "scrap":
            return self.env["cx.approval.template"]
        return self.sudo().company_id.cx_scrap_template_id  # sudo: cx.approval.template - part of the rulebook

    def _changed_after_approval(self, content, vals):
        # the reason that was signed stays as well: changed, it would make the signatures void
        signed = {"reason"} if "reason" in vals and self.approval_ids else set()
        return super()._changed_after_approval(content | signed, vals)

    def action_apply(self):
        """Hand the scrap application in: its signers are asked one after the other.

        :source: S2.14-9
        """
        self._transition("apply")
        for template, dispositions in self.grouped(lambda disposition: disposition._signature_template()).items():
            dispositions._ask_signatures(template)

    def action_cancel(self):
        result = super().action_cancel()
        self.filtered("approval_ids")._withdraw_signatures()
        return result

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        template = self._signature_template() if verb in ("apply", "approve") else None
        if verb == "apply":
            blockers += self._blockers_application(template)
        elif template and template.step_ids:
            if not self.approval_ids.sudo().filtered("role_id"):  # sudo: cx.approval - whether anybody was asked
                blockers.append(Blocker(
                    "unsigned", self.name, self.env._("Scrap is applied for and signed first."),
                    self.env._("Press Apply for Scrap; the last signature approves it.")))
            blockers += self._blockers_unsigned()
        return blockers

    def _blockers_application(self, template):
        """Only scrap is applied for, with a reason that the signers can judge."""
        if self.destination != "scrap" or not template.step_ids:
            return [Blocker(
                "no_application", self.name, self.env._("Nobody has to sign it."),
                self.env._("Approve it; who signs scrap is said in the settings."))]
        blockers = self._blockers_cap() + self._blockers_lots()
        if not self.reason:
            blockers.append(Blocker(
                "no_reason", self.name, self.env._("It does not say why the goods are scrapped."),
                self.env._("Enter the reason; it is printed on the application.")))
        return blockers

    def _on_all_signed(self):
        if self:
            self.sudo().action_approve()  # sudo: cx.disposition - the signers' roles stand for the verb's groups

    def _on_signature_refused(self, remark):
        for disposition in self.sudo():  # sudo: cx.disposition - who may refuse to sign may stop the scrap
            disposition.message_post(body=self.env._("The scrap application was refused: %(remark)s", remark=remark or ""))
        self.sudo().action_cancel()
