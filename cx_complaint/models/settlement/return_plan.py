from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import findings, replenishment


class ReturnPlan(models.Model):
    """What planning made of a defect rate: how many are sent at once, and when the rest is reworked.

    The figures are those of the day on which it was planned; beside them stands what inspection in full found since.
    """

    _name = "cx.return.plan"
    _description = "Replenishment and Rework Plan"
    _inherit = ["cx.by.verb.mixin", "cx.number.mixin"]
    _check_company_auto = True
    _order = "limit_date, id"
    _rec_name = "rma_line_id"

    # said by the rate on the day of the plan
    _BY_VERB_ONLY = frozenset({
        "rma_line_id", "inspection_id", "defect_rate", "sample_qty", "quantity", "good_qty", "settlement_id"})

    rma_line_id = fields.Many2one(
        "cx.rma.line", string="Returned Goods", required=True, check_company=True, index=True, ondelete="restrict",
        readonly=True)
    company_id = fields.Many2one(related="rma_line_id.company_id", store=True, index=True)
    rma_id = fields.Many2one(related="rma_line_id.rma_id", string="RMA", store=True, index=True)
    partner_id = fields.Many2one(related="rma_line_id.partner_id", string="Customer", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    limit_date = fields.Date(related="rma_line_id.limit_date", string="Customer's Date", store=True)

    # what it rests on
    inspection_id = fields.Many2one("cx.inspection", string="Rate From", check_company=True, readonly=True,
                                    index="btree_not_null", ondelete="restrict")
    defect_rate = fields.Float(string="Defect Rate (%)", digits=(16, 2), readonly=True, aggregator="avg")
    sample_qty = fields.Float(string="Sample Size", digits="Product Unit", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, help="Received, or expected, when it was planned.")

    # the plan
    good_qty = fields.Float(string="Planned Good", digits="Product Unit", readonly=True)
    rework_qty = fields.Float(string="Planned Rework", digits="Product Unit")
    scrap_qty = fields.Float(string="Planned Scrap", digits="Product Unit")
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center", check_company=True)
    start_date = fields.Date(string="Rework Starts")
    finish_date = fields.Date(string="Rework Ends")
    settlement_id = fields.Many2one(
        "cx.settlement", string="Replenishment", check_company=True, readonly=True, index="btree_not_null",
        ondelete="set null", copy=False)
    replenish_qty = fields.Float(related="settlement_id.quantity", string="To Replenish")
    promised_date = fields.Date(related="settlement_id.planned_date", string="Promised For")
    settlement_state = fields.Selection(related="settlement_id.state", string="State of the Replenishment")

    # what came of it
    actual_good_qty = fields.Float(string="Found Good", digits="Product Unit", compute="_compute_actual")
    actual_rework_qty = fields.Float(string="Found to Rework", digits="Product Unit", compute="_compute_actual")
    actual_scrap_qty = fields.Float(
        string="Found Beyond Repair", digits="Product Unit", compute="_compute_actual",
        help="Not good and not reworked: scrap, and what is not decided.")
    difference_qty = fields.Float(
        string="More Defective than Planned", digits="Product Unit", compute="_compute_actual",
        help="Below zero: fewer. Empty as long as nothing was inspected in full.")

    _line_once = models.Constraint("UNIQUE (rma_line_id)", "These returned goods have a plan already.")
    _quantities_not_negative = models.Constraint(
        "CHECK (good_qty >= 0 AND rework_qty >= 0 AND scrap_qty >= 0)", "A planned quantity cannot be below zero.")

    @api.depends("rma_line_id.inspection_ids.state", "rma_line_id.inspection_ids.line_ids", "rework_qty", "scrap_qty")
    def _compute_actual(self):
        for plan in self:
            by_stage = plan._found_by_stage()
            # several stages may look at the same goods: the one that saw most counts, as for what is inspected
            good, rework, rest = max(by_stage, key=sum, default=(0.0, 0.0, 0.0))
            plan.actual_good_qty, plan.actual_rework_qty, plan.actual_scrap_qty = good, rework, rest
            plan.difference_qty = rework + rest - plan.rework_qty - plan.scrap_qty if by_stage else 0.0

    def _found_by_stage(self):
        """What inspections in full found: ``(good, to rework, beyond repair)`` of each stage that saw anything."""
        self.ensure_one()
        stages = {}
        for inspection in self.sudo().rma_line_id.inspection_ids:  # sudo: cx.inspection - sums of a line he may read
            if inspection.state != "done" or inspection.mode != "full" or inspection.stage == "after_rework":
                continue
            found = stages.setdefault(inspection.stage, [0.0, 0.0, 0.0])
            for line in inspection.line_ids:
                verdict = line.verdict_id
                place = 0 if verdict.is_good else 1 if verdict.work not in (False, "none") else 2
                found[place] += line.quantity
        return [tuple(found) for found in stages.values() if findings.sorted_quantity(found)]

    @api.constrains("start_date", "finish_date", "limit_date")
    def _check_dates(self):
        for plan in self:
            if plan.start_date and plan.finish_date and plan.finish_date < plan.start_date:
                raise ValidationError(self.env._(
                    "%(plan)s: the rework would end on %(finish)s, before it starts on %(start)s.",
                    plan=plan.display_name, finish=plan.finish_date, start=plan.start_date))

    @api.constrains("rework_qty", "scrap_qty", "quantity")
    def _check_quantities(self):
        for plan in self:
            planned = plan.rework_qty + plan.scrap_qty
            if plan.product_uom_id.compare(planned, plan.quantity) > 0:
                raise ValidationError(self.env._(
                    "%(plan)s: %(planned)s %(unit)s would be reworked and scrapped, %(quantity)s came back or are"
                    " expected. Lower one of the two.", plan=plan.display_name, planned=planned,
                    unit=plan.product_uom_id.name, quantity=plan.quantity))

    def action_view_settlement(self):
        """The replenishment that the plan proposed."""
        return self.settlement_id._action_view()

    @api.model
    def _estimate(self, line, quantity):
        """What the rate of an RMA line says about a quantity of it."""
        bad = [(found.quantity, found.verdict_id.work not in (False, "none"))
               for found in line.sudo().rate_inspection_id.line_ids  # sudo: cx.inspection - the rate of a line he reads
               if not found.verdict_id.is_good]
        return replenishment.estimate(
            quantity, line.defect_rate, replenishment.repairable_share(bad), line.product_uom_id.rounding)
