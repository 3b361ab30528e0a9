from odoo import Command, api, fields, models
from odoo.exceptions import AccessError, UserError

from ...rules.blocker import Blocker
from ...rules.wording import figure
from .customs_contract import CONTRACT_ACTIVITY

_TRADE = "cx_complaint.group_trade"


class Rma(models.Model):
    """Returns of bonded goods: without customs' OK the customer is not told to ship."""

    _inherit = "cx.rma"

    is_contract_needed = fields.Boolean(
        string="Customs Contract Needed", compute="_compute_is_contract_needed", store=True, readonly=False,
        precompute=True, tracking=True)
    customs_contract_id = fields.Many2one(
        "cx.customs.contract", check_company=True, copy=False, index="btree_not_null", tracking=True,
        ondelete="restrict", domain="[('state', 'in', ('draft', 'applied', 'granted'))]")
    contract_state = fields.Selection(related="customs_contract_id.state", string="State of the Contract")

    @api.depends("partner_id")
    def _compute_is_contract_needed(self):
        for rma in self:
            rma.is_contract_needed = rma.is_contract_needed or rma._is_bonded()

    def _is_bonded(self):
        """Whether the customer's goods come through bonded trade."""
        self.ensure_one()
        return self.company_id.cx_has_bonded_trade and self.partner_id.commercial_partner_id.cx_needs_customs_contract

    def _waits_for_contract(self):
        """Whether customs' OK holds it up; nobody is held up by what his company does not have (any more)."""
        self.ensure_one()
        return self.is_contract_needed and self.company_id.cx_has_bonded_trade

    @api.model_create_multi
    def create(self, vals_list):
        if not (self.env.su or self.env.user.has_group(_TRADE)):
            vals_list = [{key: value for key, value in vals.items() if key != "customs_contract_id"} for vals in vals_list]
        rmas = super().create(vals_list)
        if not (self.env.su or self.env.user.has_group(_TRADE)):
            rmas.filtered(lambda rma: not rma.is_contract_needed and rma._is_bonded()).is_contract_needed = True
        return rmas

    def write(self, vals):
        if "is_contract_needed" in vals or "customs_contract_id" in vals:
            self._check_may_waive(vals)
        return super().write(vals)

    def _has_field_access(self, field, operation):
        # also not as a default of the action by which the user came
        if operation == "write" and field.name == "customs_contract_id" and not (
                self.env.su or self.env.user.has_group(_TRADE)):
            return False
        return super()._has_field_access(field, operation)

    def _check_may_waive(self, vals):
        """Import/export alone says which contract covers a return, and that a bonded or decided one needs none.

        :raises AccessError: somebody else does
        """
        if self.env.su or self.env.user.has_group(_TRADE):
            return
        for rma in self:
            waives = rma.is_contract_needed and not vals.get("is_contract_needed", True)
            recovers = "customs_contract_id" in vals and rma.customs_contract_id.id != (vals["customs_contract_id"] or False)
            if waives and (rma.decision != "draft" or rma._is_bonded()) or recovers:
                raise AccessError(self.env._(
                    "%(rma)s: import/export says which customs contract covers it, and whether it needs one. Ask them.",
                    rma=rma.display_name))

    # Verbs

    def action_apply_contract(self):
        """Prepare one application for the goods of these returns, and open it.

        :raises UserError: naming the returns that need no contract, or have one
        """
        if not self:
            raise UserError(self.env._("Choose the RMAs that the customs contract is to cover."))
        contracts = self.env["cx.customs.contract"]
        contracts._check_may("apply")
        self.env["cx.guard"]._take_for(self)
        self.invalidate_recordset(["customs_contract_id"])
        idle = self.filtered(lambda rma: not rma.is_contract_needed or rma.customs_contract_id)
        if idle:
            raise UserError("\n".join(
                self.env._("%(rma)s is covered by %(contract)s already. Leave it out.", rma=rma.display_name,
                           contract=rma.customs_contract_id.display_name) if rma.customs_contract_id else
                self.env._("%(rma)s needs no customs contract. Leave it out, or say that it does.",
                           rma=rma.display_name) for rma in idle))
        if len(self.company_id) > 1:
            raise UserError(self.env._(
                "%(rmas)s belong to several companies. Apply for one contract per company.",
                rmas=", ".join(self.mapped("display_name"))))
        contract = contracts.create({"company_id": self.company_id.id, "rma_ids": [Command.set(self.ids)]})
        contract.action_fill_from_rmas()
        return contract._get_records_action()

    def action_tell_customer(self):
        contracts = self.customs_contract_id
        self.env["cx.guard"]._take_for(contracts)
        # what others told in the meantime counts against what customs granted
        contracts.rma_ids.invalidate_recordset(["customer_told_on", "decision"])
        return super().action_tell_customer()

    def _transition(self, verb, vals=None):
        result = super()._transition(verb, vals)
        if verb in ("submit", "authorise"):
            self._ask_for_contract()
        return result

    def _ask_for_contract(self):
        """Import/export applies when the return is decided.

        :source: S2.01-17
        """
        uncovered = self.filtered(lambda rma: rma._waits_for_contract() and not rma.customs_contract_id)
        if not uncovered:
            return
        on_duty = self.env["cx.department"]._on_duty("trade", uncovered.company_id)
        asked = self.env.ref(CONTRACT_ACTIVITY)
        for rma in uncovered:
            if rma.company_id in on_duty and asked not in rma.activity_ids.activity_type_id:
                rma.activity_schedule(
                    CONTRACT_ACTIVITY, user_id=on_duty[rma.company_id].id,
                    summary=self.env._("Apply for a customs contract"))

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "tell_customer" and self._waits_for_contract():
            blockers += self._blockers_contract()
        return blockers

    def _blockers_contract(self):
        """Customs said OK, the OK is valid today, and covers what is asked back.

        :source: S2.01-17
        """
        contract = self.sudo().customs_contract_id  # sudo: cx.customs.contract - its state stops this return
        if not contract._is_ok():
            return [Blocker(
                "contract_not_ok", self.display_name,
                self.env._("Its customs contract %(contract)s is %(state)s, so the customer must not ship yet.",
                           contract=contract.display_name, state=contract._state_today()) if contract else
                self.env._("It needs a customs contract and has none, so the customer must not ship yet."),
                self.env._("Ask import/export to apply for one."))]
        return contract._blockers_above_grant(self)


class CustomsContract(models.Model):
    """How much of a contract its RMAs use."""

    _inherit = "cx.customs.contract"

    def _state_today(self):
        """Its state in words; a contract that is not valid today is named so, also before the nightly job ran."""
        if self.decision == "granted" and not self._is_ok():
            return self.env._("not valid today")
        return dict(self._fields["state"]._description_selection(self.env))[self.decision]

    def _blockers_above_grant(self, rma):
        """What ``rma`` asks back beside what other RMAs of the contract were told to send or sent anyway."""
        granted = {line.product_id: line.quantity for line in self.line_ids}
        used = {}
        for line in self.rma_ids.line_ids:
            is_called = line.rma_id == rma or line.rma_id.customer_told_on and line.rma_id.decision == "authorised"
            quantity = max(line._asked_qty(), line.received_qty) if is_called else line.received_qty
            used[line.product_id] = used.get(line.product_id, 0.0) + quantity
        return [Blocker(
            "above_grant", rma.display_name,
            self.env._(
                "%(used)s %(unit)s of %(product)s would come in under %(contract)s, customs granted %(granted)s.",
                used=figure(used[product]), unit=product.uom_id.name, product=product.display_name,
                contract=self.display_name, granted=figure(granted.get(product, 0.0))),
            self.env._("Ask import/export to apply for more, or lower the quantity."),
        ) for product in rma.line_ids.product_id
            if product.uom_id.compare(used.get(product, 0.0), granted.get(product, 0.0)) > 0]


class RmaLine(models.Model):
    """Bonded goods stand in a place of their own."""

    _inherit = "cx.rma.line"

    def _asked_qty(self):
        """What is asked back of this line, as long as its return stands."""
        self.ensure_one()
        return self.quantity if self.rma_id.decision in ("draft", "submitted", "authorised") else 0.0

    def _receipt_places(self):
        source, destination = super()._receipt_places()
        warehouse = self.rma_id.warehouse_id
        if self.rma_id.is_contract_needed and destination in (warehouse.cx_returns_loc_id, warehouse.cx_rohs_loc_id):
            destination = warehouse.cx_bonded_loc_id
        return source, destination


class Disposition(models.Model):
    """Bonded goods that came without customs' OK stay put."""

    _inherit = "cx.disposition"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("approve", "execute", "release") and self.rma_id.is_contract_needed:
            blockers += self._blockers_contract(verb)
        return blockers

    def _blockers_contract(self, verb):
        """Without OK nothing is done to the goods; after its last day they do not leave the country under it.

        :source: S2.01-17
        """
        contract = self.sudo().rma_id.customs_contract_id  # sudo: cx.customs.contract - its state stops the goods
        was_ok = contract.decision in ("granted", "expired", "closed")
        if was_ok and (self.destination != "customer" or contract._is_ok()):
            return []
        return [Blocker(
            "contract_not_ok", self.name,
            self.env._("%(rma)s needs a customs contract, and %(contract)s is %(state)s: the goods stay put.",
                       rma=self.rma_id.display_name, contract=contract.display_name, state=contract._state_today())
            if contract else
            self.env._("%(rma)s needs a customs contract and has none: the goods stay put.",
                       rma=self.rma_id.display_name),
            self.env._("Ask import/export."))]
