from odoo import api, fields, models

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


class Settlement(models.Model):
    """What the customer gets for a complaint line: a replacement or a credit. Goods that came back are not its business.

    Proposed by the complaint side, approved by somebody else, posted by finance.
    """

    _name = "cx.settlement"
    _description = "Settlement"
    _inherit = ["mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"

    _TRANSITIONS = {
        "approve": transition("proposed", "approved", "cx_complaint.group_manager"),
        "refuse": transition("proposed approved", "refused", "cx_complaint.group_manager"),
        "consent": transition("proposed approved", None, *_PROPOSE),
        "execute": transition("approved running", None, *_PROPOSE),
        "cancel": transition("proposed approved", "cancelled", *_PROPOSE),
    }
    _BY_VERB_ONLY = frozenset({"decision", "approved_on", "approved_by_id", "consented_on", "proposed_by_id"})
    _SHOWN_VERBS = ("approve", "execute")

    name = fields.Char(default="/", readonly=True, copy=False)
    complaint_line_id = fields.Many2one(
        "cx.complaint.line", required=True, check_company=True, index=True, ondelete="restrict")
    complaint_id = fields.Many2one(related="complaint_line_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="complaint_line_id.company_id", store=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Customer", required=True, check_company=True, index=True)
    kind = fields.Selection(
        [("replacement", "Replacement"), ("credit", "Credit for goods"), ("allowance", "Credit without goods")],
        required=True, default="replacement")
    product_id = fields.Many2one(
        "product.product", check_company=True, index="btree_not_null", help="What is delivered or credited.")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(digits="Product Unit", default=1.0, help="In the product's unit; of a kit, in kits.")
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered By", check_company=True, index="btree_not_null", ondelete="set null",
        help="The delivery that is made good; caps how often.")
    sale_line_id = fields.Many2one(
        "sale.order.line", check_company=True, index="btree_not_null", ondelete="set null")
    invoice_line_id = fields.Many2one(
        "account.move.line", string="Invoice Line", check_company=True, index="btree_not_null", ondelete="set null",
        help="The posted invoice line that is credited.")
    warehouse_id = fields.Many2one("stock.warehouse", check_company=True, help="Delivers the replacement.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id)
    amount = fields.Monetary(
        compute="_compute_amount", store=True, readonly=False, precompute=True,
        help="Untaxed; of a credit for goods it follows the invoice line.")
    is_goodwill = fields.Boolean(help="Above what was delivered or paid: needs the goodwill right.")
    reason = fields.Char()
    planned_date = fields.Date(help="Promised to the customer.")

    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("refused", "Refused"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, copy=False)
    proposed_by_id = fields.Many2one("res.users", default=lambda self: self.env.user, readonly=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    consented_on = fields.Datetime(string="Customer Agreed On", readonly=True, copy=False)

    move_ids = fields.One2many("stock.move", "cx_settlement_id", string="Moves")
    credit_line_ids = fields.One2many("account.move.line", "cx_settlement_id", string="Credit Note Lines")
    done_qty = fields.Float(string="Done", digits="Product Unit", compute="_compute_done_qty",
                            help="Replaced by done moves, or credited by posted lines.")

    @api.depends("decision")
    def _compute_state(self):
        for settlement in self:
            settlement.state = settlement.decision

    @api.depends("invoice_line_id", "quantity")
    def _compute_amount(self):
        for settlement in self:
            settlement.amount = settlement.amount

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.settlement") or "/"
        return super().create(vals_list)
