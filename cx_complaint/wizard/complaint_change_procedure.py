from odoo import fields, models


class ComplaintChangeProcedure(models.TransientModel):
    """Which open cases come under which procedure, and why."""

    _name = "cx.complaint.change.procedure"
    _description = "Move to Another Procedure"

    complaint_ids = fields.Many2many(
        "cx.complaint", string="Cases", required=True, domain="[('decision', '=', 'open')]")
    procedure_id = fields.Many2one("cx.procedure", required=True, domain="[('state', '=', 'in_force')]")
    reason = fields.Char(required=True)

    def action_move(self):
        """Move the cases that are left in the list."""
        self.ensure_one()
        self.complaint_ids._move_to_procedure(self.procedure_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
