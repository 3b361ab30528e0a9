from odoo import api, fields, models

from ...rules import ladder
from .complaint_events import aware
from .task_watch import stored_second

_SILENT = frozenset({"paused", "done", "off"})


class Task(models.Model):
    """Fires the steps of a task's ladder, each once and only once.

    When several steps are passed at once, as in a case that is registered late, the highest of them is told and the lower
    ones are written down as passed over. Steps of the same moment are one step.
    """

    _inherit = "cx.task"

    next_alarm_on = fields.Datetime(compute="_compute_next_alarm_on", store=True, string="Looked At Again")
    due_changed_on = fields.Datetime(readonly=True, copy=False, help="When the due date was moved last.")

    def _is_written_by_nobody(self, field):
        return field.name == "due_changed_on" or super()._is_written_by_nobody(field)

    @api.depends("state", "due_on", "started_on", "nth", "milestone_id", "escalation_ids")
    def _compute_next_alarm_on(self):
        """When somebody has to be told next, or the next turn begins: the scheduled job looks at nothing else."""
        self.next_alarm_on = False
        now = aware(fields.Datetime.now())
        running = self.filtered(lambda task: task.state == "running")
        watched = running.browse()
        for task in running:
            rule = task._rule()
            if rule.duty.repeat_days:
                task.next_alarm_on = task._turn_ends_on()
            if rule.ladder:
                watched |= task
        for task, watch in watched._watch(now).items():
            moments = [task.next_alarm_on, stored_second(ladder.next_alarm(now, watch.alarms, watch.marks))]
            task.next_alarm_on = min(filter(None, moments), default=False)

    def write(self, vals):
        moved = self.browse()
        if "due_on" in vals:
            due = fields.Datetime.to_datetime(vals["due_on"]) or False
            moved = self.filtered(lambda task: (task.due_on or task.due_changed_on) and task.due_on != due)
        result = super().write(vals)
        if moved:
            super(Task, moved).write({"due_changed_on": fields.Datetime.now()})
        if vals.get("state") in _SILENT:
            self._end_escalation_activities()
        return result

    def _schedule_alarms(self):
        """Find out anew when to look at tasks again: what their ladders count with has changed beside their due dates."""
        self.env.add_to_compute(self._fields["next_alarm_on"], self)

    def _on_due_changed(self):
        result = super()._on_due_changed()
        self._schedule_alarms()
        return result

    def _fire_alarms(self, now):
        """Tell whoever has to be told by now; the same call again tells nobody.

        :param now: as stored
        """
        self.env["cx.guard"]._take_for(self)
        self.invalidate_recordset(["state", "due_on", "escalation_ids"])
        now = aware(now)
        rings = {}
        running = self.filtered(lambda task: task.state == "running" and task._rule().ladder)
        for task, watch in running._watch(now).items():
            found = ladder.due_alarms(now, watch.alarms, watch.marks)
            fired = [found.fire] if found.fire else []
            # to tell one of two who are to hear of it at the same moment would be to forget the other one
            fired += [alarm for alarm in found.skipped if fired and alarm.nominal == found.fire.nominal]
            skipped = _worth_keeping([alarm for alarm in found.skipped if alarm not in fired], watch.marks)
            if fired or skipped:
                rings[task] = watch, fired, skipped
        self._tell(rings, now)
        self._schedule_alarms()


def _worth_keeping(skipped, marks):
    """Of a step that repeats the last one that was passed over stands for those before it."""
    last = {}
    for alarm in skipped:
        if alarm.occurrence > last.get(alarm.key, alarm).occurrence or alarm.key not in last:
            last[alarm.key] = alarm
    kept = {}
    for key, occurrence in marks:
        kept[key] = max(occurrence, kept.get(key, 0))
    return [alarm for alarm in last.values() if alarm.occurrence > kept.get(alarm.key, 0)]
