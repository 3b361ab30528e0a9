from odoo import api, fields, models
from odoo.fields import Command


class PlanRate(models.TransientModel):
    """Replenishment and rework of any selection of returned goods, proposed from their defect rate."""

    _name = "cx.plan.rate"
    _description = "Plan from Rate"

    rma_line_ids = fields.Many2many("cx.rma.line", string="Returned Goods", required=True, readonly=True)
    promised_date = fields.Date(help="Promised to the customers for what is replenished.")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center")
    start_date = fields.Date(string="Rework Starts")
    finish_date = fields.Date(string="Rework Ends", help="Before the customer's date.")
    row_ids = fields.One2many(
        "cx.plan.rate.row", "wizard_id", string="Proposals", compute="_compute_row_ids", store=True, readonly=False,
        compute_sudo=False, precompute=True)

    @api.depends("rma_line_ids")
    def _compute_row_ids(self):
        for wizard in self:
            lines = wizard.rma_line_ids._origin.filtered(
                lambda line: line.rate_inspection_id and not line.return_plan_ids)
            wizard.row_ids = [Command.clear(), *(Command.create({
                "rma_line_id": line.id,
                **{name: value for name, value in line._proposed_plan_vals().items() if name.endswith("_qty")},
            }) for line in lines)]

    def action_plan(self):
        """Make the plans and propose the replenishments; lines that have a plan keep it.

        :return: the action that opens the plans of the selection
        """
        self.ensure_one()
        self.env["cx.return.plan"]._make([{
            **row.rma_line_id._proposed_plan_vals(),
            "line": row.rma_line_id,
            "rework_qty": row.rework_qty, "scrap_qty": row.scrap_qty, "replenish_qty": row.replenish_qty,
            "promised_date": self.promised_date,
            "workcenter_id": self.workcenter_id.id, "start_date": self.start_date, "finish_date": self.finish_date,
        } for row in self.row_ids])
        return self.rma_line_ids.action_view_plans()


class PlanRateRow(models.TransientModel):
    """The proposal for one line."""

    _name = "cx.plan.rate.row"
    _description = "Proposal from a Rate"
    _inherit = ["cx.number.mixin"]

    wizard_id = fields.Many2one("cx.plan.rate", required=True, ondelete="cascade")
    rma_line_id = fields.Many2one("cx.rma.line", string="Returned Goods", required=True, readonly=True)
    product_uom_id = fields.Many2one(related="rma_line_id.product_uom_id", related_sudo=False)
    limit_date = fields.Date(related="rma_line_id.limit_date", related_sudo=False, string="Customer's Date")
    defect_rate = fields.Float(related="rma_line_id.defect_rate", related_sudo=False, string="Defect Rate (%)")
    sample_qty = fields.Float(related="rma_line_id.rate_qty", related_sudo=False, string="Sample Size")
    rated_on = fields.Datetime(related="rma_line_id.rated_on", related_sudo=False)
    quantity = fields.Float(
        digits="Product Unit", compute="_compute_quantity", help="Received; authorised where nothing has come yet.")
    good_qty = fields.Float(string="Estimated Good", digits="Product Unit", readonly=True)
    rework_qty = fields.Float(string="To Rework", digits="Product Unit")
    scrap_qty = fields.Float(string="To Scrap", digits="Product Unit")
    replenish_qty = fields.Float(string="To Replenish", digits="Product Unit")

    @api.depends("rma_line_id")
    def _compute_quantity(self):
        for row in self:
            row.quantity = row.rma_line_id.received_qty or row.rma_line_id.quantity
