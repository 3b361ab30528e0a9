from markupsafe import Markup

from odoo import api, fields, models

from ..procedure.time_texts import moment_text
from .complaint_events import aware
from .task_watch import stored_second


class Task(models.Model):
    """The ladder of a task as its handler sees it: who hears of it when, and who has heard."""

    _inherit = "cx.task"

    ladder_html = fields.Html(string="Who Hears of It", compute="_compute_ladder_html", compute_sudo=True, sanitize=False)

    @api.depends("state", "due_on", "escalation_ids")
    @api.depends_context("lang", "tz")
    def _compute_ladder_html(self):
        self.ladder_html = False
        tasks = self.filtered(lambda task: task.milestone_id.ladder_id.rung_ids)
        watched = tasks._watch(aware(fields.Datetime.now()))
        rungs = tasks.milestone_id.ladder_id.rung_ids
        people = rungs.role_id._resolve(tasks.complaint_id)
        for task, watch in watched.items():
            lines = [
                task._ladder_line(rung, watch, people[rung.role_id.id, task.complaint_id.id])
                for rung in task.milestone_id.ladder_id.rung_ids]
            task.ladder_html = Markup("<ul class='mb-0'>%s</ul>") % Markup().join(lines)

    def _ladder_line(self, rung, watch, users):
        """One step: when, which role, who fills it now, what he is to do, and what became of it."""
        title = rung.display_name
        if rung.consecutive:
            title = self.env._(
                "missed %(count)s times in a row: %(role)s", count=rung.consecutive, role=rung.role_id.name)
        names = ", ".join(users.sudo().mapped("name"))  # sudo: res.users - names only
        text = " · ".join(filter(None, [f"{title} ({names})" if names else title, rung.name, self._ladder_standing(rung, watch)]))
        is_told = any(not row.is_skipped for row in self.escalation_ids if row.rung_id == rung)
        return (Markup("<li class='fw-bold'>%s</li>") if is_told else Markup("<li>%s</li>")) % text

    def _ladder_standing(self, rung, watch):
        """Who was told of a step last, or when it comes."""
        rows = self.escalation_ids.filtered(lambda row: row.rung_id == rung).sorted("fired_on")
        parts = []
        if told := rows.filtered(lambda row: not row.is_skipped)[-1:]:
            parts.append(self.env._(
                "told on %(moment)s: %(people)s", moment=moment_text(self.env, told.fired_on, self.company_id),
                people=", ".join(told.user_ids.mapped("name")) or "–"))
        elif rows:
            parts.append(self.env._("passed over"))
        ahead = [alarm.moment for alarm in watch.alarms if alarm.key == rung.id and alarm.mark not in watch.marks]
        if self.state == "running" and ahead and aware(fields.Datetime.now()) < max(ahead):
            parts.append(self.env._("comes on %(moment)s", moment=moment_text(
                self.env, stored_second(max(ahead)), self.company_id)))
        return "; ".join(parts)
