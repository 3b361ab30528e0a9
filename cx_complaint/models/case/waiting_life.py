from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..procedure.time_texts import moment_text


class Complaint(models.Model):
    """A case waits for somebody: an interval with a reason, in which its clocks stand."""

    _inherit = "cx.complaint"

    is_waiting = fields.Boolean(string="Waits", compute="_compute_is_waiting", search="_search_is_waiting")
    waiting_text = fields.Char(compute="_compute_is_waiting")
    can_wait = fields.Boolean(compute="_compute_can_wait")

    @api.depends("waiting_ids.until_on")
    @api.depends_context("lang", "tz")
    def _compute_is_waiting(self):
        labels = dict(self.env["cx.waiting"]._fields["waiting_for"]._description_selection(self.env))
        for complaint in self:
            # sudo: cx.waiting - for whom the case waits, for whoever sees the case
            wait = complaint.sudo()._open_waiting()
            complaint.is_waiting = bool(wait)
            complaint.waiting_text = bool(wait) and self.env._(
                "Waits for: %(party)s, since %(date)s. %(reason)s", party=labels[wait.waiting_for], reason=wait.reason,
                date=moment_text(self.env, wait.from_on, complaint.company_id))

    @api.depends("handler_id", "task_ids.state", "task_ids.user_id", "task_ids.queue_user_ids")
    @api.depends_context("uid")
    def _compute_can_wait(self):
        for complaint in self:
            complaint.can_wait = complaint._may_let_wait("wait")

    def _search_is_waiting(self, operator, value):
        if operator != "in":
            return NotImplemented
        return [("waiting_ids", "any", [("until_on", "=", False)])]

    def write(self, vals):
        result = super().write(vals)
        if vals.get("decision", "open") != "open":
            self.filtered("procedure_id")._resume()  # what is over waits for nobody; taken up again it does not either
        return result

    def action_wait(self):
        """Ask for whom the cases wait, and why; see :meth:`_wait`."""
        self.check_access("read")
        self._check_may("wait")
        return self._ask("cx_complaint.complaint_wait_action")

    def action_resume(self):
        """It is waited for no longer: the clocks go on."""
        self.check_access("read")
        self._check_may("resume")
        self._resume()

    def _may_let_wait(self, verb):
        """Whether the user says that a case waits, or does not any more: one of the functions, who handles it, who has a task of it."""
        self.ensure_one()
        case, user = self.sudo(), self.env.user  # sudo: cx.complaint, cx.task - who works on it
        return self._may(verb) or case.handler_id == user or user in (tasks := case._open_tasks()).user_id | tasks.queue_user_ids

    def _check_may(self, verb):
        if verb not in self._ALSO_BY:
            return super()._check_may(verb)
        if others := self.filtered(lambda case: not case._may_let_wait(verb)):
            raise AccessError(self.env._(
                "%(complaint)s: customer service, sales, quality, who handles the case or has a task of it says whether it"
                " waits. Ask one of them.", complaint=others[0].display_name))
        return None

    def _open_waiting(self):
        return self.waiting_ids.filtered(lambda wait: not wait.until_on)

    def _wait(self, waiting_for, reason, since=None):
        """The cases wait from now on, or since a moment that has passed.

        :raises UserError: a case is over, waits already, or waited then
        """
        self.check_access("read")
        self._check_may("wait")
        self.env["cx.guard"]._take_for(self)
        since = since or fields.Datetime.now()
        for complaint in self:
            complaint._check_can_wait(since)
        cases = self.sudo()  # sudo: cx.waiting, cx.task - checked above
        cases.env["cx.waiting"].create([
            {"complaint_id": case.id, "waiting_for": waiting_for, "reason": reason, "from_on": since} for case in cases])
        cases.invalidate_recordset(["waiting_ids"])
        tasks = cases._open_tasks().filtered(lambda task: task._rule().is_pausable)
        tasks.write({"state": "paused"})
        tasks._update_due("pause", reason)

    def _check_can_wait(self, since):
        if self.decision != "open":
            raise UserError(self.env._(
                "%(complaint)s is over and waits for nobody. Reopen it first.", complaint=self.display_name))
        if self.sudo()._open_waiting():  # sudo: cx.waiting - whether it waits
            raise UserError(self.env._(
                "%(complaint)s waits already. Resume it first.", complaint=self.display_name))
        latest = max(self.sudo().waiting_ids.mapped("until_on"), default=self.received_on)  # sudo: cx.waiting - as above
        if not max(latest, self.received_on) <= since <= fields.Datetime.add(fields.Datetime.now(), minutes=5):
            raise UserError(self.env._(
                "%(complaint)s cannot have begun to wait on %(date)s. Enter a moment after it was received and after it last"
                " waited, and not in the future.", complaint=self.display_name,
                date=moment_text(self.env, since, self.company_id)))

    def _resume(self):
        """End the open intervals of these cases, if there are any."""
        cases = self.sudo()  # sudo: cx.waiting, cx.task - whoever ends it has been checked, or the customer's word does
        waits = cases._open_waiting()
        if not waits:
            return
        now = fields.Datetime.now()
        for wait in waits:
            wait.write({"until_on": max(now, wait.from_on), "ended_by_id": self.env.uid})
        tasks = waits.complaint_id.task_ids.filtered(lambda task: task.state == "paused")
        tasks.write({"state": "running"})
        tasks._update_due("pause", self.env._("Waiting ended"))

    def _on_customer_spoke(self):
        """The customer has come to us: who waits for him does not any more."""
        cases = self.sudo()  # sudo: cx.waiting - what the customer says ends it, whoever hears it
        cases.filtered(lambda case: case._open_waiting().waiting_for == "customer")._resume()
