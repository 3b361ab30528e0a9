from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import email_normalize

from ..rules.matching import phone_key


class ComplaintIntake(models.TransientModel):
    """What anybody who picks up the phone writes down: who, one sentence, how to call back, when it reached us.

    Open cases of the caller are shown first, so that a second call joins the case instead of starting another one.
    """

    _name = "cx.complaint.intake"
    _description = "Register a Complaint"

    company_id = fields.Many2one("res.company", required=True, default=lambda self: self.env.company)
    caller_name = fields.Char(string="Who", help="Name as the caller gives it.")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", domain="[('company_id', 'in', (False, company_id))]",
        help="Leave empty when you do not know.")
    phone = fields.Char()
    email = fields.Char()
    summary = fields.Char(string="What Happened", required=True, help="One sentence, in the caller's words.")
    received_on = fields.Datetime(
        string="Reached Us On", required=True, default=fields.Datetime.now,
        help="The true time, also when it was in the evening or on a holiday and you register it now.")
    channel_id = fields.Many2one(
        "cx.channel", domain="[('company_id', 'in', (False, company_id))]",
        default=lambda self: self.env.ref("cx_complaint.channel_phone", raise_if_not_found=False))
    urgency = fields.Selection(
        [("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")], default="0", required=True)
    guidance_html = fields.Html(string="Guidance", compute="_compute_guidance_html", sanitize=False)
    duty_text = fields.Char(compute="_compute_duty_text")
    attachment_ids = fields.Many2many("ir.attachment", string="Photos, Recordings", bypass_search_access=True)
    case_ids = fields.One2many(
        "cx.complaint.intake.case", "intake_id", compute="_compute_case_ids", store=True, readonly=False)
    is_repeat = fields.Boolean(compute="_compute_is_repeat")

    @api.depends("partner_id", "phone", "email", "company_id")
    def _compute_case_ids(self):
        for intake in self:
            intake.case_ids = [Command.clear()] + [
                Command.create({"number": case.name, "received_on": case.received_on, "summary": case.summary})
                for case in intake._matching_cases()
            ]

    @api.depends("case_ids.is_it")
    def _compute_is_repeat(self):
        for intake in self:
            intake.is_repeat = any(intake.case_ids.mapped("is_it"))

    @api.depends("urgency", "company_id")
    def _compute_duty_text(self):
        for intake in self:
            user = intake.urgency != "0" and intake._is_own_company() and self.env["cx.department"]._user_on_duty(intake.company_id)
            intake.duty_text = user and " ".join(filter(None, (user.name, user.phone)))

    @api.depends("channel_id", "company_id", "partner_id")
    def _compute_guidance_html(self):
        for intake in self:
            intake.guidance_html = intake._is_own_company() and self.env["cx.guidance"]._advice(
                intake.company_id, "intake", intake.channel_id, False,
                self.env["cx.procedure.choice"]._expected(intake.company_id, intake.partner_id, intake.channel_id),
                intake.partner_id.cx_customer_type)

    @api.onchange("partner_id")
    def _onchange_partner_id(self):
        self.phone = self.phone or self.partner_id.phone
        self.email = self.email or self.partner_id.email

    # Verbs

    def action_register(self):
        """Register a new case, also when the caller has others."""
        self.ensure_one()
        self._check_somebody()
        complaint = self.env["cx.complaint"].create(self._prepare_complaint_vals())
        self._attach_to(complaint)
        return self._open(complaint, self.env._("%(complaint)s is registered.", complaint=complaint.name))

    def action_repeat(self):
        """The call was about the case marked: note that the customer had to come to us again."""
        self.ensure_one()
        complaint = self._chosen_case()
        contact = self.env["cx.contact"].sudo().create(  # sudo: cx.contact - the case was matched with the caller
            {**self._prepare_contact_vals(), "complaint_id": complaint.id})
        self._attach_to(complaint)
        return self._open(complaint.sudo(False), self.env._(
            "Noted on %(complaint)s: the customer has come to us %(count)s times about it.",
            complaint=complaint.name, count=contact.nth))

    # Help

    def _matching_cases(self):
        """Open cases of this caller, as superuser: the form shows number, date and summary of them, nothing else."""
        self.ensure_one()
        callers = self._caller_domains()
        if not callers or not self._is_own_company():
            return self.env["cx.complaint"].sudo()
        # sudo: cx.complaint - whoever speaks with the caller is told that his case is open already
        return self.env["cx.complaint"].sudo().search(
            Domain("company_id", "=", self.company_id.id) & Domain("decision", "=", "open") & Domain.OR(callers),
            limit=20)

    def _is_own_company(self):
        """Whether the user works in the company: a client may send any, and of others he is told nothing."""
        return self.company_id in self.env.user.company_ids

    def _caller_domains(self):
        """By what an open case may be the caller's."""
        callers = [
            Domain(prefix + name, "=", key)
            for name, key in (("phone_key", phone_key(self.phone)), ("email_key", email_normalize(self.email)))
            for prefix in ("", "contact_ids.") if key
        ]
        if self.partner_id:
            callers.append(Domain("commercial_partner_id", "=", self.partner_id.commercial_partner_id.id))
        return callers

    def _chosen_case(self):
        """The case marked, looked up among those of the caller: a number posted from elsewhere finds nothing.

        :raises UserError: none or several are marked, or it is not an open case of this caller
        """
        marked = self.case_ids.filtered("is_it")
        if len(marked) != 1:
            raise UserError(self.env._("Mark the one case that the call is about."))
        case = self._matching_cases().filtered(lambda case: case.name == marked.number)
        if not case:
            raise UserError(self.env._(
                "%(number)s is not an open case of this caller any more. Register a new case.", number=marked.number))
        return case

    def _check_somebody(self):
        if not (self.partner_id or self.caller_name or self.phone or self.email):
            raise UserError(self.env._(
                "Nobody can be called back. Enter a name, the customer, a phone number or an e-mail address."))

    def _prepare_complaint_vals(self):
        return {
            **{name: self[name] for name in ("caller_name", "phone", "email", "summary", "received_on", "urgency")},
            **{name: self[name].id for name in ("company_id", "partner_id", "channel_id")},
        }

    def _prepare_contact_vals(self):
        return {
            "kind": "repeat",
            "channel_id": self.channel_id.id,
            "caller_name": self.caller_name,
            "phone": self.phone,
            "email": self.email,
            "contacted_on": self.received_on,
            "summary": self.summary,
        }

    def _attach_to(self, complaint):
        """Keep with the case what the caller sent: files that the user has just uploaded, never other people's."""
        files = self.attachment_ids.sudo().filtered(  # sudo: ir.attachment - his own, not yet linked to anything
            lambda file: file.create_uid == self.env.user and not file.res_id)
        if files:
            files.write({"res_model": complaint._name, "res_id": complaint.id})
            complaint.sudo().message_post(attachment_ids=files.ids)  # sudo: cx.complaint - he may only read it

    def _open(self, complaint, message):
        """Show the case to who may see it; everybody else learns that it was noted."""
        if complaint.has_access("read"):
            return {"type": "ir.actions.act_window", "res_model": "cx.complaint", "res_id": complaint.id,
                    "view_mode": "form", "views": [(False, "form")]}
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": message, "next": {"type": "ir.actions.act_window_close"}},
        }


class ComplaintIntakeCase(models.TransientModel):
    """An open case of the caller, as much of it as anybody may see."""

    _name = "cx.complaint.intake.case"
    _description = "Open Case of a Caller"

    intake_id = fields.Many2one("cx.complaint.intake", required=True, ondelete="cascade")
    number = fields.Char()
    received_on = fields.Datetime()
    summary = fields.Char()
    is_it = fields.Boolean(string="It Is This One")
