from odoo import api, fields, models


class ComplaintChangeProcedure(models.TransientModel):
    """Which open cases come under which procedure, and why."""

    _name = "cx.complaint.change.procedure"
    _description = "Move to Another Procedure"

    complaint_ids = fields.Many2many(
        "cx.complaint", string="Cases", required=True, domain="[('decision', '=', 'open')]")
    company_id = fields.Many2one("res.company", compute="_compute_company_id")
    procedure_id = fields.Many2one(
        "cx.procedure", required=True, domain="[('state', '=', 'in_force'), ('company_id', 'in', (False, company_id))]")
    reason = fields.Char(required=True)

    @api.depends("complaint_ids")
    def _compute_company_id(self):
        """The company of the cases; of several only what is shared can be chosen."""
        for wizard in self:
            companies = wizard.complaint_ids.company_id
            wizard.company_id = len(companies) == 1 and companies

    def action_move(self):
        """Move the cases that are left in the list."""
        self.ensure_one()
        self.complaint_ids._move_to_procedure(self.procedure_id, self.reason)
        return {"type": "ir.actions.act_window_close"}
