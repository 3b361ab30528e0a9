from odoo import fields, models

from .department import FUNCTIONS

STEPS = [
    ("count", "Count"),
    ("papers", "Papers"),
    ("inspect", "Inspect"),
    ("place", "Place"),
]


class ReceiptStep(models.Model):
    """A step of a receipt profile: whether the next ones wait for it, and who is told when it is done."""

    _name = "cx.receipt.step"
    _description = "Step of Receipt"
    _order = "profile_id, sequence, id"

    profile_id = fields.Many2one("cx.receipt.profile", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="profile_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    step = fields.Selection(
        STEPS, required=True,
        help="Count: pieces and goods. Papers: the customer's note is signed and entered. Inspect: quality has a verdict. "
             "Place: the goods stand where they are collected from.")
    is_required = fields.Boolean(
        string="Required", help="The next steps wait for it. Goods are taken into quarantine all the same.")
    informed_function = fields.Selection(FUNCTIONS, string="Then Tell", help="Gets a to-do when the step is done.")
    also_informed_function = fields.Selection(FUNCTIONS, string="And Tell")

    _step_once = models.Constraint("UNIQUE (profile_id, step)", "A step stands in a receipt profile once.")

    def _functions(self):
        """Functions to be told."""
        found = self.mapped("informed_function") + self.mapped("also_informed_function")
        return list(dict.fromkeys(function for function in found if function))
