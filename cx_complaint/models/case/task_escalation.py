from markupsafe import Markup

from odoo import fields, models

from ..procedure.time_texts import moment_text, span_text
from .task_watch import stored_second


class Task(models.Model):
    """Who is told that a task is late, or soon due: each an activity, and all of them one message on the case."""

    _inherit = "cx.task"

    def _tell(self, rings, now):
        """Write down which steps were taken, and tell who has to hear of them.

        :param rings: ``{task: (watch, alarms to tell, alarms passed over)}``
        """
        Rung = self.env["cx.ladder.rung"]
        rungs = Rung.browse(alarm.key for _watch, fired, _skipped in rings.values() for alarm in fired)
        complaints = self.env["cx.complaint"].union(*(task.complaint_id for task, ring in rings.items() if ring[1]))
        people = rungs.role_id._resolve(complaints) if rungs else {}
        vals_list, told = [], {}
        for task, (watch, fired, skipped) in rings.items():
            for alarm in (*fired, *skipped):
                users = self.env["res.users"]
                if alarm in fired:
                    rung = Rung.browse(alarm.key)
                    users = people[rung.role_id.id, task.complaint_id.id].with_env(self.env)
                    told.setdefault(task, (watch, {}))[1][rung, alarm.occurrence] = users
                vals_list.append(task._prepare_escalation_vals(alarm, watch, now, users, alarm not in fired))
        self.env["cx.escalation"].create(vals_list)
        self._create_escalation_activities(told)
        for task, (watch, users_by_rung) in told.items():
            task._post_escalation(watch, users_by_rung)

    def _prepare_escalation_vals(self, alarm, watch, now, users, is_skipped):
        return {
            "task_id": self.id, "rung_id": alarm.key, "occurrence": alarm.occurrence, "fired_on": stored_second(now),
            "due_on": self.due_on, "late_seconds": max(0, -int(watch.left or 0)), "is_skipped": is_skipped,
            "user_ids": [fields.Command.set(users.ids)],
        }

    # Activities

    def _create_escalation_activities(self, told):
        """One for each who is told; who has one of the task already finds the new state in it."""
        Activity = self.env["mail.activity"].with_context(mail_activity_quick_update=True)  # the message tells of it
        kind = self.env.ref("cx_complaint.mail_activity_type_escalation")
        tasks = self.browse(task.id for task in told)
        open_ones = {
            (activity.cx_task_id, activity.user_id): activity
            for activity in Activity.search([("cx_task_id", "in", tasks.ids), ("activity_type_id", "=", kind.id)])}
        vals_list = []
        model_id = self.env["ir.model"]._get_id("cx.complaint")
        for task, (watch, users_by_rung) in told.items():
            for user in self.env["res.users"].union(*users_by_rung.values()):
                rungs = [ring for ring, users in users_by_rung.items() if user in users]
                vals = task.with_context(lang=user.lang)._prepare_escalation_activity_vals(watch, rungs, user)
                if (task, user) in open_ones:
                    open_ones[task, user].write(vals)
                    continue
                vals_list.append({
                    **vals, "res_model_id": model_id, "res_id": task.complaint_id.id, "activity_type_id": kind.id,
                    "user_id": user.id, "cx_task_id": task.id})
        Activity.create(vals_list)

    def _prepare_escalation_activity_vals(self, watch, rungs, user):
        return {
            "summary": self._escalation_headline(watch, rungs),
            "note": self._escalation_body(watch, dict.fromkeys(rungs, user), user.tz),
            "date_deadline": fields.Date.context_today(self.with_context(tz=user.tz or self.company_id._cx_timezone())),
        }

    def _end_escalation_activities(self):
        """Nothing more is asked of who was told: the task is done, not needed, or waits. Done once, missed days are over."""
        # sudo: mail.activity - they belong to whom the ladder named; they end with the task, whoever ends that
        tasks = self.sudo().filtered(lambda task: task._rule().ladder)
        if not tasks:
            return
        ended = {(task.complaint_id, task._duty_key()) for task in tasks if task._rule().duty.repeat_days}
        missed = tasks.complaint_id.task_ids.filtered(
            lambda task: task.state == "missed" and (task.complaint_id, task._duty_key()) in ended) if ended else tasks
        tasks.env["mail.activity"].search([("cx_task_id", "in", (tasks | missed).ids)]).unlink()

    # In words

    def _post_escalation(self, watch, users_by_rung):
        """The message on the case, in the language of those who are told, if they have one in common."""
        users = self.env["res.users"].union(*users_by_rung.values())
        languages = set(users.mapped("lang"))
        task = self.with_context(lang=languages.pop() if len(languages) == 1 else self.company_id.partner_id.lang)
        task.complaint_id.message_post(
            subject=task._escalation_headline(watch, users_by_rung),
            body=task._escalation_body(watch, users_by_rung, self.company_id._cx_timezone()),
            partner_ids=users.partner_id.ids, message_type="notification",
            subtype_xmlid="cx_complaint.mt_complaint_escalated")

    def _escalation_headline(self, watch, rungs):
        """Which task of which case, and how late it is."""
        values = {"case": self.complaint_id.name, "task": self.name}
        days_missed = max(rung.consecutive for rung, _occurrence in rungs)
        if days_missed:
            return self.env._("%(case)s · %(task)s: missed %(count)s times in a row", count=days_missed, **values)
        if watch.left and watch.left < 0:
            return self.env._("%(case)s · %(task)s: late by %(late)s", late=self._span_text(-watch.left), **values)
        if watch.left:
            return self.env._("%(case)s · %(task)s: due in %(left)s", left=self._span_text(watch.left), **values)
        return self.env._("%(case)s · %(task)s: due now", **values)

    def _escalation_body(self, watch, users_by_rung, timezone):
        """The whole of it: what, how late, who has it, since when it is due, and what whoever hears of it is to do."""
        lines = [self._escalation_headline(watch, users_by_rung)]
        people = self.user_id.name or ", ".join(self.queue_user_ids.mapped("name")) or self.env._("nobody")
        lines.append(self.env._("Who has it: %(people)s", people=people))
        if self.due_on:
            lines.append(self.env._("Due: %(moment)s", moment=moment_text(
                self.env, self.due_on, self.company_id, timezone or self.company_id._cx_timezone())))
        for (rung, _occurrence), users in users_by_rung.items():
            rung = rung.with_env(self.env)
            names = ", ".join(users.mapped("name")) or self.env._("nobody fills this role")
            told = self.env._("%(role)s: %(people)s", role=rung.role_id.name, people=names)
            lines.append(f"{told}. {rung.name}" if rung.name else told)
        return Markup("<br/>").join(lines)

    def _span_text(self, seconds):
        """A span in the time in which the limit counts; less than a minute is told as one."""
        return span_text(self.env, max(seconds, 60), self._is_counted_in_work(), is_said=True)
