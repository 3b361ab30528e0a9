from odoo import api, fields, models

from ...rules.blocker import Blocker
from ...rules.transition import transition

_QUALITY = ("cx_complaint.group_quality",)


class Sample(models.Model):
    """A piece kept to compare with, to prove something, or because the customer's return asks for it.

    A limit sample shows how far a defect may go; it is agreed with the customer and valid until a day.

    :source: S2.02-26, S2.02-35
    """

    _name = "cx.sample"
    _description = "Sample"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.sample"

    _TRANSITIONS = {
        "keep": transition("draft", "kept", *_QUALITY),
        "lend": transition("kept", "lent", *_QUALITY),
        "take_back": transition("lent", "kept", *_QUALITY),
        "give_back": transition("kept", "returned", *_QUALITY),
        "scrap": transition("kept", "scrapped", *_QUALITY),
    }
    _BY_VERB_ONLY = frozenset({"decision", "kept_on", "kept_by_id", "lent_on", "ended_on", "ended_by_id"})
    _SHOWN_VERBS = ("keep",)
    _FROZEN_DECISIONS = frozenset({"kept", "lent", "returned", "scrapped"})
    _FROZEN_FIELDS = frozenset({
        "company_id", "kind", "product_id", "lot_ids", "quantity", "rma_line_id", "inspection_id", "disposition_id",
    })

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    kind = fields.Selection([
        ("limit", "Limit sample"), ("retained", "Retained sample"), ("representative", "Representative piece"),
        ("return", "Return sample"),
    ], required=True, default="limit", index=True,
        help="Limit: how far a defect may go. Retained: kept to look at it again. Representative: a scheme was proved"
             " on it. Return: of a return that is all defective.")

    # what it is
    product_id = fields.Many2one("product.product", required=True, check_company=True, index=True)
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots/Serials", check_company=True, domain="[('product_id', '=', product_id)]")
    defect_id = fields.Many2one("cx.defect", check_company=True, ondelete="restrict", index="btree_not_null")
    description = fields.Text(help="What it shows: where the limit lies, what is still good.")
    photo = fields.Image(max_width=1920, max_height=1920)

    # where it comes from
    rma_line_id = fields.Many2one(
        "cx.rma.line", string="Returned Goods", check_company=True, index="btree_not_null", ondelete="restrict")
    inspection_id = fields.Many2one(
        "cx.inspection", string="Made In", check_company=True, index="btree_not_null", ondelete="restrict",
        help="The inspection in which it was made.")
    disposition_id = fields.Many2one(
        "cx.disposition", check_company=True, index="btree_not_null", ondelete="restrict",
        help="The decision by which it left quarantine for the sample store.")
    scheme_ids = fields.Many2many(
        "cx.rework.scheme", "cx_rework_scheme_sample_rel", "sample_id", "scheme_id", string="Rework Schemes",
        check_company=True, help="Schemes whose work is judged by it.")

    # where it is
    place = fields.Char(string="Stands At", tracking=True, help="Cabinet, shelf, box.")
    department_id = fields.Many2one(
        "cx.department", string="Kept By", check_company=True, index="btree_not_null", tracking=True)
    borrower_id = fields.Many2one("res.users", string="Lent To", tracking=True)
    due_back_date = fields.Date(string="Due Back")
    lent_on = fields.Datetime(readonly=True, copy=False)

    # for whom and how long
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null",
        help="For whom it counts; empty: for every customer.")
    agreed_on = fields.Date(string="Agreed with the Customer On", tracking=True)
    agreed_with = fields.Char(help="Who of the customer agreed.")
    valid_until = fields.Date(tracking=True)
    is_expired = fields.Boolean(string="Expired", compute="_compute_is_expired", search="_search_is_expired")

    # life
    decision = fields.Selection([
        ("draft", "Draft"), ("kept", "Kept"), ("lent", "Lent"), ("returned", "Given back"), ("scrapped", "Scrapped"),
    ], default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    kept_on = fields.Datetime(string="Taken In On", readonly=True, copy=False)
    kept_by_id = fields.Many2one("res.users", string="Taken In By", readonly=True, copy=False)
    ended_on = fields.Datetime(readonly=True, copy=False)
    ended_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a sample must be above zero.")

    @api.depends("valid_until")
    def _compute_is_expired(self):
        today = fields.Date.context_today(self)
        for sample in self:
            sample.is_expired = bool(sample.valid_until and sample.valid_until < today)

    def _search_is_expired(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("valid_until", "<", fields.Date.context_today(self))]

    @api.depends("name", "product_id", "kind")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for sample in self:
            sample.display_name = f"{sample.name} · {kinds.get(sample.kind, '')} · {sample.product_id.display_name or ''}"

    def _frozen_sentence(self):
        """What others compared with stays what it was."""
        return self.env._(
            "%(sample)s is kept, so what it is stays as it is. Scrap it and make another one.", sample=self.name)

    # Verbs

    def action_keep(self):
        """Put it into the sample store: from now on goods are compared with it."""
        self._transition("keep", {"kept_on": fields.Datetime.now(), "kept_by_id": self.env.uid})

    def action_lend(self):
        """Hand it to somebody who brings it back."""
        self._transition("lend", {"lent_on": fields.Datetime.now()})
        for sample in self:
            sample.message_post(body=self.env._(
                "Lent to %(borrower)s until %(day)s.", borrower=sample.borrower_id.name, day=sample.due_back_date))

    def action_take_back(self):
        """It is back at its place."""
        borrowers = {sample: sample.borrower_id.name for sample in self}
        self._transition("take_back", {"lent_on": False, "borrower_id": False, "due_back_date": False})
        for sample, borrower in borrowers.items():
            sample.message_post(body=self.env._("Brought back by %(borrower)s.", borrower=borrower))

    def action_give_back(self):
        """The customer has it again."""
        self._transition("give_back", {"ended_on": fields.Datetime.now(), "ended_by_id": self.env.uid})

    def action_scrap(self):
        """It is not needed any more, or not valid."""
        self._transition("scrap", {"ended_on": fields.Datetime.now(), "ended_by_id": self.env.uid})

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "keep":
            blockers += self._blockers_content() + self._blockers_goods()
        elif verb == "lend":
            blockers += self._blockers_borrower()
        elif verb == "give_back" and not self.partner_id:
            blockers.append(Blocker(
                "customer_missing", self.name, self.env._("It is not said whose it is."),
                self.env._("Choose the customer who gets it back.")))
        return blockers

    def _blockers_content(self):
        blockers = []
        if not (self.place or "").strip():
            blockers.append(Blocker(
                "place_missing", self.name, self.env._("It is not said where it stands."),
                self.env._("Fill in “Stands At”.")))
        if self.kind == "limit" and not self.defect_id:
            blockers.append(Blocker(
                "defect_missing", self.name, self.env._("A limit sample shows how far a defect may go."),
                self.env._("Choose the defect.")))
        if self.kind == "limit" and self.partner_id and not (self.agreed_on and self.agreed_with):
            blockers.append(Blocker(
                "not_agreed", self.name,
                self.env._("%(customer)s has not agreed to it yet.", customer=self.partner_id.display_name),
                self.env._("Enter when and with whom it was agreed.")))
        return blockers

    def _blockers_goods(self):
        """A returned unit becomes a sample by leaving quarantine."""
        disposition = self.disposition_id
        if not disposition or disposition.state == "done":
            return []
        return [Blocker(
            "still_in_quarantine", self.name,
            self.env._("%(disposition)s has not brought it out of quarantine yet.", disposition=disposition.name),
            self.env._("Have the disposition executed first."))]

    def _blockers_borrower(self):
        if self.borrower_id and self.due_back_date:
            return []
        return [Blocker(
            "borrower_missing", self.name, self.env._("It is not said who borrows it and until when."),
            self.env._("Fill in “Lent To” and “Due Back”."))]

    def _blockers_unusable(self, document):
        """Samples of ``self`` that nothing may be compared with any more, as blockers of ``document``."""
        blockers = []
        for sample in self:
            if sample.is_expired:
                blockers.append(Blocker(
                    "sample_expired", document,
                    self.env._("The sample %(sample)s was valid until %(day)s.", sample=sample.name,
                               day=sample.valid_until),
                    self.env._("Agree on a new one, or leave it out.")))
            elif sample.state not in ("kept", "lent"):
                states = dict(sample._fields["state"]._description_selection(self.env))
                blockers.append(Blocker(
                    "sample_not_kept", document,
                    self.env._("The sample %(sample)s is %(state)s.", sample=sample.name, state=states[sample.state]),
                    self.env._("Choose one that is kept, or leave it out.")))
        return blockers
