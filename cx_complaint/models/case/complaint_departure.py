from odoo import api, models

from ...rules.filling import Asked, fill, first_filled, heads_above
from ...rules.milestones import OPEN
from ...rules.routing import people_of_rank

# who hands over what: the field that names him
_NAMES = ("handler_id", "first_responsible_id")


class Complaint(models.Model):
    """Nobody's departure leaves a case without an owner."""

    _inherit = "cx.complaint"

    def write(self, vals):
        result = super().write(vals)
        if not {"receiver_id", "handler_id", "first_responsible_id", "responsible_department_id", "department_id"}.isdisjoint(vals):
            self._reassign_named()
        return result

    def _reassign_named(self):
        """Tasks of whom the case itself names go to whom it names now."""
        # sudo: cx.task - follows from the case, whoever changed it
        tasks = self.filtered("procedure_id").sudo().task_ids.filtered(
            lambda task: task.state in OPEN and any(link.resolver != "role" for link in task.role_id._chain()))
        tasks._reassign()

    @api.model
    def _hand_over_from(self, leavers, company, before):
        """Give the open cases of people who do not work in a company any more to those who stay.

        A case that somebody handled goes to its department, one that he answered for to his own; where nobody is on
        duty there, to the complaint desk, else to the top.

        :param before: staff of the company while they were still there
        """
        # sudo: cx.complaint - who handles a case follows from who is there, whoever lets him go
        cases = self.sudo().search([
            ("company_id", "=", company.id), ("decision", "=", "open"),
            "|", *((name, "in", leavers.ids) for name in _NAMES)])
        taken = {}
        for case in cases:
            for name in _NAMES:
                if case[name] in leavers:
                    heir = case._heir(name, before)
                    taken.setdefault((name, case[name], heir), self.browse())
                    taken[name, case[name], heir] |= case
        for (name, leaver, heir), theirs in taken.items():
            theirs.sudo().write({name: heir.id})  # sudo: cx.complaint - as above
            theirs._log_hand_over(name, leaver, heir)

    def _hand_over_of_department(self, leavers):
        """Give what people handled for a department that they do not belong to any more to who is on duty in it."""
        for case in self:
            leaver, heir = case.handler_id & leavers, case._heir("handler_id")
            if leaver and heir and heir != leaver:
                case.write({"handler_id": heir.id})
                case._log_hand_over("handler_id", leaver, heir)

    def _heir(self, name, before=None):
        """Who takes over what ``name`` says about the case; nobody only where the company has nobody.

        :param before: staff of the company while who has it was still there: his own departments
        """
        self.ensure_one()
        now = self.env["cx.role"]._staff(self.company_id.id)
        his = [desk.key for desk in before.desks if self[name].id in desk.everybody] if before else []
        keys = [self.department_id.id, *his] if name == "handler_id" else [*his, self.department_id.id]
        by_key = {desk.key: desk for desk in now.desks}
        desks = [by_key[key] for key in keys if key in by_key]
        people = fill(now, [Asked(None, None, first_filled(desk.everybody for desk in desks))])
        if name == "handler_id":
            people = self._with_rank(people, now, desks)
        return self.env["res.users"].browse(people[:1])

    def _with_rank(self, people, staff, desks):
        """Those of ``people`` who have the rank that the route of the case asks for, else who stands above them."""
        # sudo: cx.route - the rank that the rulebook asks for
        allowed = people_of_rank(staff, self.route_id.sudo().min_rank)
        if not allowed:
            return people
        rungs = [people, *(heads_above(staff, desk) for desk in desks), sorted(allowed)]
        return first_filled(tuple(person for person in rung if person in allowed) for rung in rungs)

    def _log_hand_over(self, name, leaver, heir):
        """Keep on each case who had it and who has it now."""
        label = self.fields_get([name], ["string"])[name]["string"]
        body = self.env._(
            "%(part)s: %(leaver)s has left; handed over to %(heir)s.", part=label, leaver=leaver.name,
            heir=heir.name or self.env._("nobody: the company has nobody for it"))
        self._message_log_batch(bodies=dict.fromkeys(self.ids, body))
