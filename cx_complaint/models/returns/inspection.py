from odoo import api, fields, models

from ...rules import findings
from ...rules.findings import Finding
from ...rules.transition import transition

# the stages that give units a verdict for the first time; after rework the units have their disposition already
SORTING_STAGES = ("first", "analysis")


class Inspection(models.Model):
    """Verdict or rate on what came back, at one stage, in full or of a sample.

    In full every unit gets a verdict, and the verdicts propose dispositions. A sample gives a rate only: the units of
    the sample that no finding names passed.
    """

    _name = "cx.inspection"
    _description = "Return Inspection"
    _inherit = ["cx.series.mixin", "mail.thread", "mail.activity.mixin", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "is_replenishment_wanted desc, urgency desc, id desc"
    _SERIES = "cx.inspection"

    _TRANSITIONS = {
        "confirm_rate": transition("draft", None, "cx_complaint.group_quality"),
        "finish": transition("draft", "done", "cx_complaint.group_quality"),
        "reopen": transition("done", "draft", "cx_complaint.group_quality"),
    }
    _BY_VERB_ONLY = frozenset({
        "decision", "inspected_on", "inspected_by_id", "rate_confirmed_on", "rate_confirmed_by_id",
    })
    _SHOWN_VERBS = ("finish",)
    _FROZEN_DECISIONS = frozenset({"done"})
    _FROZEN_FIELDS = frozenset({
        "rma_line_id", "stage", "mode", "sample_qty", "line_ids", "is_marked", "predecessor_id", "cause",
        "responsible_department_id", "use_conditions",
    })

    name = fields.Char(string="Number", default="/", readonly=True, copy=False, index="trigram")

    # of what
    rma_line_id = fields.Many2one(
        "cx.rma.line", string="Returned Goods", required=True, check_company=True, index=True, ondelete="restrict")
    rma_id = fields.Many2one(related="rma_line_id.rma_id", string="RMA", store=True, index=True)
    partner_id = fields.Many2one(related="rma_line_id.partner_id", string="Customer", store=True, index=True)
    company_id = fields.Many2one(related="rma_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    urgency = fields.Selection(related="rma_id.urgency", store=True)
    is_replenishment_wanted = fields.Boolean(related="rma_id.is_replenishment_wanted", store=True)

    # how
    stage = fields.Selection(
        [("first", "First inspection"), ("analysis", "Analysis"), ("after_rework", "After rework")],
        default="first", required=True)
    mode = fields.Selection(
        [("full", "Every unit"), ("sample", "Sample")], string="Extent", default="full", required=True,
        help="A sample gives a defect rate only; dispositions are proposed when every unit is inspected.")
    sample_qty = fields.Float(
        string="Sample Size", digits="Product Unit", help="Units of the sample that no finding names passed.")

    # what was found
    line_ids = fields.One2many("cx.inspection.line", "inspection_id", string="Findings", copy=True)
    available_qty = fields.Float(
        string="At Hand", digits="Product Unit", compute="_compute_available_qty",
        help="Received; in an analysis what the first inspection handed over; after rework what came out of the work.")
    inspected_qty = fields.Float(
        string="Inspected", digits="Product Unit", compute="_compute_inspected_qty", store=True)
    unsorted_qty = fields.Float(
        string="Unsorted", digits="Product Unit", compute="_compute_available_qty",
        help="At hand and without a verdict in this inspection.")
    defect_rate = fields.Float(
        string="Defect Rate (%)", compute="_compute_inspected_qty", store=True, aggregator="avg", digits=(16, 2))
    majority_defect_id = fields.Many2one(
        "cx.defect", compute="_compute_inspected_qty", store=True, index="btree_not_null",
        help="More of the inspected units than the procedure's share, or than half, have this one defect: call the departments together.")
    is_marked = fields.Boolean(string="Units Marked", help="Every inspected unit carries a mark of its verdict.")
    cause = fields.Text(string="Defect Cause")
    department_id = fields.Many2one(
        "cx.department", string="Handling Department", check_company=True, index="btree_not_null",
        help="Department that handles the goods or the cause.")
    note = fields.Html(string="Report")
    photo_count = fields.Integer(compute="_compute_photo_count")
    disposition_ids = fields.One2many("cx.disposition", "inspection_id", string="Dispositions", readonly=True)
    disposition_count = fields.Integer(compute="_compute_disposition_count")

    # life
    decision = fields.Selection(
        [("draft", "Draft"), ("done", "Done")], default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    inspected_on = fields.Datetime(readonly=True, copy=False)
    inspected_by_id = fields.Many2one("res.users", string="Inspector", readonly=True, copy=False)

    _sample_qty_not_negative = models.Constraint(
        "CHECK (sample_qty >= 0)", "The size of a sample cannot be below zero.")

    # Computes

    def _findings(self):
        """The findings as plain values."""
        self.ensure_one()
        return [Finding(line.quantity, line.verdict_id.is_good, line.defect_id.id) for line in self.line_ids]

    @api.depends(
        "mode", "sample_qty", "line_ids.quantity", "line_ids.verdict_id.is_good", "line_ids.defect_id")
    def _compute_inspected_qty(self):
        for inspection in self:
            rows = inspection._findings()
            inspected = inspection.sample_qty if inspection.mode == "sample" else findings.found_quantity(rows)
            inspection.inspected_qty = inspected
            inspection.defect_rate = findings.defect_rate(rows, inspected)
            # sudo: cx.procedure - the share that the rulebook of the case names
            share = inspection.rma_line_id.complaint_id.procedure_id.sudo().one_defect_share
            inspection.majority_defect_id = findings.majority_defect(rows, inspected, share or 50.0)

    @api.depends("stage", "mode", "line_ids.quantity", "rma_line_id.received_qty", "predecessor_id",
                 "rma_line_id.disposition_ids.worked_qty")
    def _compute_available_qty(self):
        for inspection in self:
            line = inspection.rma_line_id
            inspection.available_qty = (
                sum(line.disposition_ids.mapped("worked_qty")) if inspection.stage == "after_rework"
                else inspection.predecessor_id._to_analyse_qty(inspection) if inspection._is_carried()
                else line.received_qty
            )
            inspection.unsorted_qty = (
                max(inspection.available_qty - findings.found_quantity(inspection._findings()), 0.0)
                if inspection.mode == "full" else 0.0
            )

    def _compute_photo_count(self):
        counts = {inspection_id: count for inspection_id, count in self.env["ir.attachment"]._read_group(
            self._photo_domain(), ["res_id"], ["__count"])}
        for inspection in self:
            inspection.photo_count = counts.get(inspection.id, 0)

    @api.depends("disposition_ids")
    def _compute_disposition_count(self):
        counts = {inspection.id: count for inspection, count in self.env["cx.disposition"]._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"])}
        for inspection in self:
            inspection.disposition_count = counts.get(inspection.id, 0)

    # ORM

    def _frozen_sentence(self):
        """What dispositions rest on is not changed behind them."""
        return self.env._(
            "%(inspection)s is finished. Reopen it to change what was found.", inspection=self.display_name)

    # Verbs

    def action_confirm_rate(self):
        """Tell planning the rate as far as it is known, before everything is inspected."""
        self._transition("confirm_rate", self._prepare_rate_vals())
        self._tell_planning_the_rate()

    def action_finish(self):
        """State that the findings are complete; in full they propose dispositions, or open the analysis asked for."""
        self.env["cx.guard"]._take_for(self.rma_line_id)
        self._transition("finish", {
            "inspected_on": fields.Datetime.now(), "inspected_by_id": self.env.uid, **self._prepare_rate_vals()})
        self.env["cx.disposition"]._propose_from_findings(self)
        self._open_analyses()
        self.rma_line_id._on_inspected()
        self._tell_planning_the_rate()
        self._tell_functions_of_verdicts()
        self._thank_departments()

    def action_reopen(self):
        """Take the findings up again; proposals that rest on them and that nobody approved are taken back."""
        self.env["cx.guard"]._take_for(self.rma_line_id)
        self._transition("reopen", {
            "inspected_on": False, "inspected_by_id": False, "rate_confirmed_on": False, "rate_confirmed_by_id": False})
        self.disposition_ids.filtered(lambda disposition: disposition.state == "proposed").action_cancel()

    def action_view_photos(self):
        """The photos of this inspection, ready to take another one."""
        self._check_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Photos of %(inspection)s", inspection=self.display_name),
            "res_model": "ir.attachment",
            "view_mode": "kanban,form",
            "views": [(self.env.ref(f"cx_complaint.ir_attachment_view_{kind}_photo").id, kind) for kind in ("kanban", "form")],
            "domain": self._photo_domain(),
            "context": {
                "default_res_model": self._name, "default_res_id": self.id, "default_name": self.env._("Photo")},
        }

    def action_view_dispositions(self):
        """The dispositions that the findings proposed."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispositions"),
            "res_model": "cx.disposition",
            "view_mode": "list,form",
            "domain": [("inspection_id", "in", self.ids)],
        }

    def _photo_domain(self):
        return [("res_model", "=", self._name), ("res_id", "in", self.ids), ("mimetype", "=like", "image/%")]
