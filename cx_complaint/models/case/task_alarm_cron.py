import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

_logger = logging.getLogger(__name__)
_BATCH = 50  # tasks per transaction
_REST = timedelta(hours=1)  # before what failed is tried again
_ATTEMPTS = 5


class Task(models.Model):
    """The scheduled job that looks at the tasks of which somebody has to hear by now.

    It reads only what is due, the oldest first. Steps, activities and message of a batch are one transaction: killed at
    any point, the job finds the rest again, and nothing that it had told.
    """

    _inherit = "cx.task"

    @api.model
    def _cron_alarms(self):
        """Work through what is due in batches that are kept one by one.

        Somebody else may be at the same tasks, or a user may end one of them at this moment: then the batch is done
        again on what is there by then.
        """
        attempts = 0
        while True:
            found = self._alarmed(_BATCH + 1)
            batch = found[:_BATCH]
            try:
                if batch:
                    batch._look_at_alarms()
                seconds_left = self.env["ir.cron"]._commit_progress(len(batch), remaining=len(found) - len(batch))
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                attempts += 1
                if attempts == _ATTEMPTS:
                    raise
                self.env.cr.rollback()
                self.env.invalidate_all()
                continue
            if len(found) == len(batch) or not seconds_left:
                return

    @api.model
    def _alarmed(self, limit):
        """Tasks to look at, the one that waits longest first."""
        return self.search(
            [("next_alarm_on", "<=", fields.Datetime.now()), ("state", "=", "running")], order="next_alarm_on, id", limit=limit)

    def _look_at_alarms(self):
        """Do what is due of these tasks: all at once, else one by one, so that one that fails holds up nobody."""
        if self._is_looked_at():
            return
        for task in self:
            if not task._is_looked_at(is_last_try=True):
                task.next_alarm_on = fields.Datetime.now() + _REST

    def _is_looked_at(self, is_last_try=False):
        """Whether it could be done; if not, nothing of it was."""
        now = fields.Datetime.now()
        try:
            with self.env.cr.savepoint():
                self._fire_alarms(now)
                self._begin_next_turns(now)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception:
            if is_last_try:
                _logger.exception(
                    "The escalation of %s in %s failed and is tried again in an hour.",
                    self.display_name, self.complaint_id.display_name)
            return False
        return True

    def _begin_next_turns(self, now):
        """Let the next turn of repeated tasks begin whose time has come; what was not done by now is missed."""
        over = self.filtered(
            lambda task: task.state == "running" and task._rule().duty.repeat_days and task._turn_ends_on() <= now)
        over.complaint_id._sync_tasks()
        over.flush_recordset(["next_alarm_on"])
        # the rulebook of the case may see it otherwise: then it is not asked again at once
        over.filtered(lambda task: task.state == "running").next_alarm_on = now + _REST
