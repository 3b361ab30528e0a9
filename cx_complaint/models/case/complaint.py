from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import email_normalize

from ...rules.matching import phone_key
from ...rules.stages import stage_of
from ...rules.transition import transition
from ..procedure.guidance import MOODS
from ..procedure.time_texts import moment_text
from .by_code import BY_CODE, is_by_code

STATES = [
    ("new", "New"),
    ("confirmed", "Confirmed"),
    ("investigation", "Investigation"),
    ("solution", "Solution"),
    ("execution", "Execution"),
    ("followup", "Follow-up"),
    ("closed", "Closed"),
    ("cancelled", "Cancelled"),
]
_OPEN = "confirmed investigation solution execution followup"
# moment: how many years back and ahead it may lie
_REACH = (("received_on", 20, 1000), ("agreed_on", 20, 20))  # what is still to come is refused below
_CLOCK_SKEW = {"minutes": 5}  # a browser's clock may be a little ahead of the server's


class Complaint(models.Model):
    """The case: who complains of what, what was decided, and when. Goods and money run on records of their own."""

    _name = "cx.complaint"
    _description = "Customer Complaint"
    _inherit = ["portal.mixin", "rating.mixin", "mail.thread.cc", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "received_on desc, id desc"
    _mail_post_access = "read"

    # the table of the whole life; a verb without a decision passes a gate
    _TRANSITIONS = {
        "confirm": transition("new", None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "investigate": transition("confirmed", None, "cx_complaint.group_service", "cx_complaint.group_quality"),
        "conclude": transition(
            "confirmed investigation", None, "cx_complaint.group_service", "cx_complaint.group_quality"),
        "decide": transition(
            "confirmed investigation solution", None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "answer": transition(_OPEN, None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "close": transition(_OPEN, "closed", "cx_complaint.group_service"),
        "transfer": transition(f"new {_OPEN}", None, "cx_complaint.group_service"),
        "record_result": transition(f"new {_OPEN}", None, "cx_complaint.group_service"),
        "give_back": transition(f"new {_OPEN}", "cancelled", "cx_complaint.group_service"),
        "wait": transition(
            f"new {_OPEN}", None, "cx_complaint.group_service", "cx_complaint.group_sales", "cx_complaint.group_quality"),
        "resume": transition(
            f"new {_OPEN}", None, "cx_complaint.group_service", "cx_complaint.group_sales", "cx_complaint.group_quality"),
        "cancel": transition("new confirmed", "cancelled", "cx_complaint.group_service"),
        "reopen": transition("closed cancelled", "open", "cx_complaint.group_service"),
    }
    # verbs that are also for who handles the case or has one of its tasks, and the field that says so to the form
    _ALSO_BY = {"wait": "can_wait", "resume": "can_wait"}
    # the stage is the earliest of these that no gate has let the case leave; a later gate passes an earlier one that
    # was skipped: what is settled at once needs no investigation
    _GATES = (
        ("new", ("confirmed_on",)),
        ("confirmed", ("investigation_on", "concluded_on", "decided_on")),
        ("investigation", ("concluded_on", "decided_on")),
        ("solution", ("decided_on",)),
        ("execution", ("is_work_done",)),
    )
    _BY_VERB_ONLY = frozenset({
        "decision", "confirmed_on", "confirmed_by_id", "investigation_on", "concluded_on", "concluded_by_id",
        "decided_on", "decided_by_id", "answered_on", "answered_by_id", "settled_on", "closed_on", "closed_by_id",
        "cancel_reason", "procedure_id", "is_procedure_moved", "severity_floor", "batch_class", "responsible_named_on",
        "route_id", "routed_user_id", "reopened_on", "agreed_set_on",
    })
    _SHOWN_VERBS = ("confirm", "close")

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    summary = fields.Char(required=True, tracking=True, help="What the customer says, in one sentence.")
    kind_id = fields.Many2one(
        "cx.complaint.kind", check_company=True, index="btree_not_null", tracking=True,
        default=lambda self: self.env.ref("cx_complaint.complaint_kind_complaint", raise_if_not_found=False))
    is_counted = fields.Boolean(
        compute="_compute_is_counted", store=True, string="Counts as Complaint",
        help="As its kind says; a case that another company of the group handles counts there.")
    category_id = fields.Many2one("cx.category", check_company=True, index="btree_not_null", tracking=True)
    channel_id = fields.Many2one("cx.channel", check_company=True, index="btree_not_null")

    # who
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null", tracking=True,
        help="Who bought. May be unknown until the complaint is confirmed.",
    )
    commercial_partner_id = fields.Many2one(
        related="partner_id.commercial_partner_id", store=True, index="btree_not_null", string="Customer's Company")
    caller_name = fields.Char(string="Caller", help="Who told us, as he gave his name.")
    phone = fields.Char(compute="_compute_phone", store=True, readonly=False, precompute=True)
    phone_key = fields.Char(compute="_compute_phone_key", store=True, index="btree_not_null")
    email = fields.Char(compute="_compute_email", store=True, readonly=False, precompute=True)
    email_key = fields.Char(compute="_compute_email_key", store=True, index="btree_not_null")
    complainant_id = fields.Many2one(
        "res.partner", check_company=True, help="Who complains, where it is not who bought.")
    end_customer_id = fields.Many2one(
        "res.partner", check_company=True, index="btree_not_null",
        help="The dealer's customer who uses the goods.")
    transferred_by_id = fields.Many2one(
        "res.partner", string="Passed On By", check_company=True,
        help="Authority, association, medium or group colleague who passed it on; gets a reply as well.",
    )
    is_outside_channel = fields.Boolean(related="channel_id.is_outside")
    reference_ids = fields.One2many("cx.complaint.reference", "complaint_id", string="Customer's References")
    receiver_id = fields.Many2one(
        "res.users", string="Received By", required=True, copy=False, default=lambda self: self.env.user, index=True)
    first_responsible_id = fields.Many2one(
        "res.users", tracking=True, index="btree_not_null", copy=False,
        compute="_compute_first_responsible_id", store=True, readonly=False, precompute=True,
        help="Stays responsible towards the customer, whoever handles it.")
    department_id = fields.Many2one(
        "cx.department", check_company=True, index="btree_not_null", tracking=True,
        compute="_compute_department_id", store=True, readonly=False, precompute=True,
        help="Handles the case; proposed from the categories that departments take.")
    handler_id = fields.Many2one(
        "res.users", tracking=True, index="btree_not_null", copy=False,
        compute="_compute_handler_id", store=True, readonly=False, precompute=True,
        help="Works on it now. Proposed: who is on duty in the department.")

    # when
    customer_date = fields.Date(string="Customer's Date", copy=False, help="Date on the customer's letter or mail.")
    occurred_on = fields.Datetime()
    occurred_place = fields.Char(string="Place of Occurrence")
    persons = fields.Char(string="Persons Involved")
    received_on = fields.Datetime(
        required=True, default=fields.Datetime.now, tracking=True, copy=False, index=True,
        help="When it really reached us, also when it is registered later.")
    registered_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now, copy=False)

    # what
    description = fields.Html(help="Course of events, result; crux and key points, as the customer tells it.")
    judgement = fields.Char(
        string="First Judgement", copy=False, help="What we think of it at first sight, before any investigation.")
    demand = fields.Text(string="Customer's Demand", help="What the customer asks for, in his words.")
    demand_reason = fields.Text(string="Reason for the Demand")
    severity = fields.Selection(
        [("minor", "Minor"), ("normal", "Normal"), ("major", "Major"), ("critical", "Critical")],
        default="normal", required=True, tracking=True)
    urgency = fields.Selection(
        [("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")], default="0", tracking=True, copy=False)
    mood = fields.Selection(MOODS, copy=False)
    has_business_loss = fields.Boolean(string="Business Loss", help="The customer lost business because of it.")
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_currency_id", store=True, readonly=False, precompute=True)
    claimed_amount = fields.Monetary(string="Amount Claimed")
    claimed_form = fields.Char(string="Form of Compensation Wanted")
    line_ids = fields.One2many("cx.complaint.line", "complaint_id", string="Lines", copy=True)

    # life
    decision = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="open", required=True, readonly=True, copy=False)
    has_open_work = fields.Boolean(
        compute="_compute_has_open_work", store=True,
        help="Goods or money of the case are under way.")
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, index=True, tracking=True, copy=False,
        help="The earliest gate that is not passed yet.")
    outcome = fields.Selection(
        [
            ("established", "Established"),
            ("not_established", "Not established"),
            ("customer", "Customer's responsibility"),
            ("settled_at_once", "Settled at once"),
            ("withdrawn", "Withdrawn"),
            ("duplicate", "Duplicate"),
            ("transferred", "Transferred"),
            ("disputed", "Disputed"),
        ],
        tracking=True, copy=False)
    duplicate_of_id = fields.Many2one(
        "cx.complaint", check_company=True, index="btree_not_null", copy=False, tracking=True,
        help="The case under which the same matter is handled.")
    is_read_back = fields.Boolean(
        string="Read Back", copy=False, tracking=True,
        help="Name, address, phone and content were repeated to the customer in our words, and he agreed.")
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    investigation_on = fields.Datetime(string="Investigation Started On", readonly=True, copy=False)
    concluded_on = fields.Datetime(readonly=True, copy=False)
    concluded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    conclusion = fields.Html(string="Finding", copy=False)
    decided_on = fields.Datetime(string="Solution Decided On", readonly=True, copy=False)
    decided_by_id = fields.Many2one("res.users", string="Solution Decided By", readonly=True, copy=False)
    solution = fields.Html(copy=False, help="What we propose, after asking what the customer wants.")
    answered_on = fields.Datetime(readonly=True, copy=False)
    answered_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    answer = fields.Html(string="Answer to the Customer", copy=False)
    acceptance = fields.Selection(
        [("accepted", "Accepted"), ("refused", "Not accepted"), ("silent", "No reaction")],
        string="Customer's Reaction", copy=False, tracking=True, help="How the customer took our answer.")
    settled_on = fields.Datetime(
        string="Settled with the Customer On", compute="_compute_settled_on", store=True, copy=False,
        help="Answered, and nothing owed to the customer any more. The case may stay open behind it.")
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    cancel_reason = fields.Char(readonly=True, copy=False)

    @api.depends("partner_id")
    def _compute_phone(self):
        for complaint in self:
            complaint.phone = complaint.phone or complaint.partner_id.phone

    @api.depends("partner_id")
    def _compute_email(self):
        for complaint in self:
            complaint.email = complaint.email or complaint.partner_id.email

    @api.depends("phone")
    def _compute_phone_key(self):
        for complaint in self:
            complaint.phone_key = phone_key(complaint.phone)

    @api.depends("email")
    def _compute_email_key(self):
        for complaint in self:
            complaint.email_key = email_normalize(complaint.email)

    @api.depends("receiver_id")
    def _compute_first_responsible_id(self):
        for complaint in self:
            complaint.first_responsible_id = complaint.first_responsible_id or complaint.receiver_id

    @api.depends("category_id", "company_id")
    def _compute_department_id(self):
        routes = self.env["cx.department"].sudo()._route(self.company_id, self.category_id)  # sudo: cx.department - names
        for complaint in self:
            complaint.department_id = (
                routes.get((complaint.company_id.id, complaint.category_id.id)) or complaint.department_id)

    @api.depends("department_id")
    def _compute_handler_id(self):
        for complaint in self:
            complaint.handler_id = complaint.handler_id or complaint.department_id._person_on_duty()

    @api.depends("company_id")
    def _compute_currency_id(self):
        for complaint in self:
            complaint.currency_id = complaint.currency_id or complaint.company_id.currency_id

    @api.depends("rma_line_ids.rma_id.state", "rma_line_ids.disposition_ids.state", "settlement_ids.state")
    def _compute_has_open_work(self):
        # an unchanged value is not written again; the rest is what is computed next, in one query
        self.fetch(["has_open_work", "state", "decision", "answered_on", "settled_on", *self._passed_gates_fields()])
        for complaint in self:
            complaint.has_open_work = complaint._is_work_open()

    @api.depends("decision", "confirmed_on", "investigation_on", "concluded_on", "decided_on", "has_open_work")
    def _compute_state(self):
        self.fetch(["state"])  # an unchanged state is not written again
        for complaint in self:
            passed = {**complaint._passed_gates(), "is_work_done": not complaint.has_open_work}
            complaint.state = (
                stage_of(passed, self._GATES, "followup") if complaint.decision == "open" else complaint.decision)

    @api.depends("answered_on", "settlement_ids.state")
    def _compute_settled_on(self):
        """The moment at which both hold: answered, and nothing owed to the customer; it stays as long as they do."""
        self.fetch(["settled_on"])
        for complaint in self:
            is_settled = complaint.answered_on and not complaint._open_settlements()
            complaint.settled_on = is_settled and (complaint.settled_on or fields.Datetime.now())

    def _passed_gates(self):
        """When each gate was passed, by the name of its field."""
        return {name: self[name] for name in self._passed_gates_fields()}

    def _passed_gates_fields(self):
        return [name for _stage, names in self._GATES for name in names if name in self._fields]

    @api.constrains("received_on", "agreed_on")
    def _check_moments_within_reach(self):
        """Working time is counted from one to the other, which nobody waits for over centuries."""
        now = fields.Datetime.now()
        for complaint in self:
            for name, years_back, years_ahead in _REACH:
                moment = complaint[name]
                if moment and not fields.Datetime.subtract(now, years=years_back) <= moment <= (
                        fields.Datetime.add(now, years=years_ahead)):
                    raise ValidationError(self.env._(
                        "%(complaint)s: the year %(year)s is no possible one for “%(field)s”. Check the date.",
                        complaint=complaint.display_name, year=moment.year,
                        field=self._fields[name]._description_string(self.env)))

    @api.constrains("received_on")
    def _check_received_in_the_past(self):
        latest = fields.Datetime.add(fields.Datetime.now(), **_CLOCK_SKEW)
        for complaint in self:
            if complaint.received_on > latest:
                raise ValidationError(self.env._(
                    "%(complaint)s cannot have been received on %(date)s, which is still to come. Enter the time at"
                    " which it really reached us.",
                    complaint=complaint.display_name,
                    date=moment_text(self.env, complaint.received_on, complaint.company_id),
                ))

    @api.constrains("partner_id")
    def _check_customer_is_external(self):
        for complaint in self:
            if complaint.partner_id and complaint.commercial_partner_id == complaint.company_id.partner_id:
                raise ValidationError(self.env._(
                    "%(complaint)s: %(company)s is your own company. Enter the customer; what goes wrong inside is no"
                    " customer complaint.",
                    complaint=complaint.display_name, company=complaint.company_id.name))

    @api.constrains("claimed_amount")
    def _check_claimed_amount_not_negative(self):
        for complaint in self:
            if complaint.claimed_amount < 0:
                raise ValidationError(self.env._(
                    "%(complaint)s: the customer cannot claim %(amount)s. Enter the amount without a sign.",
                    complaint=complaint.display_name, amount=complaint.currency_id.format(complaint.claimed_amount)))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                if not self._is_numbered_later(company):
                    vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.complaint") or "/"
        # its lines belong to what the case starts with, and are no change of it
        complaints = super(Complaint, self.with_context(cx_is_registered=BY_CODE)).create(vals_list).with_env(self.env)
        complaints._start_under_rulebook(vals_list)
        complaints._record_intake()
        complaints._subscribe_named()
        complaints._update_activities()
        return complaints

    def write(self, vals):
        if not {"handler_id", "department_id", "category_id"} & vals.keys() or is_by_code(self.env, "cx_is_registered"):
            return super().write(vals)
        handlers = {complaint: complaint.handler_id for complaint in self}
        result = super().write(vals)
        self.filtered(lambda complaint: complaint.handler_id != handlers[complaint])._update_activities()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_worked_on(self):
        for complaint in self:
            if complaint.state not in ("new", "cancelled") or complaint.line_ids.rma_line_ids or (
                complaint.settlement_ids
            ):
                raise UserError(self.env._(
                    "%(complaint)s was worked on and stays in the register. Cancel or close it instead.",
                    complaint=complaint.display_name))
