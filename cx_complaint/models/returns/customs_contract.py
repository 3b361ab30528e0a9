from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ...rules.transition import transition

STATES = [
    ("draft", "Draft"),
    ("applied", "Applied"),
    ("granted", "OK"),
    ("refused", "Refused"),
    ("expired", "Expired"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
CONTRACT_ACTIVITY = "cx_complaint.mail_activity_type_contract"
_TRADE = ("cx_complaint.group_trade",)


class CustomsContract(models.Model):
    """Permission of customs to bring bonded goods back into the country, and to take them out again in time.

    Belongs to import/export. As long as customs did not say OK, the customer is not told to ship; goods that come
    anyway are received and stay where they are.

    :source: S2.01-17
    """

    _name = "cx.customs.contract"
    _description = "Customs Contract"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.customs.contract"

    _TRANSITIONS = {
        "apply": transition("draft", "applied", *_TRADE),
        "grant": transition("applied", "granted", *_TRADE),
        "refuse": transition("applied", "refused", *_TRADE),
        "expire": transition("granted", "expired", *_TRADE),
        "close": transition("granted expired", "closed", *_TRADE),
        "cancel": transition("draft applied refused", "cancelled", *_TRADE),
        "redraft": transition("applied granted refused expired cancelled", "draft", *_TRADE),
    }
    _BY_VERB_ONLY = frozenset({"decision", "applied_on", "applied_by_id", "granted_on", "granted_by_id"})
    _SHOWN_VERBS = ("apply", "grant")
    # what customs decided about; to change it, apply again
    _FROZEN_DECISIONS = frozenset(state for state, _label in STATES) - {"draft", "applied"}
    _FROZEN_FIELDS = frozenset({"number", "valid_from", "valid_until", "line_ids", "company_id"})

    name = fields.Char(string="Application", default="/", readonly=True, copy=False, index="trigram")
    number = fields.Char(string="Contract Number", copy=False, index="trigram", tracking=True, help="Given by customs.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    authority = fields.Char(string="Customs Office")
    valid_from = fields.Date(copy=False, tracking=True)
    valid_until = fields.Date(
        copy=False, tracking=True, help="Until this day the goods have to be out of the country again.")
    note = fields.Text(string="Remarks")
    refusal_reason = fields.Char(copy=False, tracking=True)
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user, tracking=True)

    line_ids = fields.One2many("cx.customs.contract.line", "contract_id", string="Goods", copy=True)
    rma_ids = fields.One2many("cx.rma", "customs_contract_id", string="RMAs", copy=False)
    rma_count = fields.Integer(string="Returns", compute="_compute_rma_count")

    decision = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    applied_on = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    granted_on = fields.Datetime(string="OK Since", readonly=True, copy=False)
    granted_by_id = fields.Many2one("res.users", string="OK Recorded By", readonly=True, copy=False)

    _validity_in_order = models.Constraint(
        "CHECK (valid_from <= valid_until)", "A customs contract cannot end before it starts.")

    # Computes

    @api.depends("rma_ids")
    def _compute_rma_count(self):
        for contract in self:
            contract.rma_count = len(contract.rma_ids)

    @api.depends("name", "number")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = f"{contract.name} · {contract.number}" if contract.number else contract.name

    # ORM

    def _frozen_sentence(self):
        self.ensure_one()
        return self.env._(
            "%(contract)s is %(state)s, and what customs decided stays as it is. Set it back to draft and apply"
            " again.", contract=self.display_name,
            state=dict(self._fields["state"]._description_selection(self.env))[self.state])

    def _check_not_frozen(self):
        return None if self.env.su else super()._check_not_frozen()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        # another rule than for its content: what was filed is kept, what was called off may go
        for contract in self:
            if contract.decision not in ("draft", "cancelled"):
                raise UserError(self.env._(
                    "%(contract)s was filed with customs and is kept as a record. Cancel it instead.",
                    contract=contract.display_name))

    # Verbs

    def action_apply(self):
        """The application is filed with customs."""
        self._transition("apply", {"applied_on": fields.Datetime.now(), "applied_by_id": self.env.uid})

    def action_grant(self):
        """Customs said OK: planning and whoever looks after the returns are told that the customer may ship."""
        self._transition("grant", {
            "granted_on": fields.Datetime.now(), "granted_by_id": self.env.uid, "refusal_reason": False})
        self.sudo()._tell_contract_is_ok()  # sudo: cx.rma, mail.activity - the verb's own consequence

    def action_refuse(self):
        """Customs refused; the returns wait, or come back without a contract if import/export says so."""
        self._transition("refuse")
        for rma in self.sudo().rma_ids:  # sudo: cx.rma - told what concerns it
            rma.message_post(body=self.env._(
                "Customs refused %(contract)s. %(reason)s", contract=rma.customs_contract_id.display_name,
                reason=rma.customs_contract_id.refusal_reason or ""))

    def action_expire(self):
        self._transition("expire")

    def action_close(self):
        """Everything that came in under the contract went out again, or was declared otherwise."""
        self._transition("close")

    def action_cancel(self):
        self._transition("cancel")

    def action_redraft(self):
        """Prepare another application, for example with other quantities or a longer validity."""
        self._transition("redraft", dict.fromkeys(
            ["applied_on", "applied_by_id", "granted_on", "granted_by_id", "refusal_reason"], False))

    def action_fill_from_rmas(self):
        """Write down the goods that the covered RMAs bring, product by product."""
        self.check_access("write")
        self._check_not_frozen()
        for contract in self:
            quantities = contract._asked_quantities()
            contract.line_ids = [Command.clear()] + [
                Command.create({"product_id": product.id, "quantity": quantity})
                for product, quantity in quantities.items()]

    def action_view_rmas(self):
        """The returns that the contract covers."""
        return self.rma_ids._get_records_action()

    # Who is told

    def _tell_contract_is_ok(self):
        """Import/export informs planning, planning informs sales; both read it here.

        :source: S2.01-17
        """
        rmas = self.rma_ids
        on_duty = self.env["cx.department"]._on_duty("planning", rmas.company_id)
        for rma in rmas:
            contract = rma.customs_contract_id
            sentence = self.env._(
                "The customs contract %(number)s of %(rma)s is OK until %(day)s: the customer may be told to ship.",
                number=contract.number, rma=rma.display_name, day=contract.valid_until)
            rma.message_post(body=sentence)
            rma.activity_feedback([CONTRACT_ACTIVITY], feedback=sentence)
            for user in {on_duty.get(rma.company_id), rma.user_id} - {None, self.env["res.users"]}:
                rma.activity_schedule(
                    CONTRACT_ACTIVITY, user_id=user.id, summary=self.env._("Customs contract OK"), note=sentence)

    @api.model
    def _cron_watch_validity(self):
        """Contracts whose last day is over expire; before that import/export is reminded once of goods still here."""
        for company, in self._read_group([("state", "=", "granted")], ["company_id"]):
            today = company._cx_today()
            last = today + timedelta(days=company.cx_contract_reminder_days)
            ending = self.search([
                ("company_id", "=", company.id), ("state", "=", "granted"), ("valid_until", "<=", last)])
            over = ending.filtered(lambda contract, today=today: contract.valid_until < today)
            over.action_expire()
            if company.cx_has_bonded_trade:
                (ending - over)._remind_of_validity()

    def _remind_of_validity(self):
        reminded = self.env["mail.activity"].with_context(active_test=False).search([
            ("res_model", "=", self._name), ("res_id", "in", self.ids),
            ("activity_type_id", "=", self.env.ref(CONTRACT_ACTIVITY).id)]).mapped("res_id")
        on_duty = self.env["cx.department"]._on_duty("trade", self.company_id)
        for contract in self.filtered(lambda contract: contract.id not in reminded):
            inside = contract.line_ids.filtered(lambda line: line.product_uom_id.compare(line.inside_qty, 0) > 0)
            user = on_duty.get(contract.company_id) or contract.user_id
            if inside and user:
                contract.activity_schedule(
                    CONTRACT_ACTIVITY, user_id=user.id, date_deadline=contract.valid_until,
                    summary=self.env._("Customs contract ends"),
                    note=self.env._("Still in the country: %(goods)s.", goods=", ".join(
                        f"{line.inside_qty:g} {line.product_uom_id.name} {line.product_id.display_name}"
                        for line in inside)))
