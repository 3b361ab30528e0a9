from odoo import fields, models

from ..procedure.rulebook_lists import BATCH_CLASSES, NATURES, PARTIES


class Complaint(models.Model):
    """The rulebook that a case is under, and what the rulebook looks at."""

    _inherit = "cx.complaint"

    procedure_id = fields.Many2one(
        "cx.procedure", check_company=True, readonly=True, copy=False, index="btree_not_null", ondelete="restrict",
        tracking=True, help="The rulebook, in the edition that was in force when the case was registered.")
    nature = fields.Selection(NATURES, copy=False, tracking=True)
    is_technical = fields.Boolean(string="Technical", copy=False, help="It needs technical analysis.")
    party = fields.Selection(PARTIES, string="Responsible Party", copy=False, tracking=True)
    cause_category_id = fields.Many2one(
        "cx.cause.category", check_company=True, copy=False, index="btree_not_null", ondelete="restrict", tracking=True,
        domain="[('procedure_id', '=', procedure_id)]")
    responsible_department_id = fields.Many2one(
        "cx.department", check_company=True, copy=False, index="btree_not_null", ondelete="restrict", tracking=True,
        help="Answers for the cause. Named by quality before the finding leaves it.")
    responsible_named_on = fields.Datetime(readonly=True, copy=False)
    trigger_ids = fields.Many2many("cx.trigger", string="What Makes It Serious", check_company=True, copy=False)
    is_important = fields.Boolean(string="Important", copy=False)
    distance_km = fields.Float(string="Distance (km)", copy=False, help="To the place where we are needed.")
    agreed_on = fields.Datetime(string="Date Agreed with the Customer", copy=False, tracking=True)
    is_unreachable = fields.Boolean(string="Customer Unreachable", copy=False, tracking=True)
    batch_class = fields.Selection(BATCH_CLASSES, string="Batch", readonly=True, copy=False)
    task_ids = fields.One2many("cx.task", "complaint_id", string="Tasks")
    waiting_ids = fields.One2many("cx.waiting", "complaint_id")

    def action_view_procedure_page(self):
        """Open the procedure that the case is under, as it can be read and printed."""
        self.ensure_one()
        return self.procedure_id.action_view_page()
