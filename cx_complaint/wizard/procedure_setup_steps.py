from odoo import models
from odoo.fields import Command

from .procedure_setup import SETTING_OF_NEED
from .procedure_setup_pick import CONDITIONS


class ProcedureSetup(models.TransientModel):
    """What the last step of the assistant does: every sentence of the summary with the deed it announces.

    A sentence is there only for what would change, so that the assistant may be run again at any time.
    """

    _inherit = "cx.procedure.setup"

    def _steps(self):
        """Everything that is to be done, in order: list of ``(sentence, callable)``."""
        self.ensure_one()
        return [
            *self._steps_company(), *self._steps_roles(), *self._steps_departments(), *self._steps_in_force(),
            *self._steps_choice()]

    def _steps_company(self):
        company = self.company_id.sudo()  # sudo: res.company - settings of complaint handling, which its manager keeps
        steps = []
        for need, setting in SETTING_OF_NEED.items():
            answer = self[need.replace("needs", "has")]
            if company[setting] != answer:
                label = company.fields_get([setting], ["string"])[setting]["string"]
                text = self.env._("%(company)s has it from now on: %(what)s", company=company.name, what=label) if answer else (
                    self.env._("%(company)s does without: %(what)s", company=company.name, what=label))
                steps.append((text, lambda setting=setting, answer=answer: company.write({setting: answer})))
        return steps + self._steps_one_person(company)

    def _steps_one_person(self, company):
        """Where one person does everything nobody else is waited for; where several do, four eyes see again."""
        is_one = bool(self.one_user_id) and self.role_ids.user_ids <= self.one_user_id
        if is_one and not company.cx_is_one_person:
            text = self.env._("%(user)s may approve what he proposed himself; it is kept with his signature", user=self.one_user_id.name)
        elif company.cx_is_one_person and len(self.role_ids.user_ids) > 1:
            text = self.env._("Nobody approves any more what he proposed himself, while somebody else can")
        else:
            return []
        return [(text, lambda: company.write({"cx_is_one_person": is_one}))]

    def _steps_roles(self):
        steps = []
        for row in self.role_ids:
            roles = row._known_roles(self.company_id, row.function, row.rank)
            before = roles._users()
            if not roles and row.user_ids:
                steps.append((
                    self.env._("New role %(role)s: %(users)s", role=row.name, users=", ".join(row.user_ids.mapped("name"))),
                    row._create_role))
            elif roles and (row.user_ids | row._through_departments(roles)) != before:
                staying = row._through_departments(roles) - row.user_ids
                text = self.env._(
                    "Role %(role)s: %(before)s → %(after)s", role=roles[0].name, before=", ".join(before.mapped("name")) or "–",
                    after=", ".join((row.user_ids | staying).mapped("name")) or "–")
                if staying:
                    text += " " + self.env._(
                        "(%(users)s by the department: change it there)", users=", ".join(staying.mapped("name")))
                steps.append((text, lambda row=row, roles=roles: row._fill(roles)))
        return steps

    def _steps_departments(self):
        """A department for each function that a procedure gives something to do or to answer for."""
        procedures = self._picked().procedure_id
        wanted = [*dict.fromkeys(self.role_ids.mapped("function") + procedures.cause_ids.mapped("function"))]
        known = self.env["cx.department"].search([("company_id", "=", self.company_id.id)]).mapped("function")
        labels = dict(self.role_ids._fields["function"]._description_selection(self.env))
        steps = []
        for function in filter(None, wanted):
            people = self._people_of(function)
            if function not in known and people["member_ids"]:
                vals = {
                    "name": labels[function], "function": function, "company_id": self.company_id.id,
                    "head_id": people["head_id"].id, "duty_user_id": people["duty_user_id"].id,
                    "member_ids": [Command.set(people["member_ids"].ids)]}
                steps.append((
                    self.env._("New department %(department)s: %(users)s", department=labels[function],
                               users=", ".join(people["member_ids"].mapped("name"))),
                    lambda vals=vals: self.env["cx.department"].create(vals)))
        return steps

    def _people_of(self, function):
        """Who would be in the department of a function: its roles' people, else whoever does everything."""
        ranks = [rank for rank, _label in self.role_ids._fields["rank"].selection]
        rows = self.role_ids.filtered(lambda row: row.function == function).sorted(lambda row: ranks.index(row.rank))
        people = rows.user_ids or self.one_user_id
        heads = rows.filtered(lambda row: row.rank in ("head", "director", "top")).user_ids
        clerks = rows.filtered(lambda row: row.rank == "clerk").user_ids
        return {"member_ids": people, "head_id": (heads or people)[:1], "duty_user_id": (clerks or people)[:1]}

    def _steps_in_force(self):
        return [
            (" ".join(filter(None, (
                self.env._("%(procedure)s is put in force.", procedure=procedure.display_name), procedure.holding_text))),
             procedure.action_put_in_force)
            for procedure in self._picked().procedure_id if procedure.state == "draft"]

    def _steps_choice(self):
        Choice = self.env["cx.procedure.choice"]
        standing = Choice.search([("company_id", "=", self.company_id.id)])
        steps = []
        for number, pick in enumerate(self._picked(), start=1):
            same = standing.filtered(lambda choice, pick=pick: all(choice[name] == pick[name] for name in CONDITIONS))[:1]
            values = {"for": pick._condition_text(), "procedure": pick.procedure_id.display_name}
            if not same:
                sequence = 10 * number if pick._is_for_some() else 1000
                vals = {**pick._condition(), "company_id": self.company_id.id, "procedure_id": pick.procedure_id.id,
                        "sequence": sequence}
                steps.append((
                    self.env._("New cases fall under %(procedure)s: %(for)s", **values), lambda vals=vals: Choice.create(vals)))
            elif same.procedure_id != pick.procedure_id:
                steps.append((
                    self.env._("New cases fall under %(procedure)s instead of %(before)s: %(for)s",
                               before=same.procedure_id.display_name, **values),
                    lambda same=same, pick=pick: same.write({"procedure_id": pick.procedure_id.id})))
        return steps


class ProcedureSetupRole(models.TransientModel):
    """What an answer makes of the company's roles."""

    _inherit = "cx.procedure.setup.role"

    def _through_departments(self, roles):
        """Who fills roles by his place in a department, which the assistant leaves alone."""
        # sudo: cx.department - who works where; the manager keeps it
        departments = roles.sudo().department_ids
        people = departments.head_id | (departments.member_ids if self.rank == "clerk" else departments.head_id)
        return people._cx_working_in(self.setup_id.company_id).sudo(False)

    def _fill(self, roles):
        """Name exactly those of the answer, where a department does not name them already."""
        new = self.user_ids - roles._users()
        for role in roles:
            role.user_ids = [Command.set((role.user_ids & self.user_ids | (new if role == roles[0] else new.browse())).ids)]

    def _create_role(self):
        """Called as the procedures call it, in every language; where they differ, as function and rank are called."""
        self.ensure_one()
        words = self.setup_id._picked().procedure_id.role_ids.filtered(
            lambda role: (role.resolver, role.function, role.rank) == ("role", self.function, self.rank))
        role = self.env["cx.role"].create({
            "name": self.name, "function": self.function, "rank": self.rank, "company_id": self.setup_id.company_id.id,
            "user_ids": [Command.set(self.user_ids.ids)]})
        for lang, _label in self.env["res.lang"].get_installed():
            labels = self.with_context(lang=lang)
            names = set(words.with_context(lang=lang).mapped("name"))
            role.with_context(lang=lang).name = names.pop() if len(names) == 1 else " – ".join(
                dict(labels._fields[name]._description_selection(labels.env))[self[name]] for name in ("function", "rank"))
        return role
