from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from ...rules.milestones import OPEN

_AT_ONCE = 100  # clocks that whoever changes the working time waits for
_BATCH = 500  # clocks per transaction of the job


class Task(models.Model):
    """When people work otherwise than before, everything open is due otherwise; what is done stays as it was.

    :source: anchors S-10, S-20
    """

    _inherit = "cx.task"

    is_outdated = fields.Boolean(
        readonly=True, help="Working time has changed, and the due date was not calculated by it yet.")

    _outdated_idx = models.Index("(id) WHERE is_outdated")

    def _is_written_by_nobody(self, field):
        return field.name == "is_outdated" or super()._is_written_by_nobody(field)

    @api.model
    def _on_working_time_changed(self, calendars, companies):
        """Calculate anew what is open in a working time; few at once, many by the job that is called for at once.

        :param calendars: ``resource.calendar`` that have changed
        :param companies: all of whose working times have changed
        """
        if not (calendars or companies) or not self.env["cx.complaint"]._is_rulebook_used():
            return
        # sudo: cx.task - due dates follow from the working time, whoever changed it
        Task = self.sudo()
        domain = Domain("state", "in", tuple(OPEN)) & Domain.OR([
            Domain("company_id", "in", companies.ids),
            Domain("milestone_id.procedure_id.calendar_id", "in", calendars.ids),
            Domain("milestone_id.procedure_id.calendar_id", "=", False)
            & Domain("company_id.resource_calendar_id", "in", calendars.ids),
        ])
        tasks = Task.search(domain, limit=_AT_ONCE + 1)
        if len(tasks) <= _AT_ONCE:
            tasks._update_due("calendar")
            return
        Task.flush_model(["state", "company_id"])
        self.env.cr.execute(SQL("UPDATE cx_task SET is_outdated = TRUE WHERE id IN %s", Task._search(domain).subselect()))
        Task.invalidate_model(["is_outdated"])
        self.env.ref("cx_complaint.cron_task_recompute")._trigger()

    @api.model
    def _cron_recompute(self):
        """Calculate outdated due dates anew in batches that are kept one by one; killed at any point, the rest is found again."""
        while True:
            found = self.search([("is_outdated", "=", True)], order="id", limit=_BATCH + 1)
            batch = found[:_BATCH]
            batch._recompute_outdated()
            left = self.env["ir.cron"]._commit_progress(len(batch), remaining=len(found) - len(batch))
            if len(found) == len(batch) or not left:
                return

    def _recompute_outdated(self):
        self._update_due("calendar")
        self.write({"is_outdated": False})
