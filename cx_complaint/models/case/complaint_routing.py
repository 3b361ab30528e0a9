from typing import NamedTuple

from odoo import fields, models
from odoo.exceptions import ValidationError

from ...rules.conditions import Condition, holds
from ...rules.filling import desk_of
from ...rules.routing import first_of_rank, people_of_rank
from .by_code import is_by_code


class RouteRule(NamedTuple):
    """A route as plain values; role and key by their ids."""

    key: int
    condition: Condition
    role: int
    resolver: str
    function: str | None
    min_rank: str | None


class Complaint(models.Model):
    """Where a case goes: the first route of its procedure that fits names department and handler.

    It is routed when it is registered, and again when its classes change, until somebody has taken it. By hand it goes to
    departments that the routes name, so that nothing is pushed on to somebody who has no part in it; who answers to the
    customer first goes on doing so.

    :source: S1-5.3.1c, S2.03-1a, S2.16-12, S3-III.2a
    """

    _inherit = "cx.complaint"

    route_id = fields.Many2one(
        "cx.route", readonly=True, copy=False, check_company=True, ondelete="set null", index="btree_not_null",
        help="Why it went to the department and the handler.")
    routed_user_id = fields.Many2one("res.users", string="Routed To", readonly=True, copy=False)

    def write(self, vals):
        if self.env.su or is_by_code(self.env, "cx_follows_rulebook") or {"department_id", "handler_id"}.isdisjoint(vals):
            return super().write(vals)
        before = {case: (case.department_id, case.handler_id) for case in self}
        result = super().write(vals)
        for case in self.filtered("procedure_id"):
            department, handler = before[case]
            if case.department_id != department:
                case._check_routing_target()
            if case.handler_id != handler:
                case._check_rank_of_handler()
        return result

    def _route_cases(self, taken=None):
        """Give each case that nobody has taken to whom its route names.

        :param taken: new cases that somebody handles already; None: none of them is new
        """
        cases = self.filtered(lambda case: case.procedure_id and case.decision == "open" and not case.investigation_on)
        routes = {procedure: procedure._plain("routes") for procedure in cases.procedure_id}
        if not any(routes.values()):
            return
        chosen = {}
        for case, facts in cases._condition_facts().items():
            route = next((route for route in routes[case.procedure_id] if holds(route.condition, facts)), None)
            if route:
                chosen[case] = route
        people = self.env["cx.procedure.role"].browse({route.role for route in chosen.values()})._resolve(cases)
        targets = {}
        for case, route in chosen.items():
            vals = case._prepare_route_vals(route, people[route.role, case.id], taken)
            key = tuple(vals.items())
            targets[key] = targets.get(key, self.browse()) | case
        for vals, those in targets.items():
            if vals:
                those.sudo().write(dict(vals))  # sudo: cx.complaint - follows from the rulebook, whoever registered the case

    def _prepare_route_vals(self, route, people, taken):
        """Where the route leads, unless somebody has the case; nothing of it is written here."""
        self.ensure_one()
        allowed = people_of_rank(self.env["cx.role"]._staff(self.company_id.id), route.min_rank)
        user = self.env["res.users"].browse(first_of_rank(people.ids, allowed)[:1])
        # who is entered at registration without the rank for it has not taken it
        is_taken = self in taken and (not allowed or self.handler_id.id in allowed) if taken is not None else self.handler_id and self.handler_id != self.routed_user_id
        vals = {"route_id": route.key} if self.route_id.id != route.key else {}
        if not is_taken:
            department = self._department_of_route(route, user)
            vals |= {name: record.id for name, record in (
                ("department_id", department), ("handler_id", user), ("routed_user_id", user))
                if record and record != self[name]}
        return vals

    def _department_of_route(self, route, user):
        """The department of the role's function that ``user`` belongs to, else the first of the function."""
        self.ensure_one()
        if route.resolver in ("responsible_head", "responsible_department"):
            return self.responsible_department_id
        staff = self.env["cx.role"]._staff(self.company_id.id)
        key = route.function and (desk_of(staff, route.function, user.ids) or desk_of(staff, route.function))
        return self.env["cx.department"].browse(key or ())

    # By hand

    def _check_routing_target(self):
        """:raises ValidationError: the department has no part in cases of this procedure"""
        self.ensure_one()
        roles = self.procedure_id.sudo().route_ids.role_id  # sudo: cx.route - where cases of the rulebook may go
        functions = set(roles.mapped("function")) - {False}
        if not functions or not self.department_id or self.department_id.function in functions | {"service"} or (
                self.department_id == self.responsible_department_id):
            return
        labels = dict(self.env["cx.department"]._fields["function"]._description_selection(self.env))
        raise ValidationError(self.env._(
            "%(complaint)s cannot go to %(department)s: cases of this procedure go to %(functions)s. Choose one of these"
            " departments.", complaint=self.display_name, department=self.department_id.name,
            functions=", ".join(label for function, label in labels.items() if function in functions | {"service"})))

    def _check_rank_of_handler(self):
        """:raises ValidationError: who shall handle the case has not the rank that its route asks for"""
        self.ensure_one()
        route = self.route_id.sudo()  # sudo: cx.route - the rank that the rulebook asks for
        allowed = people_of_rank(self.env["cx.role"]._staff(self.company_id.id), route.min_rank)
        if not allowed or not self.handler_id or self.handler_id.id in allowed:
            return
        label = dict(route._fields["min_rank"]._description_selection(self.env))[route.min_rank]
        raise ValidationError(self.env._(
            "%(complaint)s cannot be handled by %(user)s: its procedure asks for the rank “%(rank)s” or higher. Choose"
            " one of: %(people)s.", complaint=self.display_name, user=self.handler_id.name, rank=label,
            people=", ".join(self.env["res.users"].sudo().browse(allowed).sorted("name").mapped("name"))))  # sudo: res.users - names


class Procedure(models.Model):
    """Where cases go, as the rules read it."""

    _inherit = "cx.procedure"

    def _read_routes(self):
        return [
            RouteRule(
                route.id, route._condition(), route.role_id.id, route.role_id.resolver, route.role_id.function or None,
                route.min_rank or None)
            for route in self.route_ids]
