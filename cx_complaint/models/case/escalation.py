from odoo import api, fields, models


class Escalation(models.Model):
    """A step of a ladder that was taken for a task: once and only once for each due date."""

    _name = "cx.escalation"
    _description = "Escalation"
    _check_company_auto = True
    _order = "fired_on desc, id desc"

    task_id = fields.Many2one("cx.task", required=True, ondelete="cascade", index=True, check_company=True)
    complaint_id = fields.Many2one(related="task_id.complaint_id", store=True, index=True)
    milestone_id = fields.Many2one(related="task_id.milestone_id", store=True, index=True)
    company_id = fields.Many2one(related="task_id.company_id", store=True, index=True)
    rung_id = fields.Many2one(
        "cx.ladder.rung", string="Step", required=True, ondelete="restrict", index=True, check_company=True)
    role_id = fields.Many2one(related="rung_id.role_id", store=True, index=True)
    occurrence = fields.Integer(string="Time", required=True, default=1, help="How often this step was taken by then.")
    fired_on = fields.Datetime(string="Told On", required=True)
    due_on = fields.Datetime(string="Was Due", help="The due date that the step was about. Empty: whatever the due date.")
    late_seconds = fields.Integer(help="By how much it was late then, counted as the limit counts.")
    late_hours = fields.Float(string="Late by (Hours)", compute="_compute_late_hours", store=True, aggregator="avg")
    is_skipped = fields.Boolean(
        string="Passed Over", help="A higher step was reached already: nobody was told of this one.")
    user_ids = fields.Many2many("res.users", string="Told")

    _once = models.UniqueIndex(
        "(task_id, rung_id, occurrence, COALESCE(due_on, '1970-01-01'::timestamp))",
        "A step of a ladder is taken once for a due date.")

    @api.depends("late_seconds")
    def _compute_late_hours(self):
        for escalation in self:
            escalation.late_hours = escalation.late_seconds / 3600

    def _rung_of(self, task):
        """The step of the task's ladder that was taken; in another edition the one that says the same."""
        rung, ladder = self.rung_id, task.milestone_id.ladder_id
        if rung.ladder_id == ladder:
            return rung
        return ladder.rung_ids.filtered(lambda other: other._says() == rung._says())[:1] or rung

    @api.depends("task_id.name", "rung_id")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for escalation in self:
            escalation.display_name = f"{escalation.task_id.name} · {escalation.rung_id.display_name}"
