from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.blocker import Blocker
from ..procedure.time_texts import moment_text
from .task_hand_over import OPEN


class Task(models.Model):
    """Tasks whose date is promised to the customer: what he was told stays until he is told otherwise.

    :source: S1-4.3b, S1-4.3c, S2.19-10, S3-5b, S2.17-4
    """

    _inherit = "cx.task"

    is_promise = fields.Boolean(related="milestone_id.is_promise")
    promised_on = fields.Datetime(
        string="Promised For", readonly=True, index="btree_not_null", help="What the customer was told last.")
    is_promise_moved = fields.Boolean(
        string="Customer Not Told", compute="_compute_is_promise_moved", search="_search_is_promise_moved",
        help="It is due later than the customer was told.")
    can_tell = fields.Boolean(compute="_compute_can_tell")

    def _is_written_by_nobody(self, field):
        return field.name == "promised_on" or super()._is_written_by_nobody(field)

    @api.depends("state", "due_on", "promised_on")
    def _compute_is_promise_moved(self):
        for task in self:
            task.is_promise_moved = bool(
                task.state in OPEN and task.promised_on and task.due_on and task.due_on > task.promised_on)

    @api.model
    def _search_is_promise_moved(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("state", "in", tuple(OPEN)) & Domain.custom(
            to_sql=lambda model, alias, query: SQL(
                "%s > %s", model._field_to_sql(alias, "due_on", query), model._field_to_sql(alias, "promised_on", query)))

    @api.depends("state", "due_on", "promised_on", "user_id", "queue_user_ids", "complaint_id.handler_id")
    @api.depends_context("uid")
    def _compute_can_tell(self):
        for task in self:
            task.can_tell = task.is_promise_moved and not task._blockers_tell()

    def _is_promised(self):
        """Whether the customer counts with its date: the rulebook promises it, or it was agreed with him."""
        return self._is_promise_of(self._rule(), self._limit())

    @api.model
    def _is_promise_of(self, rule, limit):
        return rule.is_promise or bool(limit and limit.unit == "agreed")

    @api.model
    def _prepare_promise(self, rule, limit, due):
        """The first date is what is promised."""
        return {"promised_on": due} if due and self._is_promise_of(rule, limit) else {}

    def _write_dues(self, found, kind, reason):
        """The first date is what is promised; one that is agreed with the customer he knows of. No other moves a promise."""
        result = super()._write_dues(found, kind, reason)
        if kind != "calendar":
            for task in found:
                if task.due_on and (not task.promised_on or kind == "agreed") and task._is_promised():
                    task.promised_on = task.due_on
        return result

    # Verbs

    def action_tell_customer(self):
        """Ask what the customer was told; see :meth:`_tell_customer`."""
        self.ensure_one()
        self._raise_task_blockers(self._blockers_tell())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_tell_action")
        return {**action, "context": {"default_task_id": self.id}}

    def _tell_customer(self, text):
        """The customer was told of the date by which it is due now: that is promised from now on."""
        self.ensure_one()
        self.check_access("read")
        self.lock_for_update()
        blockers = self._blockers_tell()
        if not (text or "").strip():
            blockers.append(Blocker("no_text", self.name, self.env._("Nothing is said of what the customer was told."),
                                    self.env._("Enter it.")))
        self._raise_task_blockers(blockers)
        self.sudo()._record_promise(text)  # sudo: cx.task, cx.contact - checked above

    def _record_promise(self, text):
        """Keep what the customer was told among the contacts of the case, and the date as the one that is promised."""
        self.env["cx.task.change"].create({
            "task_id": self.id, "kind": "told", "reason": text, "user_id": self.env.uid, "old_due_on": self.promised_on,
            "new_due_on": self.due_on})
        self.env["cx.contact"].create({
            "complaint_id": self.complaint_id.id, "kind": "told", "user_id": self.env.uid, "summary": self.env._(
                "%(task)s by %(moment)s: %(text)s", task=self.name, text=text,
                moment=moment_text(self.env, self.due_on, self.company_id))})
        self.promised_on = self.due_on

    def _blockers_tell(self):
        """Why the user has nothing to tell the customer about it."""
        self.ensure_one()
        blockers = self._blockers_over() + self._blockers_not_mine()
        if not blockers and not self._is_promised():
            blockers.append(Blocker("no_promise", self.name, self.env._("It is not promised to the customer."),
                                    self.env._("Record what he was told as a contact.")))
        elif not blockers and not self.due_on:
            blockers.append(Blocker("no_clock", self.name, self.env._("It has no date by which it is due."),
                                    self.env._("There is nothing to promise.")))
        return blockers

    def _promise_line(self):
        moments = {"promised": moment_text(self.env, self.promised_on, self.company_id),
                   "due": moment_text(self.env, self.due_on, self.company_id)}
        if self.is_promise_moved:
            return self.env._("%(task)s: %(promised)s; now %(due)s, which he has not been told", task=self.name, **moments)
        return self.env._("%(task)s: %(promised)s", task=self.name, promised=moments["promised"])


class Complaint(models.Model):
    """What the customer of a case counts with."""

    _inherit = "cx.complaint"

    promise_text = fields.Text(
        string="Promised to the Customer", compute="_compute_promise_text", compute_sudo=True,
        help="What he was told will be done by when, and is still to come.")

    @api.depends("task_ids.state", "task_ids.due_on", "task_ids.promised_on")
    @api.depends_context("lang", "tz")
    def _compute_promise_text(self):
        for complaint in self:
            promised = complaint._open_tasks().filtered("promised_on").sorted("promised_on")
            complaint.promise_text = "\n".join(task._promise_line() for task in promised)
