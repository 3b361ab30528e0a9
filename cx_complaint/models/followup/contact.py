from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import email_normalize

from ...rules.matching import phone_key

# only when the customer comes to us it is counted how often he had to
_COUNTED = frozenset({"intake", "repeat"})
_SPOKEN = _COUNTED | {"opinion"}


class Contact(models.Model):
    """A word with the customer, planned or done. A second call about an open case is a repeat contact."""

    _name = "cx.contact"
    _description = "Customer Contact"
    _check_company_auto = True
    _order = "contacted_on desc, id desc"
    _rec_name = "summary"

    complaint_id = fields.Many2one("cx.complaint", index="btree_not_null", ondelete="cascade", check_company=True)
    company_id = fields.Many2one(
        "res.company", required=True, index=True, compute="_compute_company_id", store=True, readonly=False,
        precompute=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null",
        compute="_compute_partner_id", store=True, readonly=False, precompute=True)
    kind = fields.Selection([
        ("intake", "First report"), ("repeat", "Repeat contact"), ("callback", "Call-back"), ("opinion", "First opinion"),
        ("told", "Told"),
    ], required=True, default="repeat")
    nth = fields.Integer(
        string="n-th Contact", readonly=True, copy=False, aggregator="max",
        help="How often the customer had come to us by then; 1 is the first report. 0: we came to him.")
    channel_id = fields.Many2one("cx.channel", check_company=True)
    caller_name = fields.Char(string="Caller")
    phone = fields.Char()
    phone_key = fields.Char(compute="_compute_keys", store=True, index="btree_not_null")
    email = fields.Char()
    email_key = fields.Char(compute="_compute_keys", store=True, index="btree_not_null")
    contacted_on = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Spoken By", required=True, default=lambda self: self.env.user)
    summary = fields.Char(required=True)

    @api.depends("complaint_id")
    def _compute_company_id(self):
        for contact in self:
            contact.company_id = contact.complaint_id.company_id or contact.company_id or self.env.company

    @api.depends("complaint_id")
    def _compute_partner_id(self):
        for contact in self:
            contact.partner_id = contact.partner_id or contact.complaint_id.partner_id

    @api.depends("phone", "email")
    def _compute_keys(self):
        for contact in self:
            contact.phone_key = phone_key(contact.phone)
            contact.email_key = email_normalize(contact.email)

    @api.constrains("contacted_on", "kind")
    def _check_contacted_in_the_past(self):
        """A word that counts has been spoken; only call-backs are planned."""
        latest = fields.Datetime.add(fields.Datetime.now(), minutes=5)
        for contact in self:
            if contact.kind in _SPOKEN and contact.contacted_on > latest:
                raise ValidationError(self.env._(
                    "“%(contact)s” cannot have been said in the future. Enter when it was, or plan a call-back.",
                    contact=contact.summary))

    @api.model_create_multi
    def create(self, vals_list):
        # the case may be said by the action by which the user came as well
        vals_list = [
            {**self.default_get([name for name in ("complaint_id", "kind") if name not in vals]), **vals, "nth": 0}
            for vals in vals_list]
        complaints = self.env["cx.complaint"].browse(
            {vals["complaint_id"] for vals in vals_list if vals.get("complaint_id")})
        complaints.check_access("read")
        self.env["cx.guard"]._take_for(complaints)  # two callers at once must not both be the second
        counts = self._count_by_complaint(complaints)
        for vals in vals_list:
            complaint_id = vals.get("complaint_id")
            if complaint_id and vals.get("kind", "repeat") in _COUNTED:
                counts[complaint_id] = vals["nth"] = counts.get(complaint_id, 0) + 1
        contacts = super().create(vals_list)
        contacts._tell_handlers()
        contacts.filtered(lambda contact: contact.kind == "repeat").complaint_id._on_customer_spoke()
        return contacts

    def write(self, vals):
        if "nth" in vals and not self.env.su:
            raise AccessError(self.env._(
                "How often the customer came is counted and written by nobody. Record another contact instead."))
        return super().write(vals)

    def _tell_handlers(self):
        """Whoever follows a case hears that the customer had to come again."""
        for contact in self.filtered(lambda contact: contact.complaint_id and contact.nth > 1):
            # sudo: cx.complaint - who took the call may have no right to the case
            contact.sudo().complaint_id.message_post(
                body=self.env._("Contact no. %(nth)s: %(summary)s", nth=contact.nth, summary=contact.summary),
                subtype_xmlid="cx_complaint.mt_complaint_repeat")

    @api.model
    def _count_by_complaint(self, complaints):
        """Highest n-th so far of each complaint that has contacts, by id."""
        # sudo: cx.contact - the count goes over everybody's contacts, also those the caller may not read
        groups = self.sudo()._read_group(
            [("complaint_id", "in", complaints.ids), ("nth", ">", 0)], ["complaint_id"], ["nth:max"])
        return {complaint.id: nth for complaint, nth in groups}
