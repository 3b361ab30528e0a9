from odoo import fields, models

from ...rules import ways
from .department import FUNCTIONS


class Verdict(models.Model):
    """What an inspection may find, with the disposition it proposes."""

    _name = "cx.verdict"
    _description = "Inspection Verdict"
    _inherit = ["cx.catalogue.mixin"]

    is_good = fields.Boolean(string="Counts as Good", help="Units that are not counted into the defect rate.")
    is_repairable = fields.Boolean(string="Repairable")
    is_customer_responsible = fields.Boolean(
        string="Customer's Responsibility",
        help="Wrong use, human damage or a mis-return: the customer is asked before anything is done.",
    )
    work = fields.Selection(
        ways.WORK_SELECTION, string="Proposed Work", help="Empty: the verdict proposes no disposition.")
    destination = fields.Selection(ways.DESTINATION_SELECTION, string="Proposed Destination")
    informs_function = fields.Selection(
        FUNCTIONS, string="Informs", help="Function whose duty user is told when an inspection finds this.")
