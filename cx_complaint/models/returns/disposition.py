from odoo import api, fields, models

from ...rules.transition import transition

STATES = [
    ("proposed", "Proposed"),
    ("approved", "Approved"),
    ("running", "Running"),
    ("done", "Done"),
    ("cancelled", "Cancelled"),
]
_DECIDE = ("cx_complaint.group_quality",)
_EXECUTE = ("cx_complaint.group_quality", "cx_complaint.group_planning", "cx_complaint.group_warehouse")


class Disposition(models.Model):
    """What happens to goods that came back: which work, then which destination. Decided by quality, done by others."""

    _name = "cx.disposition"
    _description = "Disposition"
    _inherit = ["mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"

    _TRANSITIONS = {
        "approve": transition("proposed", "approved", *_DECIDE),
        "execute": transition("approved running", None, *_EXECUTE),
        "release": transition("running", None, *_DECIDE),
        "close_short": transition("approved running", "closed", *_DECIDE),
        "cancel": transition("proposed approved", "cancelled", *_DECIDE),
    }
    _BY_VERB_ONLY = frozenset({"decision", "approved_on", "approved_by_id"})
    _SHOWN_VERBS = ("approve", "execute")

    name = fields.Char(default="/", readonly=True, copy=False)
    rma_line_id = fields.Many2one("cx.rma.line", required=True, check_company=True, index=True, ondelete="restrict")
    rma_id = fields.Many2one(related="rma_line_id.rma_id", store=True, index=True)
    complaint_id = fields.Many2one(related="rma_line_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="rma_line_id.company_id", store=True, index=True)
    warehouse_id = fields.Many2one(related="rma_id.warehouse_id", store=True)
    partner_id = fields.Many2one(related="rma_line_id.partner_id", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    work = fields.Selection(
        [("none", "None"), ("rework", "Rework"), ("repair", "Repair")], default="none", required=True)
    destination = fields.Selection(
        [("stock", "Stock"), ("reworked", "Reworked Stock"), ("customer", "Back to Customer"), ("scrap", "Scrap")],
        required=True, default="stock")
    scheme_id = fields.Many2one("cx.rework.scheme", check_company=True, index="btree_not_null")
    inspection_line_id = fields.Many2one(
        "cx.inspection.line", string="Finding", readonly=True, check_company=True, copy=False, index="btree_not_null",
        ondelete="set null", help="The finding that proposed it.")
    inspection_id = fields.Many2one(related="inspection_line_id.inspection_id", store=True, index="btree_not_null")
    reason = fields.Char(help="Why; printed on the scrap application and the rework order.")
    decision = fields.Selection(
        [("proposed", "Proposed"), ("approved", "Approved"), ("closed", "Closed short"), ("cancelled", "Cancelled")],
        default="proposed", required=True, readonly=True, copy=False)
    state = fields.Selection(
        STATES, compute="_compute_state", store=True, precompute=True, index=True, tracking=True, copy=False)
    approved_on = fields.Datetime(readonly=True, copy=False)
    approved_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    move_ids = fields.One2many("stock.move", "cx_disposition_id", string="Moves")
    production_ids = fields.One2many("mrp.production", "cx_disposition_id", string="Rework Orders")
    scrap_ids = fields.One2many("stock.scrap", "cx_disposition_id", string="Scraps")
    worked_qty = fields.Float(string="Worked", digits="Product Unit", compute="_compute_done_qty",
                              help="Came out of the work and waits for the check, or has passed it.")
    done_qty = fields.Float(string="Done", digits="Product Unit", compute="_compute_done_qty",
                            help="Reached the destination.")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a disposition must be above zero.")

    @api.depends("decision")
    def _compute_state(self):
        for disposition in self:
            disposition.state = disposition.decision if disposition.decision != "closed" else "done"

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.disposition") or "/"
        return super().create(vals_list)
