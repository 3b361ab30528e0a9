from odoo import api, fields, models

from ...rules.blocker import Blocker
from ...rules.scheme_choice import Offer, best
from ...rules.transition import transition


class ReworkScheme(models.Model):
    """How a defect is reworked: operations and parts per unit.

    Written by engineering, proved on a representative piece, released, then reused. What is proved or released stays
    as it is; who wants to change it withdraws it first.
    """

    _name = "cx.rework.scheme"
    _description = "Rework Scheme"
    _inherit = ["mail.thread", "cx.transition.mixin", "cx.frozen.mixin"]
    _check_company_auto = True
    _order = "name, id"

    _TRANSITIONS = {
        "prove": transition("draft", "proved", "cx_complaint.group_engineering"),
        "release": transition("draft proved", "released", "cx_complaint.group_engineering"),
        "withdraw": transition("proved released", "draft", "cx_complaint.group_engineering"),
    }
    _BY_VERB_ONLY = frozenset({"decision", "proved_on", "proved_by_id", "released_on", "released_by_id"})
    _SHOWN_VERBS = ("release",)
    _FROZEN_DECISIONS = frozenset({"proved", "released"})
    _FROZEN_FIELDS = frozenset({
        "company_id", "product_tmpl_ids", "defect_ids", "operation_ids", "part_ids", "note", "is_chargeable",
    })

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)

    # for what
    product_tmpl_ids = fields.Many2many(
        "product.template", string="Products", check_company=True, help="Empty: any product.")
    defect_ids = fields.Many2many(
        "cx.defect", string="Defects", check_company=True, help="Empty: any defect.")

    # how
    operation_ids = fields.One2many("cx.rework.operation", "scheme_id", string="Operations", copy=True)
    part_ids = fields.One2many("cx.rework.part", "scheme_id", string="Parts", copy=True)
    note = fields.Html(string="Work Instruction")
    proof_note = fields.Text(
        string="Proved On Piece", help="The representative piece it was tried on, and the result.", copy=False)

    # at what cost
    is_chargeable = fields.Boolean(string="Chargeable", help="The customer pays for this rework.")
    currency_id = fields.Many2one(related="company_id.currency_id")
    minutes = fields.Float(string="Minutes per Unit", compute="_compute_cost_per_unit")
    cost_per_unit = fields.Monetary(
        string="Estimated Cost per Unit", compute="_compute_cost_per_unit",
        help="Minutes at the hourly cost of their work centres, and parts at their cost.")

    # life
    decision = fields.Selection(
        [("draft", "Draft"), ("proved", "Proved"), ("released", "Released")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True, index=True, tracking=True)
    proved_on = fields.Datetime(readonly=True, copy=False)
    proved_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    released_on = fields.Datetime(readonly=True, copy=False)
    released_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    active = fields.Boolean(default=True)
    disposition_ids = fields.One2many("cx.disposition", "scheme_id", string="Used By", readonly=True)
    disposition_count = fields.Integer(compute="_compute_disposition_count")

    @api.depends(
        "company_id", "operation_ids.minutes", "operation_ids.workcenter_id.costs_hour", "part_ids.quantity",
        "part_ids.product_id.standard_price")
    def _compute_cost_per_unit(self):
        for scheme in self:
            own = scheme.with_company(scheme.company_id)  # costs are kept per company
            scheme.minutes = sum(own.operation_ids.mapped("minutes"))
            scheme.cost_per_unit = sum(
                operation.minutes / 60.0 * operation.workcenter_id.costs_hour for operation in own.operation_ids
            ) + sum(part.quantity * part.product_id.standard_price for part in own.part_ids)

    @api.depends("disposition_ids")
    def _compute_disposition_count(self):
        counts = {scheme.id: count for scheme, count in self.env["cx.disposition"]._read_group(
            [("scheme_id", "in", self.ids)], ["scheme_id"], ["__count"])}
        for scheme in self:
            scheme.disposition_count = counts.get(scheme.id, 0)

    # ORM

    def copy_data(self, default=None):
        vals_list = super().copy_data(default)
        for scheme, vals in zip(self, vals_list, strict=True):
            if "name" not in (default or {}):
                vals["name"] = self.env._("%(scheme)s (copy)", scheme=scheme.name)
        return vals_list

    def _frozen_sentence(self):
        """What is worked by does not change silently."""
        states = dict(self._fields["state"]._description_selection(self.env))
        return self.env._(
            "%(scheme)s is %(state)s. Withdraw it to change or delete it, or copy it.",
            scheme=self.display_name, state=states[self.decision])

    # Verbs

    def action_prove(self):
        """State that the scheme was tried on a representative piece and works."""
        self._transition("prove", {"proved_on": fields.Datetime.now(), "proved_by_id": self.env.uid})

    def action_release(self):
        """Let dispositions use the scheme."""
        self._transition("release", {"released_on": fields.Datetime.now(), "released_by_id": self.env.uid})

    def action_withdraw(self):
        """Take the scheme back to change it; orders that were made from it keep their copy."""
        self._transition("withdraw", {
            "proved_on": False, "proved_by_id": False, "released_on": False, "released_by_id": False})

    def action_view_dispositions(self):
        """The dispositions that use these schemes."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Dispositions"),
            "res_model": "cx.disposition",
            "view_mode": "list,form",
            "domain": [("scheme_id", "in", self.ids)],
        }

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("prove", "release") and not (self.operation_ids or self.part_ids):
            blockers.append(Blocker(
                "empty", self.display_name, self.env._("It has no operations and no parts."),
                self.env._("Enter what is done per unit.")))
        if verb == "prove" and not (self.proof_note or "").strip():
            blockers.append(Blocker(
                "no_proof", self.display_name, self.env._("It does not say which piece it was tried on."),
                self.env._("Fill in “Proved On Piece” with the piece and the result.")))
        return blockers

    # Choice

    @api.model
    def _find_for(self, product, defects, company=None):
        """The released scheme that fits a product and its defects best, or none.

        :param product: ``product.product``
        :param defects: ``cx.defect`` records, may be empty
        :param company: whose schemes; default the current company
        """
        return self._find_for_many([(company or self.env.company, product, defects)])[0]

    @api.model
    def _find_for_many(self, requests):
        """As :meth:`_find_for` for ``(company, product, defects)`` triples; one search for all of them."""
        companies = self.env["res.company"].union(*(company for company, _product, _defects in requests))
        schemes = self.search([("state", "=", "released"), ("company_id", "in", companies.ids)])
        offers = {
            company: [
                Offer(scheme.id, frozenset(scheme.product_tmpl_ids.ids), frozenset(scheme.defect_ids.ids))
                for scheme in schemes if scheme.company_id == company
            ]
            for company in companies
        }
        return [
            self.browse(best(offers[company], product.product_tmpl_id.id, defects.ids) or [])
            for company, product, defects in requests
        ]
