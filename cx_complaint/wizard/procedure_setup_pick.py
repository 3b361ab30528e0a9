from odoo import api, fields, models
from odoo.exceptions import UserError

from .procedure_setup import SETTING_OF_NEED

# what tells the cases of one procedure from those of another, as in cx.procedure.choice
CONDITIONS = ("partner_id", "product_categ_id", "category_id", "channel_id")


class ProcedureSetupPick(models.TransientModel):
    """A procedure on offer: a shipped one, loaded or not, or one that the company has written."""

    _name = "cx.procedure.setup.pick"
    _description = "Procedure on Offer"
    _order = "is_fitting desc, sequence, code, id"

    setup_id = fields.Many2one("cx.procedure.setup", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="setup_id.company_id")
    procedure_id = fields.Many2one("cx.procedure", readonly=True)
    sequence = fields.Integer(readonly=True)
    code = fields.Char(readonly=True)
    name = fields.Char(readonly=True)
    industry = fields.Char(readonly=True)
    is_fitting = fields.Boolean(string="Fits", readonly=True)
    missing = fields.Char(string="You Do Not Have", readonly=True)
    standing = fields.Char(readonly=True)
    is_chosen = fields.Boolean(string="Pick")
    partner_id = fields.Many2one(
        "res.partner", string="Only for Customer", domain="[('company_id', 'in', (False, company_id))]", help="Empty: every customer.")
    product_categ_id = fields.Many2one("product.category", string="Only for Products", help="Empty: every product.")
    category_id = fields.Many2one(
        "cx.category", string="Only for Category", domain="[('company_id', 'in', (False, company_id))]", help="Empty: every category.")
    channel_id = fields.Many2one(
        "cx.channel", string="Only for Channel", domain="[('company_id', 'in', (False, company_id))]", help="Empty: every channel.")

    @api.model
    def _prepare_rows(self, setup):
        """One row per procedure that the company may choose, what it works by already picked."""
        company = setup.company_id
        chosen = self.env["cx.procedure.choice"].search([("company_id", "=", company.id)])
        procedures = self.env["cx.procedure"].search(
            [("company_id", "in", (company.id, False)), ("state", "in", ("draft", "to_come", "in_force"))])
        current = {}  # of each code the edition in force before one to come and a draft, the company's own before the shared one
        standing = ("in_force", "to_come", "draft")
        for procedure in procedures.sorted(lambda one: (standing.index(one.state), not one.company_id, -one.id)):
            current.setdefault(procedure.code, procedure)
        states = dict(self.env["cx.procedure"]._fields["state"]._description_selection(self.env))
        rows = []
        for shipped in self.env["cx.procedure"]._shipped():
            procedure = current.pop(shipped["code"], None) or shipped["procedure"]
            rows.append({
                "code": shipped["code"], "name": shipped["name"], "industry": shipped["industry"], "procedure_id": procedure.id,
                "standing": states.get(procedure.state), "sequence": 100, **self._fit(setup, shipped["needs"])})
        for procedure in current.values():
            needs = {need for need in SETTING_OF_NEED if procedure[need]}
            rows.append({
                "code": procedure.code, "name": procedure.name, "industry": procedure.industry, "procedure_id": procedure.id,
                "standing": states[procedure.state], "sequence": 10, **self._fit(setup, needs)})
        for row in rows:
            if choice := chosen.filtered(lambda one, row=row: one.procedure_id.id == row["procedure_id"])[:1]:
                row |= {"is_chosen": True, **{name: choice[name].id for name in CONDITIONS}}
        return rows

    def _fit(self, setup, needs):
        lacking = [need for need in SETTING_OF_NEED if need in needs and not setup[need.replace("needs", "has")]]
        labels = self.env["cx.procedure"].fields_get(lacking, ["string"])
        return {"is_fitting": not lacking, "missing": ", ".join(labels[need]["string"] for need in lacking)}

    def _answers(self):
        """What the user said of it."""
        return {"is_chosen": self.is_chosen, **{name: self[name].id for name in CONDITIONS}}

    def _is_for_some(self):
        """Whether it is for some cases only."""
        return any(self[name] for name in CONDITIONS)

    def _condition(self):
        """The cases it is for, as the choice has them."""
        return {name: self[name].id for name in CONDITIONS}

    def _condition_text(self):
        """The cases it is for, in words."""
        names = [self[name].display_name for name in CONDITIONS if self[name]]
        return ", ".join(names) if names else self.env._("every case without a row of its own")

    def _check(self):
        """:raises UserError: one of the picked is not used any more, or two are for the same cases"""
        seen = {}
        for pick in self:
            if pick.procedure_id and (pick.procedure_id.state == "retired" or not pick.procedure_id.active):
                raise UserError(self.env._(
                    "%(procedure)s is retired or archived. Make a new edition of it or restore it, then pick that.",
                    procedure=pick.procedure_id.display_name))
            other = seen.setdefault(tuple(pick._condition().values()), pick)
            if other != pick:
                raise UserError(self.env._(
                    "%(one)s and %(other)s are picked for the same cases. Say for which customer, products, category or"
                    " channel one of them is, or pick only one.", one=other.name, other=pick.name))
