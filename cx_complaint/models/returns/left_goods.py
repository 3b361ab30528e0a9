from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.transition import transition
from ...rules.wording import figure

_QUALITY = ("cx_complaint.group_quality",)
_DECIDED = frozenset({"complaint_line_id", "quantity", "what", "lot_ids"})
_PROOF = frozenset({"proof_on", "proof_by", "good_qty", "bad_qty", "consent_on", "consent_by"})


class LeftGoods(models.Model):
    """Goods that stay at the customer: used as they are, scrapped there against proof, or sorted on site.

    Never more than he complains of and does not send back. Quantities in the product's unit.

    :source: S2.02-32, S2.18-23
    """

    _name = "cx.left.goods"
    _description = "Goods Left at the Customer"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.left.goods"

    _TRANSITIONS = {
        "approve": transition("proposed", "approved", *_QUALITY),
        "finish": transition("approved", "done", *_QUALITY, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "cancel": transition("proposed approved", "cancelled", *_QUALITY),
    }
    _BY_VERB_ONLY = frozenset({"decision", "approved_on", "approved_by_id", "finished_on", "finished_by_id"})
    _CASES = "complaint_id"
    _SHOWN_VERBS = ("approve", "finish")
    _FROZEN_DECISIONS = frozenset({"approved", "done", "cancelled"})
    _FROZEN_FIELDS = _DECIDED

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    complaint_line_id = fields.Many2one(
        "cx.complaint.line", required=True, check_company=True, index=True, ondelete="restrict")
    complaint_id = fields.Many2one(related="complaint_line_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="complaint_line_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="complaint_line_id.partner_id", string="Customer", store=True, index=True)
    product_id = fields.Many2one(related="complaint_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots/Serials", check_company=True, domain="[('product_id', '=', product_id)]")
    what = fields.Selection(
        [("used", "Used as is"), ("scrapped", "Scrapped there"), ("sorted", "Sorted on site")], string="What Happens There",
        required=True, default="used", index=True,
        help="Used as is: the customer accepts them as a concession. Scrapped there: against a photo or a certificate."
             " Sorted on site: the good ones stay, the bad ones are to be decided.")
    reason = fields.Char(help="Why they stay: slight defect, the customer's mould, out of warranty.")

    # the customer
    consent_on = fields.Date(string="Customer Agreed On", tracking=True)
    consent_by = fields.Char(string="Agreed By", help="Who of the customer agreed.")

    # proof
    proof_on = fields.Date(string="Done On", help="When they were scrapped or sorted.")
    proof_by = fields.Char(string="Done By", help="Who scrapped or sorted them.")
    proof_count = fields.Integer(string="Photos and Certificates", compute="_compute_proof_count")
    good_qty = fields.Float(string="Sorted Good", digits="Product Unit")
    bad_qty = fields.Float(string="Sorted Bad", digits="Product Unit", help="Still to be decided: return, or scrap there.")
    handled_qty = fields.Float(
        string="Handled", digits="Product Unit", compute="_compute_handled_qty", store=True,
        help="Units that need no other decision because of this one.")

    # life
    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    finished_on = fields.Datetime(readonly=True, copy=False)
    finished_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity left at the customer must be above zero.")
    _counts_not_negative = models.Constraint(
        "CHECK (good_qty >= 0 AND bad_qty >= 0)", "Sorted quantities cannot be below zero.")

    @api.depends("decision", "what", "quantity", "good_qty")
    def _compute_handled_qty(self):
        """What is sorted counts in full until the count is known; then the bad ones are open again."""
        for left in self:
            left.handled_qty = (
                0.0 if left.decision == "cancelled"
                else left.good_qty if left.what == "sorted" and left.decision == "done"
                else left.quantity)

    def _compute_proof_count(self):
        counts = dict(self.env["ir.attachment"]._read_group(self._proof_domain(), ["res_id"], ["__count"]))
        for left in self:
            left.proof_count = counts.get(left.id, 0)

    def _proof_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    # Records

    @api.model_create_multi
    def create(self, vals_list):
        goods = super().create(vals_list)
        goods._check_cap()
        return goods

    def write(self, vals):
        if not _PROOF.isdisjoint(vals):
            done = self.filtered(lambda left: left.decision == "done")
            if done:
                raise UserError(done[0]._frozen_sentence())
        result = super().write(vals)
        if "complaint_line_id" in vals:
            self.check_access("write")  # the other line may be of a company that is not his
        if {"complaint_line_id", "quantity"} & vals.keys():
            self._check_cap()
        return result

    def _frozen_sentence(self):
        """What was agreed with the customer and approved is kept as it was."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(goods)s is %(state)s and stays as it is. Cancel it where that is still possible, and propose another one.",
            goods=self.name, state=states[self.decision])

    def _check_cap(self):
        """:raises UserError: more would stay than the customer complains of and does not send back"""
        self.env["cx.guard"]._take_for(self.complaint_line_id)
        for line in self.complaint_line_id:
            if blocker := line._left_blocker(self.filtered(lambda left, line=line: left.complaint_line_id == line)[:1].name):
                raise UserError(blocker.sentence())

    # Verbs

    def action_approve(self):
        """Quality agrees that these goods stay at the customer."""
        self.env["cx.guard"]._take_for(self.complaint_line_id)
        self._transition("approve", {"approved_on": fields.Datetime.now(), "approved_by_id": self.env.uid})

    def action_finish(self):
        """It is proved that it happened; what was sorted bad is to be decided now."""
        self.env["cx.guard"]._take_for(self.complaint_line_id)
        self._transition("finish", {"finished_on": fields.Datetime.now(), "finished_by_id": self.env.uid})
        for left in self.filtered("bad_qty"):
            left.complaint_id.message_post(body=self.env._(
                "Sorted at the customer's: %(good)s %(unit)s of %(product)s are good, %(bad)s are bad and to be decided.",
                good=figure(left.good_qty), bad=figure(left.bad_qty), unit=left.product_uom_id.name,
                product=left.product_id.display_name))

    def action_cancel(self):
        """These goods are undecided again."""
        self._transition("cancel")

    def action_view_proofs(self):
        """Photos and certificates, ready to add one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Proof of %(goods)s", goods=self.display_name),
            "res_model": "ir.attachment",
            "view_mode": "kanban,form",
            "domain": self._proof_domain(),
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            blockers += self._blockers_consent()
            if over := self.complaint_line_id._left_blocker(self.name):
                blockers.append(over)
        elif verb == "finish":
            blockers += self._blockers_proof() + self._blockers_counts()
        return blockers

    def _blockers_consent(self):
        if self.consent_on and (self.consent_by or "").strip():
            return []
        return [Blocker(
            "consent_missing", self.name, self.env._("It is not recorded that the customer agreed."),
            self.env._("Enter when and who of the customer agreed."))]

    def _blockers_proof(self):
        """What was scrapped is proved by a photo or certificate, a day and a name."""
        blockers = []
        if self.what != "used" and not (self.proof_on and (self.proof_by or "").strip()):
            blockers.append(Blocker(
                "proof_missing", self.name, self.env._("It is not said when and by whom it was done."),
                self.env._("Fill in “Done On” and “Done By”.")))
        if self.what == "scrapped" and not self.env["ir.attachment"].search_count(self._proof_domain(), limit=1):
            blockers.append(Blocker(
                "certificate_missing", self.name, self.env._("Nothing proves that they were scrapped."),
                self.env._("Attach a photo or the certificate.")))
        return blockers

    def _blockers_counts(self):
        if self.what != "sorted" or self.product_uom_id.compare(self.good_qty + self.bad_qty, self.quantity) == 0:
            return []
        return [Blocker(
            "counts_differ", self.name,
            self.env._("%(good)s good and %(bad)s bad were counted of %(quantity)s %(unit)s.",
                       good=figure(self.good_qty), bad=figure(self.bad_qty), quantity=figure(self.quantity),
                       unit=self.product_uom_id.name),
            self.env._("Correct the counts; they add up to what was sorted."))]
