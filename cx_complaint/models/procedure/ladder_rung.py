from odoo import fields, models


class LadderRung(models.Model):
    """A step of an escalation ladder: when, and which role hears of it."""

    _name = "cx.ladder.rung"
    _description = "Step of an Escalation Ladder"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "ladder_id, sequence, id"
    _FROZEN_WITH = "procedure_id"

    ladder_id = fields.Many2one("cx.ladder", required=True, ondelete="cascade", index=True)
    procedure_id = fields.Many2one(related="ladder_id.procedure_id", store=True, index=True)
    company_id = fields.Many2one(related="ladder_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(translate=True, help="What whoever hears of it is to do.")
    clause = fields.Char(help="Clause of the company's own document that says so.")
    when = fields.Selection([("before", "Before"), ("at", "At"), ("after", "After")], default="at", required=True)
    offset = fields.Float(help="How long before or after the deadline.")
    unit = fields.Selection(
        [("minute", "Minutes"), ("hour", "Hours"), ("working_hour", "Working hours"), ("working_day", "Working days"),
         ("calendar_day", "Calendar days")], default="hour", required=True)
    repeat_every = fields.Float(help="Repeated after as long again, in the same unit. 0: once.")
    repeat_max = fields.Integer(default=1, help="How often at most.")
    consecutive = fields.Integer(
        string="Missed in a Row", help="Only when the repeated task was missed this often in a row. 0: every time.")
    role_id = fields.Many2one(
        "cx.procedure.role", string="To", required=True, check_company=True, ondelete="restrict", index=True,
        domain="[('procedure_id', '=', procedure_id)]")
    is_quiet_outside_hours = fields.Boolean(string="Waits for Working Hours", default=True)

    def _says(self):
        """What makes it the same step in another edition: which ladder, when, to whom."""
        return self.ladder_id.code, self.when, self.offset, self.unit, self.consecutive, self.role_id.code
