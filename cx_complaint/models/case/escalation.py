from odoo import fields, models


class Escalation(models.Model):
    """A step of a ladder that was taken for a task: once and only once."""

    _name = "cx.escalation"
    _description = "Escalation"
    _check_company_auto = True
    _order = "fired_on desc, id desc"

    task_id = fields.Many2one("cx.task", required=True, ondelete="cascade", index=True, check_company=True)
    complaint_id = fields.Many2one(related="task_id.complaint_id", store=True, index=True)
    company_id = fields.Many2one(related="task_id.company_id", store=True, index=True)
    rung_id = fields.Many2one("cx.ladder.rung", required=True, ondelete="restrict", index=True, check_company=True)
    occurrence = fields.Integer(required=True, default=1)
    fired_on = fields.Datetime(required=True)
    is_skipped = fields.Boolean(help="A higher step was reached already: nobody was told of this one.")
    user_ids = fields.Many2many("res.users", string="Told")

    _once = models.UniqueIndex("(task_id, rung_id, occurrence)", "A step of a ladder is taken once.")
