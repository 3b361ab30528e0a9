from odoo import models

from ...rules.blocker import Blocker


class RmaSignatures(models.Model):
    """The signatures of a return: asked by submitting it, the last one authorises it.

    Without a template of its kind one entitled person authorises at once.
    """

    _name = "cx.rma"
    _inherit = ["cx.rma", "cx.approval.mixin"]

    _SIGNED_FIELDS = frozenset({
        "kind_id", "partner_id", "warehouse_id", "limit_date", "requirement", "is_replenishment_wanted",
        "is_contract_needed", "line_ids",
    })

    def _signed_values(self):
        return {
            "kind": self.kind_id.id,
            "partner": self.partner_id.id,
            "warehouse": self.warehouse_id.id,
            "limit_date": self.limit_date,
            "requirement": self.requirement or "",
            "is_replenishment_wanted": self.is_replenishment_wanted,
            "is_contract_needed": self.is_contract_needed,
            "lines": [line._signed_values() for line in self.line_ids.sorted("id")],
        }

    def _proposer(self):
        return self.submitted_by_id or self.create_uid

    def _signature_template(self):
        """Who signs returns of this kind in the company of the return; none: one entitled person authorises."""
        self.ensure_one()
        kind = self.kind_id.sudo().with_company(self.company_id)  # sudo: cx.approval.template - part of the rulebook
        return kind.approval_template_id

    def _transition(self, verb, vals=None):
        result = super()._transition(verb, vals)
        if verb == "submit":
            for template, rmas in self.grouped(lambda rma: rma._signature_template()).items():
                if template:
                    rmas._ask_signatures(template)
        elif verb in ("refuse", "cancel", "redraft", "expire"):
            self._withdraw_signatures()
        return result

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise" and self._signature_template().step_ids:
            if self.state == "draft":
                blockers.append(Blocker(
                    "unsigned", self.display_name, self.env._("Returns of this kind are signed first."),
                    self.env._("Submit it; the last signature authorises it.")))
            blockers += self._blockers_unsigned()
        return blockers

    def _on_all_signed(self):
        if self:
            self.sudo().action_authorise()  # sudo: cx.rma - the signers' roles stand for the verb's groups

    def _on_signature_refused(self, remark):
        rmas = self.sudo()  # sudo: cx.rma - who may refuse to sign may stop the return
        rmas.action_refuse(remark)
