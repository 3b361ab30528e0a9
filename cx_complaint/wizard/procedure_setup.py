from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Command

from ..models.procedure.shipped_files import NEEDS

# need of a procedure: setting of the company that says whether it has it
SETTING_OF_NEED = {
    "needs_production": "cx_has_production",
    "needs_lots": "cx_has_lots",
    "needs_bonded": "cx_has_bonded_trade",
    "needs_shops": "cx_uses_objects",
    "needs_group": "cx_has_group",
    "needs_penalties": "cx_has_penalties",
}
assert set(SETTING_OF_NEED) == set(NEEDS)
STEPS = [("company", "Your Company"), ("procedures", "Procedures"), ("roles", "Who Does What"), ("summary", "Summary")]


class ProcedureSetup(models.TransientModel):
    """From a few questions to a procedure in force: what the company has, which procedure fits, who does what.

    Nothing is changed before the last step, and that one does what the summary says and no more. It may be run as often
    as wanted: what stands already is proposed, and what stays as it is is not touched.
    """

    _name = "cx.procedure.setup"
    _description = "Procedure Set-Up Assistant"

    company_id = fields.Many2one("res.company", required=True, readonly=True, default=lambda self: self.env.company)
    step = fields.Selection(STEPS, default="company", required=True)

    has_production = fields.Boolean(
        string="Own Production", help="Goods are made and reworked in your own workshop. Without it rework stands in no menu.")
    has_lots = fields.Boolean(string="Lots or Serial Numbers", help="You know which lot or piece a customer got.")
    has_bonded = fields.Boolean(
        string="Bonded Trade", help="Returns may need a customs contract. Without it customs contracts stand in no menu.")
    has_shops = fields.Boolean(
        string="Shops or Objects",
        help="Complaints are about vehicles, sites, machines or purchases that you serve. Without it they stand nowhere.")
    has_group = fields.Boolean(string="Group of Companies", help="Cases pass between companies, dealers or tenants.")
    has_penalties = fields.Boolean(string="Penalties", help="Whoever is late or at fault in handling a complaint is charged.")

    pick_ids = fields.One2many("cx.procedure.setup.pick", "setup_id", string="Procedures")
    role_ids = fields.One2many("cx.procedure.setup.role", "setup_id", string="Roles")
    one_user_id = fields.Many2one(
        "res.users", string="One Name for All", domain="[('share', '=', False), ('company_ids', 'in', company_id)]",
        help="Does everything: for a company of one person.")
    rights_html = fields.Html(string="Lacking Rights", compute="_compute_rights_html", sanitize=False)

    @api.model
    def default_get(self, names):
        values = super().default_get(names)
        company = self.env.company.sudo()  # sudo: res.company - settings of complaint handling
        for need, setting in SETTING_OF_NEED.items():
            values[need.replace("needs", "has")] = company[setting]
        return values

    @api.constrains("company_id")
    def _check_company_chosen(self):
        """:raises AccessError: a client sent a company that the user does not work in"""
        for setup in self:
            if setup.company_id not in self.env.user.company_ids:
                raise AccessError(self.env._(
                    "You do not work in %(company)s. Open the assistant in one of your own companies.",
                    company=setup.company_id.sudo().name))  # sudo: res.company - its name

    @api.onchange("one_user_id")
    def _onchange_one_user_id(self):
        if self.one_user_id:
            for row in self.role_ids:
                row.user_ids = self.one_user_id

    # Steps

    def action_next(self):
        """Go on to the next question."""
        self.ensure_one()
        if self.step != STEPS[-1][0]:  # from the summary only action_apply leads on
            getattr(self, f"_leave_{self.step}")()
        return self._go(+1)

    def action_back(self):
        """Back to the question before; what was answered stays."""
        self.ensure_one()
        return self._go(-1)

    def _go(self, direction):
        steps = [step for step, _label in STEPS]
        self.step = steps[max(0, min(len(steps) - 1, steps.index(self.step) + direction))]
        return self._reopened()

    def _reopened(self):
        return {
            "type": "ir.actions.act_window", "name": self.env._("Set-Up Assistant"), "res_model": self._name,
            "res_id": self.id, "view_mode": "form", "target": "new", "context": {"dialog_size": "extra-large"}}

    def _leave_company(self):
        """List the procedures, those that fit first; what was picked before stays picked."""
        before = {pick.code: pick._answers() for pick in self.pick_ids}
        rows = self.env["cx.procedure.setup.pick"]._prepare_rows(self)
        self.pick_ids = [Command.clear(), *(Command.create({**row, **before.get(row["code"], {})}) for row in rows)]

    def _leave_procedures(self):
        """Ask one question per role of what was picked; nothing of it is there yet."""
        before = {(row.function, row.rank): row.user_ids.ids for row in self.role_ids}
        rows = self._on_trial(lambda: self.env["cx.procedure.setup.role"]._prepare_rows(
            self.company_id, self._picked().procedure_id))
        for row in rows:
            if (key := (row["function"], row["rank"])) in before:
                row["user_ids"] = [Command.set(before[key])]
        self.role_ids = [Command.clear(), *map(Command.create, rows)]

    def _leave_roles(self):
        """Say what will be done; nothing is missing: a role without people falls to the next rank."""
        self.write({"summary_html": self._on_trial(self._summary), "is_summary_renewed": False})

    def _picked(self):
        return self.pick_ids.filtered("is_chosen").sorted(lambda pick: (not pick._is_for_some(), pick.sequence, pick.id))

    # What will be done

    def _summary(self):
        steps = self._steps()
        parts = [self._section(self.env._("What will be done"), [text for text, _do in steps] or [
            self.env._("Nothing: everything stands already.")])]
        for procedure in self._picked().procedure_id:
            undecided = [
                " · ".join(filter(None, (clause, what, left_open))) for clause, what, left_open in procedure._to_be_decided()]
            if undecided:
                parts.append(self._section(self.env._(
                    "%(procedure)s: to be decided, until then its clock is off", procedure=procedure.display_name), undecided))
        empty = [row.name for row in self.role_ids if not row.user_ids]
        if empty:
            parts.append(self._section(self.env._("Nobody does this yet; it falls to the next rank, then to the complaint desk"), empty))
        return Markup().join(parts)

    def _section(self, title, texts):
        return Markup("<h5>%s</h5><ul>%s</ul>") % (title, Markup().join(Markup("<li>%s</li>") % text for text in texts))

    @api.depends("step", "role_ids.user_ids")
    def _compute_rights_html(self):
        for setup in self:
            lacking = setup._lacking_rights() if setup.step == "summary" else []
            setup.rights_html = bool(lacking) and Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % self.env._(
                    "%(user)s needs: %(group)s", user=user.name, group=group.sudo().full_name)  # sudo: res.groups - a name
                for user, group in lacking)

    def _lacking_rights(self):
        """Who was named for something that he has no rights for: list of ``(user, group)``, each once."""
        return list(dict.fromkeys(
            (user, row._group()) for row in self.role_ids for user in row.user_ids
            if row._group() not in user.sudo().all_group_ids))  # sudo: res.users - which rights he has

    def action_grant(self):
        """Give the rights that are lacking; with the administrator's own rights, nobody else's.

        :return: the assistant, where it stands
        """
        self.ensure_one()
        self.env["res.users"].check_access("write")
        for user, group in self._lacking_rights():
            user.write({"group_ids": [Command.link(group.id)]})
        return self._reopened()
