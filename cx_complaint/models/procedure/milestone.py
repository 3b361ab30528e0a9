from odoo import fields, models

from .rulebook_lists import CASE_VERBS, EVENTS, UNITS


class Milestone(models.Model):
    """What a rulebook gives a role to do in a case, from which event on, until which event, and how long it may take.

    A milestone without a limit is a task without a clock. One whose limit the document has lost is undecided: the task
    is there, its clock is off, and the procedure's page lists it.
    """

    _name = "cx.milestone"
    _description = "Milestone"
    _inherit = ["cx.condition.mixin", "cx.procedure.part.mixin"]

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    role_id = fields.Many2one(
        "cx.procedure.role", string="Done By", required=True, check_company=True, ondelete="restrict", index=True,
        domain="[('procedure_id', '=', procedure_id)]")
    instruction = fields.Text(translate=True, help="What is to be done, or said; shown with the task.")

    # from when to when
    start_event = fields.Selection(EVENTS, string="Starts With", help="Empty: after another milestone.")
    after_id = fields.Many2one(
        "cx.milestone", string="Starts After", check_company=True, ondelete="restrict", index="btree_not_null",
        domain="[('procedure_id', '=', procedure_id), ('id', '!=', id)]")
    stop_event = fields.Selection(EVENTS, string="Done With", help="Empty: who does it says that it is done.")

    # how long it may take
    limit_value = fields.Float(string="Limit")
    limit_unit = fields.Selection(UNITS, string="Unit")
    is_at_once = fields.Boolean(
        string="At Once", help="No time is allowed: with minutes or hours it is due at once, with days the same day.")
    band_ids = fields.One2many("cx.milestone.band", "milestone_id", string="By Distance", copy=True)
    is_undecided = fields.Boolean(string="To Be Decided", help="The document has lost the limit: the clock is off.")
    undecided_note = fields.Char(translate=True, help="What is to be decided.")
    repeat_days = fields.Integer(
        string="Repeated Every (Days)", help="Done again every so many days until the case is closed. 0: once.")
    is_pausable = fields.Boolean(string="Waiting Pauses It", default=True)
    is_next_opening = fields.Boolean(
        string="Waits for Opening", help="A case received outside working time that is not urgent starts at the next opening.")
    is_extendable = fields.Boolean(string="May Be Extended", help="In advance, with notice to whom it was promised.")
    unreachable_value = fields.Float(string="Limit If Unreachable", help="In the unit of the limit, when the customer cannot be reached.")
    is_reason_required = fields.Boolean(string="Reason When Late", help="Who is late says why.")
    ladder_id = fields.Many2one(
        "cx.ladder", string="Escalation", check_company=True, ondelete="restrict", index="btree_not_null",
        domain="[('procedure_id', '=', procedure_id)]")

    is_callback = fields.Boolean(
        string="Call-Back", help="Not needed where the customer has declared that he wants no call-back.")

    # what waits for it
    blocks_verb = fields.Selection(CASE_VERBS, string="Needed Before", help="The step of the case that waits until it is done.")
    is_promise = fields.Boolean(
        string="Promised to the Customer",
        help="He is told the date. Whoever moves it tells him first; the case shows what he was told.")

    _code_once = models.UniqueIndex("(procedure_id, code)", "A procedure names each milestone once.")
