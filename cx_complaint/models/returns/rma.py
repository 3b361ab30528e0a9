from odoo import api, fields, models

from ...rules.transition import transition

STATES = [
    ("draft", "Draft"),
    ("submitted", "Submitted"),
    ("authorised", "Authorised"),
    ("receiving", "Receiving"),
    ("received", "Received"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("expired", "Expired"),
    ("cancelled", "Cancelled"),
]
_MAY = ("cx_complaint.group_service", "cx_complaint.group_sales")


class Rma(models.Model):
    """Permission for one customer's goods to come back. Posts nothing; its quantities come from done moves."""

    _name = "cx.rma"
    _description = "Return Authorisation"
    _inherit = ["portal.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _mail_post_access = "read"

    _TRANSITIONS = {
        "submit": transition("draft", "submitted", *_MAY),
        "authorise": transition("draft submitted", "authorised", *_MAY),
        "refuse": transition("draft submitted", "refused", *_MAY),
        "distribute": transition("submitted authorised receiving", None, *_MAY, "cx_complaint.group_planning"),
        "tell_customer": transition("authorised receiving", None, *_MAY),
        "ship": transition("authorised receiving", None, *_MAY, "cx_complaint.group_quality"),
        "expire": transition("authorised", "expired", *_MAY),
        "cancel": transition("draft submitted authorised expired", "cancelled", *_MAY),
        "redraft": transition("submitted refused cancelled expired", "draft", *_MAY),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "submitted_on", "submitted_by_id", "distributed_on", "authorised_on", "authorised_by_id",
        "customer_told_on", "shipped_on",
    })
    _SHOWN_VERBS = ("authorise",)

    name = fields.Char(string="RMA Number", default="/", readonly=True, copy=False, index="trigram")
    return_number = fields.Char(
        default="/", readonly=True, copy=False, index="trigram", help="Number that the returned goods carry.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True,
        default=lambda self: self.env["stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1),
        help="Receives the goods into its quarantine.")
    kind_id = fields.Many2one(
        "cx.rma.kind", required=True, check_company=True, default=lambda self: self.env["cx.rma.kind"].search([], limit=1))
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, check_company=True, index=True,
                                 tracking=True)
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user, tracking=True)
    line_ids = fields.One2many("cx.rma.line", "rma_id", string="Lines", copy=True)
    complaint_ids = fields.Many2many("cx.complaint", compute="_compute_complaint_ids", string="Complaints")
    picking_ids = fields.Many2many("stock.picking", compute="_compute_picking_ids", string="Receipts")

    limit_date = fields.Date(string="To Be Handled By", help="Limit date set by the customer.")
    requirement = fields.Text(string="Customer's Requirement")
    urgency = fields.Selection([("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")], default="0")
    is_replenishment_wanted = fields.Boolean(
        string="Replenish at Once", help="The customer wants goods before the return is handled: the rate comes first.")
    is_contract_needed = fields.Boolean(string="Customs Contract Needed")
    is_unused = fields.Boolean(string="Returned Unused")
    instructions = fields.Html(string="Return Instructions", help="What the customer is told: packing, label, address.")
    carrier_name = fields.Char(string="Carrier")
    tracking_number = fields.Char(index="btree_not_null")
    expiry_date = fields.Date(help="After this day an authorisation that nobody used expires.")

    decision = fields.Selection(
        [(state, label) for state, label in STATES if state not in ("receiving", "received", "done")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, copy=False)
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    distributed_on = fields.Datetime(readonly=True, copy=False)
    authorised_on = fields.Datetime(readonly=True, copy=False)
    authorised_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    customer_told_on = fields.Datetime(readonly=True, copy=False)
    shipped_on = fields.Datetime(string="Shipped by the Customer On", readonly=True, copy=False)
    refusal_reason = fields.Char(copy=False)

    @api.depends("decision")
    def _compute_state(self):
        for rma in self:
            rma.state = rma.decision

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.rma") or "/"
        return super().create(vals_list)
