from odoo import fields, models

from .rulebook_lists import BATCH_CLASSES, CUSTOMER_TYPES, NATURES, PARTIES, SEVERITIES


class ConditionMixin(models.AbstractModel):
    """A rule of a rulebook that holds for some cases only. What is left empty holds for every case."""

    _name = "cx.condition.mixin"
    _description = "Condition on a Case"
    _check_company_auto = True

    # what is archived is named all the same, and what is named is not deleted: without it the rule would hold for every case
    category_ids = fields.Many2many(
        "cx.category", string="Categories", check_company=True, ondelete="restrict", context={"active_test": False},
        help="Empty: every category.")
    channel_ids = fields.Many2many(
        "cx.channel", string="Channels", check_company=True, ondelete="restrict", context={"active_test": False},
        help="Empty: every channel.")
    kind_ids = fields.Many2many(
        "cx.complaint.kind", string="Kinds", check_company=True, ondelete="restrict", context={"active_test": False},
        help="Empty: every kind.")
    phase_ids = fields.Many2many(
        "cx.object.phase", string="Phases of the Object", check_company=True, ondelete="restrict",
        help="In which one of these the object was when the complaint came. Empty: whatever it was in, or without any.")
    nature = fields.Selection(NATURES, help="Empty: every nature.")
    is_technical = fields.Selection([("yes", "Technical"), ("no", "Not technical")], string="Technical", help="Empty: both.")
    party = fields.Selection(PARTIES, string="Responsible Party", help="Empty: whoever is responsible.")
    batch_class = fields.Selection(BATCH_CLASSES, string="Batch", help="Empty: every size.")
    min_severity = fields.Selection(SEVERITIES, string="From Severity", help="This severity and above. Empty: every severity.")
    max_severity = fields.Selection(SEVERITIES, string="Up to Severity", help="This severity and below. Empty: every severity.")
    is_urgent_only = fields.Boolean(string="Urgent Only")
    customer_type = fields.Selection(CUSTOMER_TYPES, help="Empty: every type of customer.")
