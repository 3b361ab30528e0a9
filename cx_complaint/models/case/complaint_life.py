from odoo import fields, models

from ...rules.stages import gates_before, gates_from
from ..procedure.time_texts import moment_text

RMA_OPEN = frozenset({"draft", "submitted"})  # later it is the line that says whether goods are still to come
DISPOSITION_OPEN = frozenset({"proposed", "approved", "running"})
SETTLEMENT_OPEN = frozenset({"proposed", "approved", "running"})
# who passed a gate is written beside when
_WHO = {
    "confirmed_on": "confirmed_by_id", "concluded_on": "concluded_by_id", "decided_on": "decided_by_id",
    "answered_on": "answered_by_id", "closed_on": "closed_by_id",
}


class Complaint(models.Model):
    """The verbs of a case. What stands in their way is in complaint_blockers.py."""

    _inherit = "cx.complaint"

    # Verbs, in the order of life

    def action_confirm(self):
        """The customer agreed to what we understood."""
        self._pass_gate("confirm", "confirmed_on")

    def action_investigate(self):
        """Start looking for the cause; who starts handles the case, unless somebody does already."""
        self._transition("investigate", {"investigation_on": fields.Datetime.now()})
        self.filtered(lambda complaint: not complaint.handler_id).write({"handler_id": self.env.user.id})

    def action_conclude(self):
        """The finding is known."""
        self._pass_gate("conclude", "concluded_on")

    def action_decide(self):
        """What we propose is decided, after the customer was asked what he wants."""
        self._pass_gate("decide", "decided_on")

    def action_answer(self):
        """The customer has our answer."""
        self._pass_gate("answer", "answered_on")

    def action_close(self):
        """Nothing is open any more."""
        self._pass_gate("close", "closed_on")
        self._update_activities()

    def action_cancel(self):
        """Ask for the reason; see :meth:`_cancel`."""
        self._check_may("cancel")
        self._raise_blockers("cancel")
        return self._ask("cx_complaint.complaint_cancel_action")

    def action_reopen(self):
        """Ask which stage failed, and why; see :meth:`_reopen`."""
        self._check_may("reopen")
        self._raise_blockers("reopen")
        return self._ask("cx_complaint.complaint_reopen_action")

    # What the verbs do

    def _pass_gate(self, verb, gate):
        """Do ``verb`` and write when and by whom."""
        self._transition(verb, {gate: fields.Datetime.now(), _WHO[gate]: self.env.uid})

    def _ask(self, action_xmlid):
        """Dialog ``action_xmlid`` about these complaints."""
        action = self.env["ir.actions.act_window"]._for_xml_id(action_xmlid)
        return {**action, "context": {"default_complaint_ids": self.ids}}

    def _cancel(self, reason, duplicate_of=None):
        """Take the cases out of the register's work; they stay in it with their reason."""
        vals = {"cancel_reason": reason}
        if duplicate_of:
            vals.update(duplicate_of_id=duplicate_of.id, outcome="duplicate")
        self._transition("cancel", vals)
        self._update_activities()

    def _reopen(self, stage, reason):
        """Take the cases back to the stage that failed. Everything from there on has to be done again.

        :param stage: a stage that has a gate, or ``followup``: only the answer failed
        :param reason: why; kept in the chatter together with what is undone
        """
        for complaint in self:
            undone = complaint._passed_stamps(stage)
            complaint._transition("reopen", complaint._prepare_reopen_vals(stage))
            complaint._post_reopened(reason, undone)
        self._update_activities()

    def _prepare_reopen_vals(self, stage):
        """Values that put the case at ``stage``: later gates are undone, skipped earlier ones count as passed now."""
        self.ensure_one()
        cleared = [*self._gates_from(stage), "answered_on", "closed_on"]
        vals = dict.fromkeys([*cleared, *(_WHO[gate] for gate in cleared if gate in _WHO)], False)
        vals.update(acceptance=False, outcome=False, cancel_reason=False, duplicate_of_id=False)
        if stage == "new":
            vals["is_read_back"] = False
        missing = [gate for gate in self._gates_before(stage) if not self[gate]]
        return {**vals, **dict.fromkeys(missing, fields.Datetime.now())}

    def _passed_stamps(self, stage):
        """Labels and times of the gates that going back to ``stage`` undoes."""
        self.ensure_one()
        gates = [*self._gates_from(stage), "answered_on", "closed_on"]
        labels = self.fields_get(gates, ["string"])
        return [(labels[gate]["string"], self[gate]) for gate in gates if self[gate]]

    def _gates_from(self, stage):
        """Date fields of the gates of ``stage`` and behind it that a verb may undo."""
        if stage == "followup":
            return []
        # what lets the case leave an earlier stage as well is undone with it: nothing behind ``stage`` may count
        return [gate for gate in gates_from(stage, self._GATES) if gate in self._fields]

    def _gates_before(self, stage):
        """Date fields of the gates that a case at ``stage`` has behind it."""
        if stage == "followup":
            stage = self._GATES[-1][0]
        return gates_before(stage, self._GATES)

    def _post_reopened(self, reason, undone):
        """Keep in the chatter what going back has undone."""
        self.ensure_one()
        stamps = "; ".join(
            f"{label}: {moment_text(self.env, when, self.company_id)}" for label, when in undone)
        self.message_post(
            body=self.env._("Reopened: %(reason)s Undone: %(stamps)s", reason=reason, stamps=stamps or "–"),
            subtype_xmlid="cx_complaint.mt_complaint_reopened")

    # What is under way

    def _open_rmas(self):
        """Returns of which goods of these cases are asked for, awaited or undecided, whatever else is on them."""
        return self.rma_line_ids.filtered(
            lambda line: line.rma_id.state in RMA_OPEN or line.is_to_receive or line.is_to_handle).rma_id

    def _open_dispositions(self):
        return self.rma_line_ids.disposition_ids.filtered(lambda goods: goods.state in DISPOSITION_OPEN)

    def _open_settlements(self):
        return self.settlement_ids.filtered(lambda money: money.state in SETTLEMENT_OPEN)

    def _is_work_open(self):
        """Whether goods or money of the case are under way."""
        return bool(self._open_rmas() or self._open_dispositions() or self._open_settlements())
