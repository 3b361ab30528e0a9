from contextlib import suppress

from odoo import fields, models

from ...rules import clock
from .complaint_events import aware
from .working_time import WorkingTime


class Task(models.Model):
    """How long each had a task: the delay of a hand-over is measured on who had it."""

    _inherit = "cx.task"

    def _held_since(self):
        """When who has it now got it."""
        self.ensure_one()
        handed = self.change_ids.filtered(lambda change: change.kind == "assigned")
        return max(handed.mapped("changed_on"), default=self.started_on)

    def _held_seconds(self):
        """For how long who has these tasks now has had them, counted as their limits count: ``{task: seconds}``.

        What has no limit, or no working time to be counted in, is counted by the clock on the wall.
        """
        now = fields.Datetime.now()
        since = {task: task._held_since() for task in self}
        held = {task: int((now - since[task]).total_seconds()) for task in self}
        hours = WorkingTime()
        for task, reading in self._readings().items():
            one, begun = reading.clock, since[task]

            def elapsed(spans, one=one, begun=begun):
                return int(clock.elapsed(aware(begun), aware(now), one.limit.unit, spans, one.pauses))

            with suppress(clock.NoWorkingTime):
                held[task] = reading.ask(hours, elapsed, begun, now)
        return held
