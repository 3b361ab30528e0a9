from odoo import fields, models

from ...rules import receipt_steps
from .department import FUNCTIONS


class ReceiptProfile(models.Model):
    """The order in which a company receives returned goods, where they stand meanwhile, and who is told.

    Nothing of it refuses goods at the door: what is missing stands in the way of the next step.

    :source: S2.02-24, S2.05-23, S2.14-6, S2.18-11
    """

    _name = "cx.receipt.profile"
    _description = "Receipt Profile"
    _inherit = ["cx.catalogue.mixin"]

    step_ids = fields.One2many("cx.receipt.step", "profile_id", string="Steps", copy=True)
    first_place = fields.Selection(
        [("returns", "Customer returns"), ("aftersales", "After-sales warehouse")], string="Goods Are Put First Into",
        default="returns", required=True,
        help="RoHS goods are kept apart, and goods that arrive at a dock go where its route says.")
    place_after_inspection = fields.Selection(
        [("aftersales", "After-sales warehouse")], string="After Inspection Into", help="Empty: they stay where they are.")
    place_after_repair = fields.Selection(
        [("aftersales", "After-sales warehouse")], string="After Repair Into",
        help="Repaired goods that passed the check wait there for what is agreed with the customer. Empty: they go back "
             "to him straight from the check.")
    repaired_function = fields.Selection(
        FUNCTIONS, string="Tell of Repaired Goods", help="Goes on as agreed with the customer.")
    is_difference_blocking = fields.Boolean(
        string="Differences Answered First",
        help="While the count differs from the sheet and sales or customer service have not answered it, nothing is "
             "decided about the goods.")
    collect_days = fields.Integer(
        string="Days to Collect", help="Calendar days within which the goods are collected; 0: as the company says.")

    _collect_days_not_negative = models.Constraint(
        "CHECK (collect_days >= 0)", "The days to collect returned goods cannot be below zero.")

    def _steps(self):
        """The steps as plain values, in the company's order; none without a profile."""
        return tuple(receipt_steps.Step(step.step, step.is_required) for step in self.step_ids)

    def _requires(self, code):
        """Whether the step with this code is required."""
        return any(step.code == code and step.is_required for step in self._steps())

    def _functions_after(self, code):
        """Functions that are told when the step with this code is done."""
        return self.step_ids.filtered(lambda step: step.step == code)._functions()
