from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.transition import transition
from ...rules.wording import figure

_TALKING = ("cx_complaint.group_sales", "cx_complaint.group_service")
_QUALITY = ("cx_complaint.group_quality",)
# what may come out of it, and what then happens to a proposal that rests on the finding
_RESULTS = {
    "user_damage": ("charge", "share", "goodwill"),
    "misreturn": ("send_back", "keep"),
    "concession": ("accepted", "refused"),
}
_AGAINST_PROPOSAL = frozenset({"keep", "refused"})


class Negotiation(models.Model):
    """Units about which the customer is asked before anything happens to them; they wait in quarantine until then.

    :source: S2.02-32, S2.02-34, S2.08-7
    """

    _name = "cx.negotiation"
    _description = "Negotiation with the Customer"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.negotiation"

    _TRANSITIONS = {
        "settle": transition("open", "settled", *_TALKING),
        "withdraw": transition("open settled", "withdrawn", *_QUALITY),
        "ask_again": transition("settled withdrawn", "open", *_TALKING, *_QUALITY),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "settled_on", "settled_by_id", "inspection_line_id", "kind", "quantity", "lot_ids"})
    _CASES = "complaint_id"
    _SHOWN_VERBS = ("settle",)
    _FROZEN_DECISIONS = frozenset({"settled", "withdrawn"})
    _FROZEN_FIELDS = frozenset({
        "inspection_line_id", "kind", "quantity", "lot_ids", "result", "share", "answered_on", "answered_by",
    })

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    inspection_line_id = fields.Many2one(
        "cx.inspection.line", string="Finding", required=True, readonly=True, check_company=True, index=True,
        ondelete="restrict")
    inspection_id = fields.Many2one(related="inspection_line_id.inspection_id", store=True, index=True)
    rma_line_id = fields.Many2one(
        related="inspection_line_id.inspection_id.rma_line_id", string="Returned Goods", store=True, index=True)
    complaint_id = fields.Many2one(related="rma_line_id.complaint_id", store=True, index=True)
    partner_id = fields.Many2one(related="rma_line_id.partner_id", string="Customer", store=True, index=True)
    company_id = fields.Many2one(related="inspection_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    kind = fields.Selection(
        [("user_damage", "User damage"), ("misreturn", "Returned by mistake"), ("concession", "Concession")],
        required=True, readonly=True, index=True)
    quantity = fields.Float(digits="Product Unit", required=True, readonly=True)
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", readonly=True, check_company=True)

    # the customer's answer
    result = fields.Selection([
        ("charge", "He pays"), ("share", "Costs are shared"), ("goodwill", "Goodwill"),
        ("send_back", "Send back to him"), ("keep", "Keep here"),
        ("accepted", "He uses it as is"), ("refused", "He does not accept it"),
    ], tracking=True, help="User damage: he pays, costs are shared, or goodwill. Returned by mistake: send back or keep."
                           " Concession: he uses it as is, or does not accept it.")
    share = fields.Float(string="Customer's Share (%)", help="Of the costs, where they are shared.")
    answered_on = fields.Date(tracking=True)
    answered_by = fields.Char(help="Who of the customer answered.")
    note = fields.Text(string="What Was Said")

    decision = fields.Selection(
        [("open", "Waiting for the customer"), ("settled", "Settled"), ("withdrawn", "Withdrawn")],
        default="open", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    settled_on = fields.Datetime(readonly=True, copy=False)
    settled_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a negotiation must be above zero.")
    _share_possible = models.Constraint(
        "CHECK (share >= 0 AND share <= 100)", "A share is between 0 and 100 per cent.")

    def _frozen_sentence(self):
        """What the customer answered is kept as he answered."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(negotiation)s is %(state)s and kept as it was answered. Ask the customer again to change it.",
            negotiation=self.name, state=states[self.decision].lower())

    @api.ondelete(at_uninstall=False)
    def _unlink_except_withdrawn(self):
        for negotiation in self.filtered(lambda negotiation: negotiation.state != "withdrawn"):
            raise UserError(self.env._(
                "%(negotiation)s is kept: its units wait for the customer's answer, or were decided by it. Withdraw it "
                "instead.", negotiation=negotiation.name))

    # Verbs

    def action_settle(self):
        """The customer answered: quality may decide about the goods now."""
        self.env["cx.guard"]._take_for(self.rma_line_id)
        self._transition("settle", {"settled_on": fields.Datetime.now(), "settled_by_id": self.env.uid})
        against = self.filtered(lambda negotiation: negotiation.result in _AGAINST_PROPOSAL).inspection_line_id
        self.env["cx.disposition"].sudo().search([  # sudo: cx.disposition - proposals that the customer's answer ends
            ("inspection_line_id", "in", against.ids), ("decision", "=", "proposed")]).action_cancel()
        results = dict(self._fields["result"]._description_selection(self.env))
        on_duty = self.env["cx.department"]._on_duty("quality", self.company_id)
        for negotiation in self:
            news = self.env._(
                "%(negotiation)s, %(quantity)s %(unit)s of %(product)s: %(result)s (%(customer)s, %(day)s).",
                negotiation=negotiation.name, quantity=figure(negotiation.quantity),
                unit=negotiation.product_uom_id.name, product=negotiation.product_id.display_name,
                result=results[negotiation.result], customer=negotiation.answered_by, day=negotiation.answered_on)
            negotiation.sudo().complaint_id.message_post(body=news)  # sudo: cx.complaint - the news of its own goods
            if on_duty.get(negotiation.company_id):
                negotiation.activity_schedule(
                    "mail.mail_activity_data_todo", user_id=on_duty[negotiation.company_id].id,
                    summary=self.env._("Decide about the goods"), note=news)

    def action_withdraw(self):
        """There is nothing to negotiate about these units after all."""
        self._transition("withdraw")

    def action_ask_again(self):
        """The customer is asked once more; the goods wait again."""
        self.env["cx.guard"]._take_for(self.rma_line_id)
        self._transition("ask_again", {"settled_on": False, "settled_by_id": False})

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "settle":
            blockers += self._blockers_answer()
        elif verb == "ask_again":
            blockers += self._blockers_decided()
        return blockers

    def _blockers_answer(self):
        blockers = []
        labels = dict(self._fields["result"]._description_selection(self.env))
        if self.result not in _RESULTS[self.kind]:
            blockers.append(Blocker(
                "result_missing", self.name, self.env._("It is not said what came out of it."),
                self.env._("Choose one of: %(results)s.", results=", ".join(
                    labels[result] for result in _RESULTS[self.kind]))))
        if self.result == "share" and not 0 < self.share < 100:
            blockers.append(Blocker(
                "share_missing", self.name, self.env._("It is not said which share of the costs the customer bears."),
                self.env._("Enter a share between 0 and 100 per cent.")))
        if not (self.answered_on and (self.answered_by or "").strip()):
            blockers.append(Blocker(
                "answer_missing", self.name, self.env._("It is not said when and who of the customer answered."),
                self.env._("Fill in “Answered On” and “Answered By”.")))
        return blockers

    def _blockers_decided(self):
        """What was approved on the answer stands on it."""
        decided = self.sudo().inspection_line_id.inspection_id.disposition_ids.filtered(  # sudo: cx.disposition - names
            lambda goods: goods.inspection_line_id == self.inspection_line_id and goods.state in (
                "approved", "running", "done"))
        return [Blocker(
            "disposition_approved", self.name,
            self.env._("%(disposition)s was approved on the customer's answer.", disposition=goods.name),
            self.env._("Cancel it first.")) for goods in decided]
