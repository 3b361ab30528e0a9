from odoo import api, fields, models

from ...rules.transition import transition

_MANAGER = "cx_complaint.group_manager"
_DECISIONS = [("draft", "Draft"), ("in_force", "In force"), ("retired", "Retired")]


class Procedure(models.Model):
    """A company's rulebook: who does what by when, what holds a case up, what is serious. Cases keep their edition.

    An edition in force does not change any more; what changes is a new edition, and open cases stay under theirs unless
    somebody moves them.
    """

    _name = "cx.procedure"
    _description = "Procedure"
    _inherit = ["mail.thread", "cx.frozen.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "sequence, code, edition, id"

    _TRANSITIONS = {
        "put_in_force": transition("draft", "in_force", _MANAGER),
        "new_edition": transition("to_come in_force retired", None, _MANAGER),
        "retire": transition("to_come in_force", "retired", _MANAGER),
    }
    _SHOWN_VERBS = ("put_in_force",)
    _BY_VERB_ONLY = frozenset({"decision", "is_to_come", "in_force_on", "retired_on", "predecessor_id"})
    _FROZEN_DECISIONS = frozenset({"in_force", "retired"})
    _FROZEN_FIELDS = frozenset({
        "name", "code", "company_id", "edition", "number", "effective_date", "calendar_id", "sequence_id", "batch_limit",
        "is_batch_limit_large", "is_batch_limit_undecided", "inspect_above_qty",
        "one_defect_share",
    })

    name = fields.Char(required=True, translate=True, tracking=True)
    code = fields.Char(required=True, tracking=True, help="Short name, the same in every edition.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: may be used by every company.")
    active = fields.Boolean(default=True)
    decision = fields.Selection(_DECISIONS, default="draft", required=True, readonly=True, copy=False)
    is_to_come = fields.Boolean(
        string="Still to Come", readonly=True, copy=False, help="Put in force, but its effective date has not come yet.")
    state = fields.Selection(
        [_DECISIONS[0], ("to_come", "Still to come"), *_DECISIONS[1:]], compute="_compute_state", store=True, index=True,
        tracking=True)
    predecessor_id = fields.Many2one(
        "cx.procedure", string="Earlier Edition", check_company=True, readonly=True, copy=False, index="btree_not_null")
    in_force_on = fields.Datetime(string="Put in Force On", readonly=True, copy=False)
    retired_on = fields.Datetime(readonly=True, copy=False)

    # what it is about
    industry = fields.Char(translate=True, help="The kind of company it was written for.")
    purpose = fields.Text(translate=True)
    scope = fields.Text(string="Applies To", translate=True)

    # document control
    number = fields.Char(string="Document Number")
    edition = fields.Char(default="A/0", required=True)
    effective_date = fields.Date(
        help="New cases fall under this edition from that day on. Empty or past: from the moment it is put in force.")
    issued_by = fields.Char(string="Issuing Department", translate=True)
    prepared_by = fields.Char()
    reviewed_by = fields.Char()
    countersigned_by = fields.Char()
    approved_by = fields.Char()
    controlled_status = fields.Char()
    related_documents = fields.Text(translate=True)
    revision_ids = fields.One2many("cx.procedure.revision", "procedure_id", string="Revisions", copy=True)

    # how it counts and measures
    calendar_id = fields.Many2one(
        "resource.calendar", string="Working Time", check_company=True, help="Empty: the working time of the company.")
    sequence_id = fields.Many2one(
        "ir.sequence", string="Number Series", check_company=True, help="Numbers of the cases. Empty: the company's own.")
    batch_limit = fields.Float(digits="Product Unit", help="A return above it is a large batch. 0: there is no such rule.")
    is_batch_limit_large = fields.Boolean(string="Limit Itself Is Large", help="Exactly the limit counts as a large batch.")
    is_batch_limit_undecided = fields.Boolean(
        string="Limit Itself Undecided", help="The document does not say where exactly the limit belongs.")
    inspect_above_qty = fields.Float(
        string="Inspect Above", digits="Product Unit", help="Quality inspects returns of more than this. 0: as the company says.")
    one_defect_share = fields.Float(
        string="One Defect Above (%)",
        help="Milestones may begin when inspections find one defect in more than this share of what came back. 0: no such rule.")
    _one_defect_share_is_a_share = models.Constraint(
        "CHECK (one_defect_share >= 0 AND one_defect_share < 100)", "A share lies between 0 and 100 per cent.")

    # what a company must have for it to make sense; the set-up assistant asks
    needs_production = fields.Boolean(string="Own Production")
    needs_lots = fields.Boolean(string="Lots or Serial Numbers")
    needs_bonded = fields.Boolean(string="Bonded Trade")
    needs_shops = fields.Boolean(string="Shops or Objects")
    needs_group = fields.Boolean(string="Group of Companies")
    needs_penalties = fields.Boolean(string="Penalties")

    role_ids = fields.One2many("cx.procedure.role", "procedure_id", string="Roles", copy=True)
    milestone_ids = fields.One2many("cx.milestone", "procedure_id", string="Milestones", copy=True)
    ladder_ids = fields.One2many("cx.ladder", "procedure_id", string="Escalation Ladders", copy=True)
    route_ids = fields.One2many("cx.route", "procedure_id", string="Routing", copy=True)
    severity_rule_ids = fields.One2many("cx.severity.rule", "procedure_id", string="Severity Rules", copy=True)
    gate_ids = fields.One2many("cx.gate", "procedure_id", string="Gates", copy=True)
    authority_ids = fields.One2many("cx.authority", "procedure_id", string="Authorities", copy=True)
    cause_ids = fields.One2many("cx.cause.category", "procedure_id", string="Causes", copy=True)
    guidance_ids = fields.One2many("cx.guidance", "procedure_id", copy=True)
    form_ids = fields.One2many("cx.form", "procedure_id", string="Forms", copy=True)
    warranty_rule_ids = fields.One2many("cx.warranty.rule", "procedure_id", string="Warranty", copy=True)

    _code_edition_unique = models.UniqueIndex(
        "(COALESCE(company_id, 0), code, edition)", "There is such an edition of this procedure already.")

    @api.depends("decision", "is_to_come")
    def _compute_state(self):
        for procedure in self:
            is_waiting = procedure.decision == "in_force" and procedure.is_to_come
            procedure.state = "to_come" if is_waiting else procedure.decision

    # Verbs, in the order of life

    def action_put_in_force(self):
        """From now on, or from its effective date on, new cases may fall under it; it does not change any more."""
        self._transition("put_in_force", {"in_force_on": fields.Datetime.now()})

    def action_retire(self):
        """No new case falls under it; open ones stay. What was still to come does not come."""
        self._transition("retire", {"retired_on": fields.Datetime.now(), "is_to_come": False})

    def _frozen_sentence(self):
        return self.env._(
            "%(procedure)s is in force and stays as it is: cases rest on it. Make a new edition and change that one.",
            procedure=self.display_name)
