from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...rules.transition import transition

STATES = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("running", "Running"),
    ("done", "Done"),
    ("refused", "Refused"),
    ("cancelled", "Cancelled"),
]
_PROPOSE = ("cx_complaint.group_service", "cx_complaint.group_sales")

# kinds that credit goods by their invoice line, and kinds that give no goods
GOODS_CREDITS = ("credit", "deduction")
WITHOUT_GOODS = ("allowance", "charge")

# what was approved; nobody changes it by hand afterwards, see Settlement.action_revise
FROZEN = frozenset({
    "kind", "partner_id", "product_id", "quantity", "currency_id", "amount", "origin_move_id", "sale_line_id",
    "invoice_line_id", "complaint_line_id", "is_goodwill", "debit_note_number", "debit_note_amount", "labour_amount",
    "parts_amount",
})


class Settlement(models.Model):
    """What the customer gets for a complaint line: a replacement or a credit. What came back is not its business.

    Proposed by the complaint side, approved by somebody else, posted by finance. ``decision`` is what people said,
    ``state`` follows from the moves and the credit note lines: *replaced* means delivered, *credited* means posted.
    """

    _name = "cx.settlement"
    _description = "Settlement"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.approval.mixin"]
    _check_company_auto = True
    _order = "id desc"
    _SERIES = "cx.settlement"

    _TRANSITIONS = {
        "approve": transition("proposed", "approved", "cx_complaint.group_manager"),
        "refuse": transition("proposed approved", "refused", "cx_complaint.group_manager"),
        "consent": transition("proposed approved", None, *_PROPOSE),
        "execute": transition("approved running", None, *_PROPOSE),
        "link_existing": transition("proposed approved running", None, *_PROPOSE),
        "revise": transition("approved running", None, *_PROPOSE),
        "cancel": transition("proposed approved", "cancelled", *_PROPOSE),
        "propose": transition("refused cancelled", "proposed", *_PROPOSE),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "approved_on", "approved_by_id", "consented_on", "proposed_by_id", "proposed_on",
        "charge_order_id", "taken_over_on", "ours_line_ids"})
    _SHOWN_VERBS = ("approve", "execute")
    _DELIVERED_KINDS = frozenset({"replacement"})  # what the customer gets is goods, not money

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")
    complaint_line_id = fields.Many2one(
        "cx.complaint.line", required=True, check_company=True, index=True, ondelete="restrict")
    complaint_id = fields.Many2one(related="complaint_line_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="complaint_line_id.company_id", store=True, index=True, precompute=True)
    partner_id = fields.Many2one(
        "res.partner", string="Customer", required=True, check_company=True, index=True, tracking=True,
        compute="_compute_partner_id", store=True, readonly=False, precompute=True)
    kind = fields.Selection(
        [("replacement", "Replacement"), ("credit", "Credit for goods"), ("allowance", "Credit without goods"),
         ("deduction", "Deduction already taken"), ("charge", "Chargeable repair")],
        required=True, default="replacement", tracking=True,
        help="A credit for goods mirrors the invoice line and lowers what counts as delivered; a credit without goods"
             " is an amount the customer gets although he keeps what he has. Deduction: he has kept the price already,"
             " and the goods become ours. Chargeable repair: he pays, by a quotation that he confirms.")

    # goods
    product_id = fields.Many2one(
        "product.product", check_company=True, index="btree_not_null", compute="_compute_product_id", store=True,
        readonly=False, precompute=True, help="What is delivered or credited.")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(
        digits="Product Unit", default=1.0, tracking=True, help="In the product's unit; of a kit, in kits.")
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered By", check_company=True, index="btree_not_null", ondelete="set null",
        compute="_compute_origin", store=True, readonly=False, precompute=True,
        help="The delivery that is made good; caps how often.")
    sale_line_id = fields.Many2one(
        "sale.order.line", string="Sales Order Item", check_company=True, index="btree_not_null", ondelete="set null",
        compute="_compute_origin", store=True, readonly=False, precompute=True)
    warehouse_id = fields.Many2one(
        "stock.warehouse", check_company=True, compute="_compute_warehouse_id", store=True, readonly=False,
        precompute=True, help="Delivers the replacement.")
    planned_date = fields.Date(string="Promised For", help="Promised to the customer.")

    # money
    invoice_line_id = fields.Many2one(
        "account.move.line", check_company=True, index="btree_not_null", ondelete="set null",
        help="The posted invoice line that is credited.")
    invoice_id = fields.Many2one(related="invoice_line_id.move_id", string="Invoice")
    currency_id = fields.Many2one(
        "res.currency", required=True, compute="_compute_currency_id", store=True, readonly=False, precompute=True)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, precompute=True, tracking=True,
        help="Untaxed; of a credit for goods it follows the invoice line.")

    is_goodwill = fields.Boolean(
        string="Goodwill", tracking=True, help="Above what was delivered or paid: needs the goodwill right.")
    reason = fields.Char(help="Printed on the credit note of a credit without goods.")
    refusal_reason = fields.Char(copy=False, tracking=True)

    # life
    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("refused", "Refused"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, index=True, tracking=True, copy=False)
    proposed_by_id = fields.Many2one(
        "res.users", default=lambda self: self.env.user, readonly=True, copy=False)
    proposed_on = fields.Datetime(readonly=True, copy=False, default=fields.Datetime.now)
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    consented_on = fields.Datetime(string="Customer Agreed On", readonly=True, copy=False)
    done_on = fields.Datetime(
        compute="_compute_state", store=True, copy=False, help="When the customer had all of it.")

    # documents
    move_ids = fields.One2many("stock.move", "cx_settlement_id", string="Moves")
    credit_line_ids = fields.One2many("account.move.line", "cx_settlement_id", string="Credit Note Lines")
    picking_count = fields.Integer(compute="_compute_document_counts")
    credit_note_count = fields.Integer(compute="_compute_document_counts")
    is_draft_waiting = fields.Boolean(
        string="Draft Waits to Be Posted", compute="_compute_state", store=True, copy=False)
    done_qty = fields.Float(
        string="Done", digits="Product Unit", compute="_compute_done_qty",
        help="Replaced by done moves, or credited by posted lines.")

    _quantity_positive = models.Constraint(
        "CHECK (kind = 'allowance' OR quantity > 0)", "The quantity of a settlement must be above zero.")
    _amount_not_negative = models.Constraint(
        "CHECK (amount >= 0)", "The amount of a settlement cannot be negative.")

    # What is proposed when a line is chosen

    @api.depends("complaint_line_id")
    def _compute_partner_id(self):
        for settlement in self:
            settlement.partner_id = settlement.complaint_line_id.partner_id or settlement.partner_id

    @api.depends("complaint_line_id", "kind")
    def _compute_product_id(self):
        for settlement in self:
            if settlement.kind == "allowance":
                settlement.product_id = False
            elif not settlement.product_id or settlement.kind in GOODS_CREDITS:
                settlement.product_id = settlement.complaint_line_id.product_id

    @api.depends("complaint_line_id")
    def _compute_origin(self):
        for settlement in self:
            line = settlement.complaint_line_id
            settlement.origin_move_id = line.origin_move_id
            settlement.sale_line_id = line.sale_line_id or line.origin_move_id.sale_line_id

    @api.depends("sale_line_id", "company_id")
    def _compute_warehouse_id(self):
        for settlement in self:
            settlement.warehouse_id = (
                settlement.sale_line_id.warehouse_id
                or settlement.warehouse_id
                or self.env["stock.warehouse"].search([("company_id", "=", settlement.company_id.id)], limit=1)
            )

    @api.depends("invoice_line_id", "company_id")
    def _compute_currency_id(self):
        for settlement in self:
            settlement.currency_id = (
                settlement.invoice_line_id.currency_id
                or settlement.currency_id
                or settlement.company_id.currency_id
                or self.env.company.currency_id
            )

    @api.depends("invoice_line_id", "quantity", "kind")
    def _compute_amount(self):
        for settlement in self:
            line = settlement.invoice_line_id
            if settlement.kind == "replacement":
                settlement.amount = 0.0
            elif settlement.kind in GOODS_CREDITS and line.quantity:
                settlement.amount = settlement._amount_of_goods()
            else:
                settlement.amount = settlement.amount

    def _amount_of_goods(self):
        """The share of the invoice line, untaxed, in its currency."""
        self.ensure_one()
        line = self.sudo().invoice_line_id  # sudo: account.move.line - a price of what he proposes to credit
        return line.currency_id.round(line.price_subtotal * self._in_invoice_unit(self.quantity) / line.quantity)

    @api.constrains("amount", "kind", "quantity", "invoice_line_id")
    def _check_amount_of_goods(self):
        for settlement in self:
            line = settlement.sudo().invoice_line_id  # sudo: account.move.line - as above
            if settlement.kind not in GOODS_CREDITS or not line.quantity:
                continue
            amount = settlement._amount_of_goods()
            if line.currency_id.compare_amounts(settlement.amount, amount):
                raise ValidationError(self.env._(
                    "%(settlement)s: the credit of %(quantity)s %(unit)s is %(amount)s by the invoice line, not"
                    " %(entered)s. Change the quantity, or grant a credit without goods.",
                    settlement=settlement.display_name, quantity=settlement.quantity,
                    unit=settlement.product_uom_id.name, amount=line.currency_id.format(amount),
                    entered=line.currency_id.format(settlement.amount)))

    # What happened

    @api.depends(
        "decision", "kind", "quantity", "amount",
        "move_ids.state", "move_ids.quantity", "move_ids.location_dest_id", "move_ids.product_uom",
        "credit_line_ids.parent_state", "credit_line_ids.quantity", "credit_line_ids.price_subtotal",
    )
    def _compute_state(self):
        self.filtered("id").fetch(["state", "is_draft_waiting", "done_on"])  # the old values: what did not change is not written
        for settlement in self:
            settlement.state = settlement._state_of_documents()
            settlement.done_on = settlement.state == "done" and (settlement.done_on or fields.Datetime.now())
            settlement.is_draft_waiting = settlement.kind != "replacement" and any(
                line.parent_state == "draft" for line in settlement.credit_line_ids)

    def _state_of_documents(self):
        """State of one settlement: what people decided, unless its documents know better."""
        self.ensure_one()
        if self.decision != "approved":
            return self.decision
        if not self._is_owed():
            return "done"
        states = self.move_ids.mapped("state") if self.kind == "replacement" else (
            self.credit_line_ids.mapped("parent_state"))
        return "running" if set(states) - {"cancel"} else "approved"

    def _is_owed(self):
        """Whether something of it has not happened yet: not delivered, not posted."""
        self.ensure_one()
        if self.kind == "allowance":
            return self.currency_id.compare_amounts(self._posted_amount(), self.amount) < 0
        return self.product_id.uom_id.compare(self._happened_qty(), self.quantity) < 0

    def _happened_qty(self):
        """Quantity delivered or credited by posted lines, in the product's unit."""
        self.ensure_one()
        if self.kind == "replacement":
            return self._replaced_qty()
        return self._credited_qty("posted")

    @api.depends("state", "move_ids.quantity", "credit_line_ids.quantity")
    def _compute_done_qty(self):
        for settlement in self.sudo():  # sudo: stock.move, account.move.line - two sums of a record he may read
            settlement.done_qty = settlement._happened_qty() if settlement.kind not in WITHOUT_GOODS else 0.0

    @api.depends("move_ids.picking_id", "credit_line_ids.move_id")
    def _compute_document_counts(self):
        for settlement in self.sudo():  # sudo: stock.move, account.move.line - two numbers of a record he may read
            settlement.picking_count = len(settlement.move_ids.picking_id)
            settlement.credit_note_count = len(settlement.credit_line_ids.move_id)

    # ORM

    def write(self, vals):
        if self.env.su or not FROZEN.intersection(vals):
            return super().write(vals)
        self._check_not_frozen()
        content = {name: value for name, value in vals.items() if name in FROZEN}
        changed = self.filtered(lambda settlement: not settlement._is_reduction(content))
        result = super().write(vals)
        # sudo: cx.settlement - who makes more of a proposal proposes it, and does not approve it himself
        changed.sudo().proposed_by_id = self.env.user
        return result

    def _check_not_frozen(self):
        """:raises UserError: what was approved is changed by ``action_revise``, which knows when the approval falls."""
        frozen = self.filtered(lambda settlement: settlement.decision != "proposed")
        if frozen:
            raise UserError(self.env._(
                "%(settlement)s is decided: what was approved stays as it is. Use “Revise” for another quantity,"
                " amount, kind or customer, or cancel it and propose another one.",
                settlement=frozen[0].display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        kept = self.filtered(lambda settlement: settlement.decision == "approved" or (
            settlement.sudo().move_ids or settlement.sudo().credit_line_ids))  # sudo: only whether there are any
        if kept:
            raise UserError(self.env._(
                "%(settlement)s was approved or has documents and is kept. Cancel it instead.",
                settlement=kept[0].display_name))
