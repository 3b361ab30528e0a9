from odoo import api, fields, models

from ...rules.transition import transition

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


class Complaint(models.Model):
    """The case: who complains of what, what was decided, and when. Goods and money run on records of their own."""

    _name = "cx.complaint"
    _description = "Customer Complaint"
    _inherit = ["portal.mixin", "rating.mixin", "mail.thread.cc", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "received_on desc, id desc"
    _mail_post_access = "read"

    # the table of the whole life; the stage is the earliest gate that is not passed yet
    _TRANSITIONS = {
        "confirm": transition("new", None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "investigate": transition("confirmed", None, "cx_complaint.group_service", "cx_complaint.group_quality"),
        "conclude": transition(
            "confirmed investigation", None, "cx_complaint.group_service", "cx_complaint.group_quality"),
        "decide": transition(
            "confirmed investigation solution", None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "answer": transition(_OPEN, None, "cx_complaint.group_service", "cx_complaint.group_sales"),
        "close": transition(_OPEN, "closed", "cx_complaint.group_service"),
        "cancel": transition("new confirmed", "cancelled", "cx_complaint.group_service"),
        "reopen": transition("closed cancelled", "open", "cx_complaint.group_service"),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "confirmed_on", "confirmed_by_id", "investigation_on", "concluded_on", "concluded_by_id",
        "decided_on", "answered_on", "settled_on", "closed_on", "closed_by_id",
    })
    _SHOWN_VERBS = ("confirm", "close")

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    summary = fields.Char(required=True, tracking=True, help="What the customer says, in one sentence.")
    kind_id = fields.Many2one("cx.complaint.kind", check_company=True, index="btree_not_null", tracking=True)
    is_counted = fields.Boolean(related="kind_id.is_counted", store=True)
    category_id = fields.Many2one("cx.category", check_company=True, index="btree_not_null", tracking=True)
    channel_id = fields.Many2one("cx.channel", check_company=True)
    tag_color = fields.Integer()

    # who
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, index="btree_not_null", tracking=True,
        help="Who bought. May be unknown until the complaint is confirmed.",
    )
    caller_name = fields.Char(string="Caller", help="Who told us, as he gave his name.")
    phone = fields.Char(index="btree_not_null")
    email = fields.Char()
    complainant_id = fields.Many2one("res.partner", string="Complainant", check_company=True)
    end_customer_id = fields.Many2one(
        "res.partner", string="End Customer", check_company=True, help="The dealer's customer who uses the goods.")
    transferred_by_id = fields.Many2one(
        "res.partner", string="Passed On By", check_company=True,
        help="Authority, association, medium or group colleague who passed it on; gets a reply as well.",
    )
    reference_ids = fields.One2many("cx.complaint.reference", "complaint_id", string="Customer's References")
    receiver_id = fields.Many2one(
        "res.users", string="Received By", required=True, default=lambda self: self.env.user, index=True)
    first_responsible_id = fields.Many2one(
        "res.users", string="First Responsible", tracking=True, index="btree_not_null",
        help="Stays responsible towards the customer, whoever handles it.")
    handler_id = fields.Many2one("res.users", string="Handler", tracking=True, index="btree_not_null")
    department_id = fields.Many2one("cx.department", check_company=True, index="btree_not_null")

    # when
    customer_date = fields.Date(string="Customer's Date", help="Date on the customer's letter or mail.")
    occurred_on = fields.Datetime(string="Occurred On")
    occurred_place = fields.Char(string="Place of Occurrence")
    received_on = fields.Datetime(
        required=True, default=fields.Datetime.now, tracking=True,
        help="When it really reached us, also when it is registered later.")
    registered_on = fields.Datetime(required=True, readonly=True, default=fields.Datetime.now, copy=False)

    # what
    description = fields.Html(help="Time, place, persons, course of events, result; crux and key points.")
    demand = fields.Text(string="Customer's Demand", help="What the customer asks for, in his words.")
    demand_reason = fields.Text(string="Reason for the Demand")
    severity = fields.Selection(
        [("minor", "Minor"), ("normal", "Normal"), ("major", "Major"), ("critical", "Critical")],
        default="normal", required=True, tracking=True)
    urgency = fields.Selection([("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")], default="0")
    mood = fields.Selection([("calm", "Calm"), ("angry", "Angry"), ("anxious", "Anxious"), ("sad", "Sad"),
                             ("agitated", "Agitated")])
    has_business_loss = fields.Boolean(string="Business Loss", help="The customer lost business because of it.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id)
    claimed_amount = fields.Monetary(string="Amount Claimed")
    claimed_form = fields.Char(string="Form of Compensation Wanted")
    line_ids = fields.One2many("cx.complaint.line", "complaint_id", string="Lines", copy=True)
    lot_text = fields.Char(string="Lot/Serial", store=False, help="Type a lot or serial number to find its delivery.")

    # life
    decision = fields.Selection(
        [("open", "Open"), ("closed", "Closed"), ("cancelled", "Cancelled")],
        default="open", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, copy=False,
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
        tracking=True)
    duplicate_of_id = fields.Many2one("cx.complaint", check_company=True, index="btree_not_null")
    confirmed_on = fields.Datetime(readonly=True, copy=False)
    confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    investigation_on = fields.Datetime(string="Investigation Started On", readonly=True, copy=False)
    concluded_on = fields.Datetime(readonly=True, copy=False)
    concluded_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    conclusion = fields.Html(string="Finding")
    decided_on = fields.Datetime(string="Solution Decided On", readonly=True, copy=False)
    solution = fields.Html(string="Solution")
    answered_on = fields.Datetime(readonly=True, copy=False)
    answer = fields.Html(string="Answer to the Customer")
    settled_on = fields.Datetime(string="Settled with the Customer On", readonly=True, copy=False)
    closed_on = fields.Datetime(readonly=True, copy=False)
    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.depends("decision", "confirmed_on", "investigation_on", "concluded_on", "decided_on", "answered_on")
    def _compute_state(self):
        for complaint in self:
            complaint.state = complaint.decision if complaint.decision != "open" else "new"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.complaint") or "/"
        return super().create(vals_list)
