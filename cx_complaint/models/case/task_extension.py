from datetime import timedelta

from odoo import api, fields, models

from ...rules.blocker import Blocker
from ...rules.limits import AGREED, DAY_END, UNITS
from ..procedure.time_texts import limit_text, moment_text
from .task_watch import stored_second
from .working_time import WorkingTime

_SECONDS = {"minute": 60, "hour": 3600, "working_hour": 3600, "working_day": 86400, "calendar_day": 86400}
_MOST = 10 * 366 * 86400  # what is granted at once at most


class Task(models.Model):
    """More time for a task: before it is due, with a reason, and with notice to whoever waits for it.

    :source: S2.08-12
    """

    _inherit = "cx.task"

    limit_text = fields.Char(string="May Take", compute="_compute_limit_text", help="The limit that holds in this case.")

    @api.depends("milestone_id", "complaint_id.distance_km", "complaint_id.is_unreachable")
    @api.depends_context("lang")
    def _compute_limit_text(self):
        for task in self:
            task.limit_text = task._limit_words()

    def _limit_words(self):
        """The limit in words, and why it is this one."""
        limit, rule, case = self._limit(), self._rule(), self.complaint_id.sudo()  # sudo: cx.complaint - as in _limit
        if not limit or limit.value is None:
            return False
        words = limit_text(self.env, limit.value, limit.unit)
        if not words:
            words = self.env._("the same day") if UNITS[limit.unit].kind == DAY_END else self.env._("at once")
        if rule.unreachable and case.is_unreachable:
            return self.env._("%(limit)s, as the customer cannot be reached", limit=words)
        if rule.bands:
            return self.env._("%(limit)s, at a distance of %(km)s km", limit=words, km=f"{case.distance_km:g}") if (
                case.distance_km) else self.env._("%(limit)s, as long as no distance is entered", limit=words)
        return words

    def _extension_unit(self):
        """What more time is counted in: as the limit counts; days where it ends with a day, hours after a date agreed."""
        unit = self._limit().unit
        kind = UNITS[unit].kind
        return "calendar_day" if kind == DAY_END else "hour" if kind == AGREED else unit

    def _due_if_extended(self, amount):
        """When it would be due with so much more time; nothing is written."""
        reading = self._readings()[self]
        longer = reading.clock.extra + self._extension(amount)
        (due,), _standing = WorkingTime().dues(
            reading.calendar, reading.company, [reading.clock._replace(extra=longer)])
        return stored_second(due)

    def _is_extension(self, amount):
        """Whether it is more time, and no more than anybody means."""
        return 0 < amount * _SECONDS[self._extension_unit()] <= _MOST

    def _extension(self, amount):
        return timedelta(seconds=int(amount * _SECONDS[self._extension_unit()]))

    # Verbs

    def action_extend(self):
        """Ask by how much, why, and who was told; see :meth:`_extend`."""
        self.ensure_one()
        self._raise_task_blockers(self._blockers_extend())
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.task_extend_action")
        return {**action, "context": {"default_task_id": self.id}}

    def _extend(self, amount, reason, told=None, customer_told=None):
        """Give the task more time before it is due, and tell whoever waits for it.

        :param amount: in :meth:`_extension_unit`
        :param told: users that hear of it
        :param customer_told: what the customer was told; needed where it was promised to him
        """
        self.ensure_one()
        self.check_access("read")
        self.lock_for_update()
        told = (told or self.env["res.users"]).sudo()  # sudo: res.users - who hears of it need not be readable
        self._raise_task_blockers(self._blockers_extend() or self._blockers_extension(amount, told, customer_told))
        task = self.sudo()  # sudo: cx.task, cx.complaint - checked above
        old = task.due_on
        task.extension_seconds += int(task._extension(amount).total_seconds())
        task._update_due("extension", reason)
        if customer_told:
            task._record_promise(customer_told)
        task.complaint_id.message_post(
            body=self.env._(
                "“%(task)s” takes longer: due on %(new)s instead of %(old)s. %(reason)s", task=task.name, reason=reason,
                new=moment_text(self.env, task.due_on, task.company_id), old=moment_text(self.env, old, task.company_id)),
            partner_ids=told.partner_id.ids, subtype_xmlid="mail.mt_note")

    # What stands in the way

    def _blockers_extend(self):
        """An extension is told in advance: what is late already is explained instead."""
        self.ensure_one()
        blockers = self._blockers_over() + self._blockers_not_mine()
        if not self.sudo().milestone_id.is_extendable:  # sudo: cx.milestone - as the rulebook says
            blockers.append(Blocker(
                "not_extendable", self.name, self.env._("The procedure gives it no more time."),
                self.env._("Say why it is late instead.")))
        elif not self.due_on and self.state == "paused":
            blockers.append(Blocker(
                "waits", self.name, self.env._("Its clock stands as long as the case waits."),
                self.env._("Resume the case first.")))
        elif not self.due_on:
            blockers.append(Blocker(
                "no_clock", self.name, self.env._("It has no date by which it is due."),
                self.env._("There is nothing to extend.")))
        elif self.due_on < fields.Datetime.now():
            blockers.append(Blocker(
                "late_already", self.name, self.env._("It is late already, and an extension is told in advance."),
                self.env._("Say why it is late instead.")))
        return blockers

    def _blockers_extension(self, amount, told, customer_told):
        """What is wrong with an extension of a task that may be extended."""
        blockers = []
        if not self._is_extension(amount):
            blockers.append(Blocker(
                "no_time", self.name, self.env._("%(amount)s is no extension.", amount=f"{amount:g}"),
                self.env._("Enter how much longer it takes.")))
        if strangers := told - told._cx_working_in(self.company_id.sudo()):  # sudo: res.company - who works there
            blockers.append(Blocker(
                "not_here", self.name, self.env._(
                    "%(people)s does not work in the company of the case.", people=", ".join(strangers.mapped("name"))),
                self.env._("Tell somebody else.")))
        if self._is_promised() and not (customer_told or "").strip():
            blockers.append(Blocker(
                "customer_untold", self.name, self.env._("It is promised to the customer."),
                self.env._("Tell him first, and enter what he was told.")))
        return blockers
