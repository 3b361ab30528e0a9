from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker


class SettlementVerbs(models.Model):
    """What people do with a settlement, and what stands in the way."""

    _inherit = "cx.settlement"

    # Verbs, in the order of life

    def action_approve(self):
        """Sign it. Closed to who proposed it as long as somebody else is entitled."""
        self._take_guards()
        self._transition("approve", {"approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})
        self._check_caps_together()
        self._sign_approval()

    def action_refuse(self):
        self._transition("refuse")

    def action_consent(self):
        """The customer agreed."""
        self._transition("consent", {"consented_on": fields.Datetime.now()})

    def action_execute(self):
        """Create what is still owed; pressing again after something was cancelled or deleted creates just that.

        :return: None, or the action that opens what was created
        """
        self._take_guards()
        self._transition("execute")
        moves = self.filtered(lambda settlement: settlement.kind == "replacement")._create_replacements()
        notes = self.filtered(
            lambda settlement: settlement.kind not in ("replacement", "charge"))._create_credit_notes()
        if charges := self.filtered(lambda settlement: settlement.kind == "charge"):
            charges._create_quotations()
            return charges.action_view_quotations() if charges == self else None
        if moves and not notes:
            return self.action_view_pickings()
        if notes and not moves:
            return self.action_view_credit_notes()
        return None

    def action_revise(self):
        """Open the dialog that changes what was approved."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Revise %(settlement)s", settlement=self.display_name),
            "res_model": "cx.settlement.revise",
            "view_mode": "form",
            "target": "new",
            "context": {"default_settlement_id": self.id},
        }

    def action_cancel(self):
        self._transition("cancel")
        self._withdraw_signatures()

    def action_propose(self):
        """Propose again what was refused or cancelled."""
        self._transition("propose", {
            "proposed_by_id": self.env.uid, "approved_on": False, "approved_by_id": False, "refusal_reason": False})

    def _revise(self, vals):
        """Change approved content. Less of the same keeps the approval, anything else voids it.

        :param dict vals: values of ``kind``, ``partner_id``, ``product_id``, ``quantity``, ``currency_id``, ``amount``
        :raises UserError: when documents already say more than that
        """
        self.ensure_one()
        self._take_guards()
        self._check_may("revise")
        keeps = self._is_reduction(vals)
        self._raise_revise_blockers(vals, keeps)
        if not keeps:
            vals = {**vals, "decision": "proposed", "approved_on": False, "approved_by_id": False,
                    "proposed_by_id": self.env.uid}
        self._transition("revise", vals)
        if not keeps:
            self._withdraw_signatures()

    def _is_reduction(self, vals):
        """Whether ``vals`` only take something away from what was approved."""
        for name, value in vals.items():
            field = self._fields[name]
            old = self[name].id if field.type == "many2one" else self[name]
            if name in ("quantity", "amount") and value <= old:
                continue
            if value != old:
                return False
        return True

    def _raise_revise_blockers(self, vals, keeps):
        """:raises UserError: when delivery or credit note stand against the change."""
        planned = self._planned_qty()
        drafted = self.sudo()._drafted_amount()  # sudo: account.move.line - a sum of a record he may read
        if not keeps and (planned or drafted):
            raise UserError(self.env._(
                "%(settlement)s already has documents. Cancel or delete them first, or propose another settlement"
                " for what is added.", settlement=self.display_name))
        if self.currency_id.compare_amounts(vals.get("amount", self.amount), drafted) < 0 and self.kind == "allowance":
            raise UserError(self.env._(
                "%(settlement)s: %(drafted)s are on credit notes, more than the %(wanted)s you want to leave. Change"
                " the draft first.", settlement=self.display_name, drafted=self.currency_id.format(drafted),
                wanted=self.currency_id.format(vals["amount"])))
        uom = self.product_uom_id
        if uom and uom.compare(vals.get("quantity", self.quantity), planned) < 0:
            raise UserError(self.env._(
                "%(settlement)s: %(planned)s %(unit)s are delivered, credited or under way, more than the"
                " %(wanted)s %(unit)s you want to leave. Reduce or cancel these documents first.",
                settlement=self.display_name, planned=planned, wanted=vals["quantity"], unit=uom.name))

    # Signature

    def _others_entitled(self):
        """Users who may approve it and did not propose it."""
        self.ensure_one()
        groups = [self.env.ref(group).id for group in self._TRANSITIONS["approve"].groups]
        # sudo: res.users - who may approve is the same for whoever asks
        return self.env["res.users"].sudo().search([
            ("all_group_ids", "in", groups), ("company_ids", "in", self.company_id.ids), ("share", "=", False),
            ("id", "!=", self.proposed_by_id.id)])

    def _sign_approval(self):
        """Keep who approved what, and whether he approved his own proposal because nobody else could."""
        for proposer, settlements in self.grouped("proposed_by_id").items():
            settlements._sign_now("approved", proposer)

    def _signed_values(self):
        self.ensure_one()
        return {
            "kind": self.kind, "partner": self.partner_id.id, "product": self.product_id.id, "quantity": self.quantity,
            "currency": self.currency_id.name, "amount": self.amount, "is_goodwill": self.is_goodwill,
        }

    def _proposer(self):
        self.ensure_one()
        return self.proposed_by_id

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_content() + self._blockers_signer() + self._blockers_cap()
        elif verb == "refuse" and not self.refusal_reason:
            blockers.append(Blocker(
                "no_reason", self.display_name, self.env._("A refusal needs a reason."),
                self.env._("Write it into “Refusal Reason”, then refuse.")))
        elif verb == "execute":
            # what may be made good was settled at the approval and counts since then; what may be credited can
            # shrink by credit notes that finance makes with core's own means
            blockers += self._blockers_content() + self._blockers_consent() + self._blockers_creditable()
            blockers += self._blockers_delivery() if self.kind == "replacement" else self._blockers_posting()
        return blockers

    def _blockers_content(self):
        """What the kind of settlement needs to be complete."""
        self.ensure_one()
        name = self.display_name
        if self.kind == "allowance":
            return [] if self.amount > 0 else [Blocker(
                "no_amount", name, self.env._("It grants no amount."), self.env._("Enter the amount."))]
        blockers = []
        if not self.product_id:
            blockers.append(Blocker(
                "no_product", name, self.env._("It names no product."),
                self.env._("Choose what is delivered or credited.")))
        if self.kind == "replacement":
            blockers += self._blockers_origin()
        return blockers

    def _blockers_origin(self):
        """A replacement makes something good; without a delivery it is goodwill."""
        if self.origin_move_id or self.sale_line_id or self.is_goodwill:
            return []
        return [Blocker(
            "no_origin", self.display_name, self.env._("It names no delivery that it makes good."),
            self.env._("Choose the delivery, or tick “Goodwill”."))]

    def _blockers_signer(self):
        """Four eyes: who proposed it does not approve it while somebody else can, but where one person does everything."""
        self.ensure_one()
        if self.proposed_by_id != self.env.user or self.env.su or self.company_id.cx_is_one_person:
            return []
        others = self._others_entitled()
        if not others:
            return []
        return [Blocker(
            "own_proposal", self.display_name, self.env._("You proposed it yourself."),
            self.env._("Somebody else must approve it: %(names)s.", names=", ".join(others[:5].mapped("name"))))]

    def _blockers_consent(self):
        if self.consented_on or not self.company_id.cx_is_consent_needed:
            return []
        return [Blocker(
            "no_consent", self.display_name, self.env._("The customer has not agreed yet."),
            self.env._("Press “Customer Agreed” when he has."))]
