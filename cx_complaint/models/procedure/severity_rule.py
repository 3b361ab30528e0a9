from odoo import fields, models

from .rulebook_lists import SEVERITIES


class SeverityRule(models.Model):
    """What makes a case at least this severe. The severity of a case is the highest of the rules that hit."""

    _name = "cx.severity.rule"
    _description = "Severity Rule"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(translate=True)
    kind = fields.Selection(
        [
            ("trigger", "Something ticked on the case"),
            ("amount", "Amount claimed"),
            ("batch", "Batch return"),
            ("visits", "Visits of the object"),
            ("object_complaints", "Complaints about the object"),
            ("customer_complaints", "Complaints of the customer"),
            ("outside_channel", "Passed on by a third party"),
        ],
        required=True, default="trigger")
    trigger_id = fields.Many2one("cx.trigger", check_company=True, ondelete="restrict", index="btree_not_null")
    threshold = fields.Float(help="Amount in the currency of the company, or number.")
    is_included = fields.Boolean(string="Limit Included", help="The threshold itself counts as well.")
    days = fields.Integer(string="Within Days", help="Counted over the last so many days. 0: ever.")
    is_undecided = fields.Boolean(string="To Be Decided", help="The document names no figure: the rule is off.")
    severity = fields.Selection(SEVERITIES, required=True, default="major")
