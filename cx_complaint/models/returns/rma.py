from datetime import datetime, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.quantities import rma_state
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
_BATCH = 100  # authorisations that expire in one transaction
_MAY = ("cx_complaint.group_service", "cx_complaint.group_sales")
# what an authorisation fixes besides the lines: whose goods come back, and where to
_FIXED = ("company_id", "partner_id", "warehouse_id", "kind_id")


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
        "ask_customer": transition("draft submitted authorised receiving", None, *_MAY, "cx_complaint.group_quality"),
        "mark": transition("draft submitted authorised receiving", None, *_MAY),
        "ship": transition("authorised receiving", None, *_MAY, "cx_complaint.group_quality"),
        "expect": transition("authorised receiving", None, *_MAY, "cx_complaint.group_planning"),
        "expire": transition("authorised", "expired", *_MAY),
        "cancel": transition("draft submitted authorised expired", "cancelled", *_MAY),
        "redraft": transition("submitted refused cancelled expired", "draft", *_MAY),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "requested_on", "submitted_on", "submitted_by_id", "distributed_on", "authorised_on", "authorised_by_id",
        "customer_told_on", "shipped_on", "refusal_reason", "marked_on", "marked_by_id",
    })
    _SHOWN_VERBS = ("authorise", "tell_customer")

    name = fields.Char(string="RMA Number", default="/", readonly=True, copy=False, index="trigram")
    return_number = fields.Char(
        default="/", readonly=True, copy=False, index="trigram", help="Number that the returned goods carry.")
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True,
        compute="_compute_company_defaults", store=True, readonly=False, precompute=True,
        help="Receives the goods into its quarantine.")
    kind_id = fields.Many2one(
        "cx.rma.kind", required=True, check_company=True,
        compute="_compute_company_defaults", store=True, readonly=False, precompute=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, check_company=True, index=True,
                                 tracking=True)
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user, tracking=True)
    line_ids = fields.One2many("cx.rma.line", "rma_id", string="Lines", copy=True)
    has_lots = fields.Boolean(compute="_compute_has_lots")
    complaint_ids = fields.Many2many("cx.complaint", compute="_compute_complaint_ids", string="Complaints")
    complaint_count = fields.Integer(compute="_compute_complaint_ids")
    picking_ids = fields.Many2many("stock.picking", compute="_compute_picking_ids", string="Receipts")
    picking_count = fields.Integer(compute="_compute_picking_ids", string="Transfers")

    reference_id = fields.Many2one(
        "stock.reference", string="Transfer Reference", readonly=True, copy=False, ondelete="set null",
        help="Holds the transfers of this RMA together, and apart from those of the sales order.")

    limit_date = fields.Date(string="To Be Handled By", help="Limit date set by the customer.")
    requirement = fields.Text(string="Customer's Requirement")
    urgency = fields.Selection([("0", "Normal"), ("1", "Urgent"), ("2", "Very urgent")], default="0")
    is_replenishment_wanted = fields.Boolean(
        string="Replenish at Once", help="The customer wants goods before the return is handled: the rate comes first.")
    is_unused = fields.Boolean(string="Returned Unused")
    instructions = fields.Html(string="Return Instructions", help="What the customer is told: packing, label, address.")
    carrier_name = fields.Char(string="Carrier")
    tracking_number = fields.Char(index="btree_not_null")
    expiry_date = fields.Date(
        copy=False, help="After this day an authorisation that nobody used expires; empty: as the kind says.")

    decision = fields.Selection(
        [(state, label) for state, label in STATES if state not in ("receiving", "received", "done")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, index=True, tracking=True, copy=False)
    requested_on = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    submitted_on = fields.Datetime(readonly=True, copy=False)
    submitted_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    distributed_on = fields.Datetime(readonly=True, copy=False)
    authorised_on = fields.Datetime(readonly=True, copy=False)
    authorised_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    customer_told_on = fields.Datetime(readonly=True, copy=False)
    shipped_on = fields.Datetime(string="Shipped by the Customer On", readonly=True, copy=False)
    refusal_reason = fields.Char(readonly=True, copy=False)

    # Compute

    @api.depends("company_id")
    def _compute_company_defaults(self):
        for company, rmas in self.grouped("company_id").items():
            warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)
            kind = self.env["cx.rma.kind"].search([("company_id", "in", (False, company.id))], limit=1)
            for rma in rmas:
                if rma.warehouse_id.company_id != company:
                    rma.warehouse_id = warehouse
                if not rma.kind_id or rma.kind_id.company_id not in (company, company.browse()):
                    rma.kind_id = kind

    @api.depends("decision", "line_ids.is_to_receive", "line_ids.has_arrived", "line_ids.is_to_handle")
    def _compute_state(self):
        self.fetch(["state"])  # an unchanged state writes nothing
        for rma in self:
            rma.state = rma_state(rma.decision, [
                (line.is_to_receive, line.has_arrived, line.is_to_handle) for line in rma.line_ids])

    @api.depends("line_ids.complaint_id")
    @api.depends_context("uid")
    def _compute_complaint_ids(self):
        seen = self.line_ids.complaint_id._filtered_access("read")  # a return may be of cases that concern others
        for rma in self:
            rma.complaint_ids = rma.line_ids.complaint_id & seen
            rma.complaint_count = len(rma.complaint_ids)

    @api.depends("line_ids.tracking")
    def _compute_has_lots(self):
        for rma in self:
            rma.has_lots = any(line.tracking in ("lot", "serial") for line in rma.line_ids)

    @api.depends("line_ids.move_ids.picking_id")
    def _compute_picking_ids(self):
        for rma in self:
            rma.picking_ids = rma.sudo().line_ids.move_ids.picking_id  # sudo: stock.move - only which transfers
            rma.picking_count = len(rma.picking_ids)

    @api.depends("name", "return_number")
    def _compute_display_name(self):
        for rma in self:
            is_numbered = rma.return_number and rma.return_number != "/"
            rma.display_name = f"{rma.name} / {rma.return_number}" if is_numbered else rma.name

    @api.model
    def _search_display_name(self, operator, value):
        if operator in ("ilike", "like", "=", "=like", "=ilike") and value:
            return ["|", ("name", operator, value), ("return_number", operator, value)]
        return super()._search_display_name(operator, value)

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        rmas = super().create(vals_list)
        for (company, code), unnumbered in rmas.filtered(lambda rma: rma.name == "/").grouped(
            lambda rma: (rma.company_id, rma.kind_id.rma_sequence_code)
        ).items():
            numbers = self.env["ir.sequence"]._cx_next_numbers(company, code, len(unnumbered))
            for rma, number in zip(unnumbered, numbers, strict=True):
                rma.name = number
        references = self.env["stock.reference"].sudo().create(  # sudo: stock.reference - of its own transfers
            [{"name": rma.name} for rma in rmas])
        for rma, reference in zip(rmas, references, strict=True):
            rma.reference_id = reference
        return rmas

    def write(self, vals):
        if not self.env.su:
            for rma in self:
                if any(name in vals and rma[name].id != (vals[name] or False) for name in _FIXED):
                    rma._check_not_fixed()
        return super().write(vals)

    def _check_not_fixed(self):
        """:raises UserError: what was authorised would no longer be what is authorised"""
        self.ensure_one()
        if self.decision not in ("draft", "submitted"):
            raise UserError(self.env._(
                "%(rma)s is %(state)s, so its customer, kind and warehouse stay as they are. Cancel it and set it back "
                "to draft, or write a new one.", rma=self.display_name,
                state=dict(self._fields["state"]._description_selection(self.env))[self.state]))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_authorised(self):
        self.line_ids._check_not_fixed()

    # Verbs, in the order of life

    def action_submit(self):
        self._transition("submit", {"submitted_on": fields.Datetime.now(), "submitted_by_id": self.env.uid})

    def action_authorise(self):
        """Authorise; the warehouse then expects the goods.

        :raises UserError: with every reason why one of them cannot come back
        """
        self._take_guards()
        # in one query what the kind is asked for by and by; a company's own value is not fetched along by itself
        self.kind_id.fetch(["approval_template_id", "return_sequence_code", "validity_days", "receipt_profile_id"])
        self._transition("authorise", {"authorised_on": fields.Datetime.now(), "authorised_by_id": self.env.uid})
        self.sudo()._number_returns()  # sudo: cx.rma - the verb's own consequences; its rights are checked above
        self.sudo()._create_receipts()

    def action_refuse(self, reason=None):
        """:param reason: told to whoever asked; asked for where it is not given"""
        if not reason:
            return self.env["cx.rma.reason"]._open("refuse", rmas=self)
        return self._transition("refuse", {"refusal_reason": reason})

    def action_distribute(self):
        self._transition("distribute", {"distributed_on": fields.Datetime.now()})

    def action_tell_customer(self):
        """Send the customer the return instructions, with the form as issued and the labels."""
        self._transition("tell_customer", {"customer_told_on": fields.Datetime.now()})
        self._send_instructions()

    def action_ship(self, carrier=None, tracking=None):
        """The customer handed the goods to a carrier."""
        vals = {"shipped_on": fields.Datetime.now()}
        if carrier:
            vals["carrier_name"] = carrier
        if tracking:
            vals["tracking_number"] = tracking
        self._transition("ship", vals)

    def action_expect(self):
        """Expect once more what was authorised, did not come, and is on no open receipt."""
        self._take_guards()
        self._transition("expect")
        self.sudo()._create_receipts()  # sudo: cx.rma - the verb's own consequence; its rights are checked above

    def action_expire(self):
        self._transition("expire")
        self._call_off_receipts()

    def action_cancel(self):
        self._transition("cancel")
        self._call_off_receipts()

    def action_redraft(self):
        self._transition("redraft", dict.fromkeys([
            "submitted_on", "submitted_by_id", "distributed_on", "authorised_on", "authorised_by_id",
            "customer_told_on", "shipped_on", "refusal_reason", "expiry_date"], False))

    @api.model
    def _cron_expire(self):
        """Authorisations that nobody used by their last day expire, in batches; goods under way keep theirs."""
        over = self.search(Domain("state", "=", "authorised") & Domain("shipped_on", "=", False) & Domain.OR(
            Domain("company_id", "in", companies.ids) & Domain("expiry_date", "<", today)
            for today, companies in self.env["res.company"].search([]).grouped(
                lambda company: company._cx_today()).items()
        ), limit=_BATCH + 1)
        over[:_BATCH].action_expire()
        self.env["ir.cron"]._commit_progress(len(over[:_BATCH]), remaining=len(over[_BATCH:]))

    def _last_called_on(self):
        """When quality was last called to each return, by return; long ago where never."""
        rows = self.env["mail.activity"].sudo().with_context(active_test=False)._read_group(  # sudo: of other users too
            [("res_model", "=", self._name), ("res_id", "in", self.ids),
             ("activity_type_id", "=", self.env.ref("cx_complaint.mail_activity_type_inspect").id)],
            ["res_id"], ["create_date:max"])
        called_on = dict(rows)
        return {rma: called_on.get(rma.id, datetime.min) for rma in self}

    def _number_returns(self):
        """Number of the goods, and the day on which the permission ends."""
        today = fields.Date.context_today(self)
        for (company, code), rmas in self.grouped(
            lambda rma: (rma.company_id, rma.kind_id.return_sequence_code)
        ).items():
            unnumbered = rmas.filtered(lambda rma: rma.return_number == "/")
            numbers = iter(self.env["ir.sequence"]._cx_next_numbers(company, code, len(unnumbered)))
            for rma in unnumbered:
                rma.return_number = next(numbers)
        for rma in self:
            if not rma.expiry_date and rma.kind_id.validity_days:
                rma.expiry_date = today + timedelta(days=rma.kind_id.validity_days)

    def _call_off_receipts(self):
        self.sudo().line_ids._open_receipt_moves()._action_cancel()  # sudo: stock.move - our own receipts
