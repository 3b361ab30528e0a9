from odoo import fields, models
from odoo.tools import SQL

from ..procedure.department import FUNCTIONS


class ClockReport(models.Model):
    """How tasks kept their time: read from the tasks, never stored."""

    _name = "cx.clock.report"
    _description = "On-Time Analysis"
    _auto = False
    _order = "started_on desc, id desc"
    _rec_name = "milestone_id"

    complaint_id = fields.Many2one("cx.complaint", readonly=True)
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    procedure_id = fields.Many2one("cx.procedure", readonly=True)
    milestone_id = fields.Many2one("cx.milestone", readonly=True)
    role_id = fields.Many2one("cx.procedure.role", readonly=True)
    function = fields.Selection(FUNCTIONS, readonly=True)
    user_id = fields.Many2one("res.users", string="Assigned To", readonly=True)
    state = fields.Selection(
        [("running", "Running"), ("paused", "Paused"), ("done", "Done"), ("missed", "Missed")], readonly=True)
    started_on = fields.Datetime(readonly=True)
    due_on = fields.Datetime(readonly=True)
    done_on = fields.Datetime(readonly=True)
    on_time_rate = fields.Float(string="On Time (%)", readonly=True, aggregator="avg",
                                help="Of the tasks with a date that are over or late: done by then.")
    is_promise = fields.Boolean(string="Promised to the Customer", readonly=True)
    kept_rate = fields.Float(string="Promises Kept (%)", readonly=True, aggregator="avg",
                             help="Of what was promised to customers: done by the date that they were told last.")
    used_hours = fields.Float(readonly=True, aggregator="avg", help="Average, counted as the limit counts.")
    late_hours = fields.Float(readonly=True, aggregator="avg", help="Average, counted as the limit counts.")

    _depends = {
        "cx.task": ["complaint_id", "milestone_id", "role_id", "function", "user_id", "state", "started_on", "due_on",
                    "done_on", "promised_on", "used_seconds", "late_seconds", "company_id"],
        "cx.milestone": ["procedure_id"],
    }

    @property
    def _table_query(self):
        return SQL("""
            SELECT task.id, task.complaint_id, task.company_id, milestone.procedure_id, task.milestone_id, task.role_id,
                   task.function, task.user_id, task.state, task.started_on, task.due_on, task.done_on,
                   CASE WHEN task.state = 'missed' THEN 0
                        WHEN task.due_on IS NULL THEN NULL
                        WHEN task.state = 'done' THEN CASE WHEN COALESCE(task.late_seconds, 0) > 0 THEN 0 ELSE 100 END
                        WHEN task.due_on < (now() AT TIME ZONE 'UTC') THEN 0
                   END AS on_time_rate,
                   task.promised_on IS NOT NULL AS is_promise,
                   CASE WHEN task.promised_on IS NULL THEN NULL
                        WHEN task.state = 'done' THEN CASE WHEN task.done_on > task.promised_on THEN 0 ELSE 100 END
                        WHEN task.state = 'missed' OR task.promised_on < (now() AT TIME ZONE 'UTC') THEN 0
                   END AS kept_rate,
                   CASE WHEN task.state = 'done' THEN task.used_seconds / 3600.0 END AS used_hours,
                   CASE WHEN task.state = 'done' THEN task.late_seconds / 3600.0 END AS late_hours
              FROM cx_task task JOIN cx_milestone milestone ON milestone.id = task.milestone_id
             WHERE task.state <> 'off'
        """)
