from odoo import models

from ...rules.filling import Asked, fill, heads_above, people_of, superior

_NAMED_BY = {"receiver": "receiver_id", "first_responsible": "first_responsible_id", "handler": "handler_id"}
_CLIMBING = frozenset({"superior", "responsible_head"})


class ProcedureRole(models.Model):
    """From the words of a procedure to people of the company."""

    _inherit = "cx.procedure.role"

    def _resolve(self, complaints):
        """Who fills each role in each case; see :func:`fill` for where it goes when nobody does.

        Costs the same few queries for one case and for a thousand; what is known of the company's people is kept.

        :return: ``{(role id, complaint id): users}`` in order, whoever is on duty first; only active internal users who
            work in the company of the case
        """
        roles = self.sudo()  # sudo: cx.procedure.role - who does it is the same for whoever asks
        chains = {role: role._chain() for role in roles}
        answers = {}
        for company, cases in complaints.sudo().grouped("company_id").items():  # sudo: cx.complaint - as above
            staff = self.env["cx.role"]._staff(company.id)
            for role, chain in chains.items():
                is_named_by_case = any(link.resolver != "role" for link in chain)
                people = () if is_named_by_case else fill(staff, [link._asked(staff) for link in chain])
                for case in cases:
                    if is_named_by_case:
                        people = fill(staff, [link._asked(staff, case) for link in chain])
                    answers[role.id, case.id] = self.env["res.users"].browse(people)
        return answers

    def _fill_together(self, case):
        """Who fills one of these roles in a case; only where nobody fills any of them, whoever does it instead."""
        staff = self.env["cx.role"]._staff(case.company_id.id)
        roles = self.sudo()  # sudo: cx.procedure.role, cx.complaint - as in _resolve
        own = [people for role in roles for people in people_of(staff, [role._asked(staff, case.sudo())])]
        people = dict.fromkeys(person for rung in own for person in rung)
        if not people:
            people = fill(staff, [link._asked(staff, case.sudo()) for link in roles[:1]._chain()])
        return self.env["res.users"].browse(people)

    def _chain(self):
        """The role and those that it falls to, each once, in order."""
        self.ensure_one()
        chain = link = self
        while (link := link.falls_to_id) and link not in chain:
            chain += link
        return chain

    def _asked(self, staff, case=None):
        """The role as the rules read it, in one case."""
        self.ensure_one()
        named = () if self.resolver == "role" else tuple(self._named_by_case(staff, case))
        function = self.function or None
        return Asked(function, function and self.rank, named, self.resolver in _CLIMBING)

    def _named_by_case(self, staff, case):
        """Keys of those whom the case itself names for the role."""
        if name := _NAMED_BY.get(self.resolver):
            return case[name]._cx_working_in(case.company_id).ids
        if self.resolver == "superior":
            return superior(staff, case.first_responsible_id.id)
        desk = next((desk for desk in staff.desks if desk.key == case.responsible_department_id.id), None)
        if not desk:
            return ()
        return heads_above(staff, desk) if self.resolver == "responsible_head" else desk.everybody

