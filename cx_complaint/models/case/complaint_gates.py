from odoo import models

# gate: whether it is on where the procedure does not say; text: the setting of the company that says
_USUAL = {
    "read_back": True,
    "wish_first": True,
    "details": "cx_confirm_needs_details",
    "responsible_named": False,
    "cause_named": False,
    "lines_answered": True,
    "reaction_known": "cx_close_needs_reaction",
    "phoned_leader": False,
    "tasks_done": False,
    "handling_written": False,
}
# step of the case: gate and the method that says what is in its way; the other gates stand among the blockers of old
_CHECKS = {
    "confirm": (("phoned_leader", "_blockers_phoned_leader"),),
    "conclude": (("responsible_named", "_blockers_responsible"), ("cause_named", "_blockers_cause")),
    "close": (("tasks_done", "_blockers_tasks"), ("handling_written", "_blockers_handling")),
}


class Complaint(models.Model):
    """Gates: which of them hold a case up is a matter of its procedure; without one it is as the company's settings say."""

    _inherit = "cx.complaint"

    def _is_gate_on(self, gate):
        """Whether a gate holds this case up; of several rows of the procedure that fit, the first counts."""
        self.ensure_one()
        # sudo: cx.gate - what holds a case up is the same for whoever works on it
        rows = self.procedure_id.sudo().gate_ids.filtered(lambda row: row.code == gate)
        fitting = rows._matching(self)[self][:1] if rows else rows
        if fitting:
            return fitting.is_on
        usual = _USUAL[gate]
        return self.company_id[usual] if isinstance(usual, str) else usual

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        for gate, check in _CHECKS.get(verb, ()):
            if self._is_gate_on(gate):
                blockers += getattr(self, check)()
        return blockers

    def _blockers_responsible(self):
        """The report does not leave quality before it says who answers for the cause. :source: S0-5.2.3g1"""
        if self.responsible_department_id:
            return []
        return [self._blocker(
            "responsible_missing", self.env._("the department that answers for the cause is not named."),
            self.env._("Quality chooses it in “Responsible Department”."))]

    def _blockers_cause(self):
        if self.cause_category_id:
            return []
        return [self._blocker(
            "cause_missing", self.env._("the cause is not classified."),
            self.env._("Choose it in “Cause Category” on the page “Finding”."))]

    def _blockers_tasks(self):
        """Tasks that are still to be done; those that closing ends, or that go on until then, are not waited for."""
        if self.outcome == "duplicate":
            return []
        states = dict(self.env["cx.task"]._fields["state"]._description_selection(self.env))
        tasks = self.sudo()._open_tasks().filtered(  # sudo: cx.task - what is to be done, whoever has to
            lambda task: task.milestone_id.stop_event != "closed" and not task.milestone_id.repeat_days)
        return [
            self._blocker(
                "task_open", self.env._(
                    "the task is %(state)s; it is with %(who)s.", state=states[task.state].lower(),
                    who=task.user_id.name or task.role_id.name or self.env._("nobody")),
                self.env._("Have it done."), record=task.name)
            for task in tasks]
