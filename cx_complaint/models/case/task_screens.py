from markupsafe import Markup

from odoo import api, fields, models

from ...rules.clock_colours import colour_of, share_of
from ..procedure.time_texts import moment_text, span_text
from .working_time import is_worked

# colour of a clock: the place of Odoo's palette that boards and calendars paint it with
_PALETTE = {"late": 1, "soon": 3, "running": 10, "paused": 0, "none": 0, "done": 7}
_BARS = {"late": "bg-danger", "soon": "bg-warning", "running": "bg-success", "paused": "bg-secondary", "none": "bg-secondary"}


class Task(models.Model):
    """How the clock of a task looks: its colour, and planned, used and remaining time."""

    _inherit = "cx.task"

    summary = fields.Char(related="complaint_id.summary")
    stop_event = fields.Selection(related="milestone_id.stop_event", string="Done With", help="What ends it by itself.")
    clock_state = fields.Selection(
        [("late", "Late"), ("soon", "Due soon"), ("running", "In time"), ("paused", "Paused"), ("none", "No clock"),
         ("done", "Over")], string="Clock", compute="_compute_clock")
    clock_text = fields.Char(string="Time Left", compute="_compute_clock")
    color = fields.Integer(compute="_compute_clock")

    @api.depends("state", "due_on", "started_on")
    @api.depends_context("lang")
    def _compute_clock(self):
        now = fields.Datetime.now()
        for task in self:
            task.clock_state = colour_of(task.state, task.started_on, task.due_on, now)
            task.color = _PALETTE[task.clock_state]
            task.clock_text = task._distance_text(now)

    @api.model
    def _late_domain(self):
        """Tasks whose time is over."""
        return [("state", "=", "running"), ("due_on", "<", fields.Datetime.now())]

    def _distance_text(self, now):
        """How far the due date is away, on the clock on the wall."""
        if self.state != "running" or not self.due_on:
            return False
        text = span_text(self.env, abs((self.due_on - now).total_seconds()))
        return self.env._("late by %(time)s", time=text) if self.due_on < now else self.env._("%(time)s left", time=text)

    def _strip_row(self, measure):
        """One clock of the strip.

        :param measure: ``(used, left)`` in seconds of the limit's own time
        """
        used, left = measure
        planned = used + left if left is not None else None
        is_working = self._is_counted_in_work()
        return {
            "name": self.name, "people": self.user_id.name or self.role_id.name or "", "state": self.clock_state,
            "due": moment_text(self.env, self.due_on, self.company_id), "bar": _BARS.get(self.clock_state, "bg-secondary"),
            "share": share_of(used, planned), "is_working": is_working,
            "planned": planned is not None and span_text(self.env, max(planned, 0), is_working),
            "used": span_text(self.env, used, is_working),
            "left": left is not None and self._remaining_text(left, is_working),
        }

    def _is_counted_in_work(self):
        """Whether its time is working time."""
        return is_worked(self._counted_in())

    def _unexplained_row(self):
        """One line of what was done late without anybody having said why."""
        return self.env._(
            "%(task)s (%(people)s): late by %(time)s", task=self.name,
            people=", ".join(self._had_by().mapped("name")) or self._people_text(),
            time=span_text(self.env, max(self.late_seconds, 60), self._is_counted_in_work(), is_said=True))

    def _remaining_text(self, left, is_working):
        """What is left of a clock in its own time; over the weekend it may be late by no working time yet."""
        if left < 0:
            return self.env._("late by %(time)s", time=span_text(self.env, -left, is_working))
        if self.clock_state == "late":
            return self.env._("late")
        return self.env._("%(time)s left", time=span_text(self.env, left, is_working))


class Complaint(models.Model):
    """The clocks of a case, one below the other."""

    _inherit = "cx.complaint"

    clock_strip_html = fields.Html(string="Clocks", compute="_compute_clock_strip_html", sanitize=False)
    next_due_on = fields.Datetime(string="Next Due", compute="_compute_next_due_on", search="_search_next_due_on")

    @api.depends("task_ids.state", "task_ids.due_on", "task_ids.late_reason")
    @api.depends_context("lang", "tz")
    def _compute_clock_strip_html(self):
        now = fields.Datetime.now()
        for complaint in self:
            # sudo: cx.task - the clocks of a case, for whoever sees the case
            tasks = complaint.sudo()._open_tasks().sorted(lambda task: (not task.due_on, task.due_on or now, task.id))
            measures = tasks._measures(now)
            rows = [task._strip_row(measures[task]) for task in tasks if task in measures]
            done = complaint.sudo().task_ids.filtered(lambda task: task.state == "done" and task.is_reason_missing)
            unexplained = [task._unexplained_row() for task in done]
            complaint.clock_strip_html = (rows or unexplained) and Markup(self.env["ir.qweb"]._render(
                "cx_complaint.clock_strip", {"rows": rows, "unexplained": unexplained}))

    @api.depends("task_ids.state", "task_ids.due_on")
    def _compute_next_due_on(self):
        groups = self.env["cx.task"].sudo()._read_group(  # sudo: cx.task - dates of the case itself
            [("complaint_id", "in", self.ids), ("state", "=", "running")], ["complaint_id"], ["due_on:min"])
        dues = {complaint.id: due for complaint, due in groups}
        for complaint in self:
            complaint.next_due_on = dues.get(complaint.id, False)

    def _search_next_due_on(self, operator, value):
        if operator not in ("<", "<=", ">", ">="):
            return NotImplemented
        return [("task_ids", "any", [("state", "=", "running"), ("due_on", operator, value)])]
