from odoo import Command, api, fields, models

from ...rules.blocker import Blocker
from ...rules.transition import transition
from ..procedure.rulebook_lists import PARTIES

_SEE = ("cx_complaint.group_sales", "cx_complaint.group_service", "cx_complaint.group_quality", "cx_complaint.group_engineering")
_SEND = ("cx_complaint.group_sales", "cx_complaint.group_service", "cx_complaint.group_quality")
# what was seen, and what was concluded from it
_SEEN = frozenset({
    "complaint_id", "site_partner_id", "place", "confirmed_on", "user_id", "confirmer_name", "contact_name", "line_ids",
    "finding", "agreement", "party", "department_id", "companion_ids"})


class SiteCheck(models.Model):
    """The reason of a return as somebody confirmed it where the goods are: at the customer's or the end user's.

    Who saw it, when and where, what was found of each line, whom it points to. What was said there is a finding of sales; who
    answers for the cause is named in the case.

    :source: S2.09-15, S2.12-12
    """

    _name = "cx.site.check"
    _description = "On-Site Confirmation"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "id desc"

    _SERIES = "cx.site.check"
    _TRANSITIONS = {
        "call": transition("draft", None, *_SEND),
        "finish": transition("draft", "done", *_SEE),
        "cancel": transition("draft", "cancelled", *_SEND),
        "reopen": transition("done cancelled", "draft", *_SEND),
    }
    _BY_VERB_ONLY = frozenset({"decision", "called_on", "called_by_id", "finished_on", "finished_by_id", "appraised_on"})
    _CASES = "complaint_id"
    _SHOWN_VERBS = ("finish",)
    _FROZEN_DECISIONS = frozenset({"done", "cancelled"})
    _FROZEN_FIELDS = _SEEN

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    complaint_id = fields.Many2one(
        "cx.complaint", required=True, check_company=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="complaint_id.partner_id", string="Customer", store=True, index=True)

    # where, when, who
    site_partner_id = fields.Many2one(
        "res.partner", string="Site Visited", check_company=True, compute="_compute_site_partner_id", store=True, readonly=False,
        precompute=True, help="The customer or end user at whose site the goods are.")
    place = fields.Char(string="Place There", help="Plant, line, store, dock.")
    confirmed_on = fields.Datetime(string="Seen On", copy=False, tracking=True)
    user_id = fields.Many2one(
        "res.users", string="Confirmed By", required=True, default=lambda self: self.env.user, tracking=True,
        domain="[('share', '=', False)]", help="The regional manager or the person of the sales point who answers for it.")
    confirmer_name = fields.Char(string="Seen By", help="Whom he sent, if he was not there himself.")
    contact_name = fields.Char(string="Of the Customer", help="Who of the customer or end user was there.")

    # what
    line_ids = fields.One2many(
        "cx.site.check.line", "check_id", string="Goods", compute="_compute_line_ids", store=True, readonly=False)
    finding = fields.Text(help="What was seen, and why the goods come back.")
    agreement = fields.Text(string="Agreed There", help="What was negotiated with the customer, if anything.")
    party = fields.Selection(PARTIES, string="Responsible Party", tracking=True, help="Whom the reason points to.")
    department_id = fields.Many2one(
        "cx.department", string="Department Found Responsible", check_company=True, index="btree_not_null",
        help="Our department that the reason points to, as seen there.")
    photo_count = fields.Integer(string="Photos", compute="_compute_photo_count")

    # life
    decision = fields.Selection(
        [("draft", "To be confirmed"), ("done", "Done"), ("cancelled", "Cancelled")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    finished_on = fields.Datetime(readonly=True, copy=False)
    finished_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    appraised_on = fields.Datetime(string="Appraisal Issued On", readonly=True, copy=False)

    @api.depends("complaint_id")
    def _compute_site_partner_id(self):
        for check in self:
            case = check.complaint_id
            check.site_partner_id = case.end_customer_id or case.partner_id or check.site_partner_id

    @api.depends("complaint_id")
    def _compute_line_ids(self):
        """All goods of the case, unless somebody has chosen some of them."""
        for check in self:
            if check.line_ids.complaint_line_id.complaint_id != check.complaint_id:
                check.line_ids = [Command.clear()] + [
                    Command.create({"complaint_line_id": line.id})
                    for line in check.complaint_id._origin.line_ids if line.product_id]

    def _compute_photo_count(self):
        counts = dict(self.env["ir.attachment"]._read_group(self._photo_domain(), ["res_id"], ["__count"]))
        for check in self:
            check.photo_count = counts.get(check.id, 0)

    def _photo_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids)]

    # Records

    def _frozen_sentence(self):
        """What was confirmed is kept as it was."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(check)s is %(state)s and stays as it is. Reopen it to change it, or confirm the reason once more.",
            check=self.name, state=states[self.decision].lower())

    # Verbs

    def action_finish(self):
        """The reason is confirmed; the case knows it."""
        self._transition("finish", {"finished_on": fields.Datetime.now(), "finished_by_id": self.env.uid})
        for check in self:
            check.sudo().complaint_id.message_post(body=self.env._(  # sudo: cx.complaint - the news of its own goods
                "%(check)s: the reason of the return was confirmed at %(site)s by %(name)s. %(finding)s",
                check=check.name, site=check.site_partner_id.display_name, name=check._confirmer(),
                finding=check._finding_text()))

    def action_cancel(self):
        """Nobody goes there after all."""
        self._transition("cancel")

    def action_reopen(self):
        """What was confirmed is looked at once more; papers that were issued stay."""
        self._transition("reopen", {"finished_on": False, "finished_by_id": False})

    def action_view_photos(self):
        """Photos of what was seen, ready to add one."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Photos of %(check)s", check=self.display_name),
            "res_model": "ir.attachment",
            "view_mode": "kanban,form",
            "domain": self._photo_domain(),
            "context": {"default_res_model": self._name, "default_res_id": self.id},
        }

    def _confirmer(self):
        """Who really was there."""
        self.ensure_one()
        return (self.confirmer_name or "").strip() or self.user_id.name or ""

    def _finding_text(self):
        """What was found, of each line and on the whole."""
        self.ensure_one()
        return " ".join(filter(None, [*(line._sentence() for line in self.line_ids), (self.finding or "").strip()]))

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish":
            blockers += self._blockers_seen() + self._blockers_found()
        return blockers

    def _blocker(self, code, text, way_out, record=None):
        return Blocker(code, record or self.display_name, text, way_out)

    def _blockers_seen(self):
        blockers = []
        if not self.site_partner_id:
            blockers.append(self._blocker(
                "site_missing", self.env._("It is not said where it was seen."), self.env._("Choose the site.")))
        if not self.confirmed_on:
            blockers.append(self._blocker(
                "moment_missing", self.env._("It is not said when it was seen."), self.env._("Fill in “Seen On”.")))
        elif self.confirmed_on > fields.Datetime.now():
            blockers.append(self._blocker(
                "moment_ahead", self.env._("“Seen On” is still to come."),
                self.env._("Finish it when you have been there.")))
        return blockers

    def _blockers_found(self):
        blockers = [
            self._blocker(
                "result_missing", self.env._("It is not said what was found of it."),
                self.env._("Choose the result, and write the reason found where it is another one."),
                record=line.display_name)
            for line in self.line_ids if not line._says_what_was_found()]
        if not self.line_ids and not (self.finding or "").strip():
            blockers.append(self._blocker(
                "finding_missing", self.env._("It is not said what was found."), self.env._("Write the finding.")))
        if not self.party:
            blockers.append(self._blocker(
                "party_missing", self.env._("It is not said whom the reason points to."),
                self.env._("Choose the responsible party, or “Not established”.")))
        return blockers
