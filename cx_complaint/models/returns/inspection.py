from odoo import api, fields, models

from ...rules.transition import transition


class Inspection(models.Model):
    """Verdict or rate on what came back, at one stage, in full or of a sample. A sample gives a rate only."""

    _name = "cx.inspection"
    _description = "Return Inspection"
    _inherit = ["mail.thread", "mail.activity.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "id desc"

    _TRANSITIONS = {
        "finish": transition("draft", "done", "cx_complaint.group_quality"),
        "reopen": transition("done", "draft", "cx_complaint.group_quality"),
    }
    _BY_VERB_ONLY = frozenset({"decision", "inspected_on", "inspected_by_id"})
    _SHOWN_VERBS = ("finish",)

    name = fields.Char(default="/", readonly=True, copy=False)
    rma_line_id = fields.Many2one("cx.rma.line", required=True, check_company=True, index=True, ondelete="restrict")
    rma_id = fields.Many2one(related="rma_line_id.rma_id", store=True, index=True)
    company_id = fields.Many2one(related="rma_line_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="rma_line_id.product_id", store=True, index=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id")
    stage = fields.Selection(
        [("first", "First inspection"), ("analysis", "Analysis"), ("after_rework", "After rework")],
        default="first", required=True)
    mode = fields.Selection([("full", "Every unit"), ("sample", "Sample")], default="full", required=True)
    sample_qty = fields.Float(string="Sample Size", digits="Product Unit")
    line_ids = fields.One2many("cx.inspection.line", "inspection_id", string="Findings", copy=True)
    inspected_qty = fields.Float(digits="Product Unit", compute="_compute_inspected_qty", store=True)
    defect_rate = fields.Float(string="Defect Rate (%)", compute="_compute_inspected_qty", store=True, aggregator="avg")
    cause = fields.Text(string="Defect Cause")
    note = fields.Html(string="Report")
    decision = fields.Selection(
        [("draft", "Draft"), ("done", "Done")], default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State")
    inspected_on = fields.Datetime(readonly=True, copy=False)
    inspected_by_id = fields.Many2one("res.users", readonly=True, copy=False)

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", "/") == "/":
                company = vals.get("company_id") or self.env.company.id
                vals["name"] = self.env["ir.sequence"].with_company(company).next_by_code("cx.inspection") or "/"
        return super().create(vals_list)
