from markupsafe import Markup

from odoo import api, fields, models
from odoo.fields import Domain

_ESCALATED = Domain("state", "=", "running") & Domain("escalation_ids", "any", [
    ("is_skipped", "=", False), "|", ("rung_id.when", "!=", "before"), ("rung_id.consecutive", ">", 0)])

_SAFETY_BY = frozenset({"severity", "trigger_ids"})


class Complaint(models.Model):
    """The escalations of a case: of which of its tasks somebody above had to hear, and who will."""

    _inherit = "cx.complaint"

    is_escalated = fields.Boolean(
        string="Escalated", compute="_compute_is_escalated", search="_search_is_escalated", compute_sudo=True,
        help="Somebody had to hear that a task is late, and it is not done yet.")
    ladder_html = fields.Html(string="Who Hears of It", compute="_compute_ladder_html", compute_sudo=True, sanitize=False)

    def write(self, vals):
        result = super().write(vals)
        if not _SAFETY_BY.isdisjoint(vals):
            # sudo: cx.task - whether a step waits for the morning follows from the case, whoever changes it
            self.sudo().filtered("procedure_id")._open_tasks()._schedule_alarms()
        return result

    @api.model
    def _domain_of_person(self, user):
        """Who was told of a case has a part in it."""
        return super()._domain_of_person(user) | Domain("task_ids.escalation_ids.user_ids", "in", user.ids)

    @api.depends("task_ids.state", "task_ids.escalation_ids")
    def _compute_is_escalated(self):
        found = self.search([("id", "in", self.ids), ("is_escalated", "=", True)])
        for complaint in self:
            complaint.is_escalated = complaint._origin in found

    @api.model
    def _search_is_escalated(self, operator, value):
        if operator != "in":
            return NotImplemented
        # sudo: cx.task, cx.escalation - whether there is one, also for who may not read them
        return Domain("id", "in", self.env["cx.task"].sudo()._search(_ESCALATED).subselect("complaint_id"))

    @api.depends("task_ids.state", "task_ids.due_on", "task_ids.escalation_ids")
    @api.depends_context("lang", "tz")
    def _compute_ladder_html(self):
        for complaint in self:
            tasks = complaint._open_tasks().filtered("ladder_html")
            complaint.ladder_html = bool(tasks) and Markup().join(
                Markup("<p class='mb-0 mt-2'>%s</p>%s") % (task.name, task.ladder_html) for task in tasks)
