from odoo import api, fields, models


class ProcedureEdition(models.TransientModel):
    """What the new edition of a procedure is called, for whom it is, and why there is one."""

    _name = "cx.procedure.edition"
    _description = "New Edition"

    procedure_id = fields.Many2one("cx.procedure", required=True, readonly=True)
    edition = fields.Char(
        compute="_compute_edition", store=True, readonly=False, precompute=True, required=True,
        help="Proposed: the next number. Type another one for a new letter.")
    change = fields.Char(required=True, help="What changes, and why; stands in the revision log.")
    company_id = fields.Many2one(
        "res.company", compute="_compute_company_id", store=True, readonly=False, precompute=True,
        help="Empty: for every company, as before.")

    @api.depends("procedure_id")
    def _compute_edition(self):
        for wizard in self:
            wizard.edition = wizard.procedure_id and wizard.procedure_id._next_edition()

    @api.depends("procedure_id")
    def _compute_company_id(self):
        for wizard in self:
            wizard.company_id = wizard.procedure_id.company_id

    def action_make(self):
        """Copy the procedure into a draft of that edition and open it."""
        self.ensure_one()
        draft = self.procedure_id._make_edition(self.edition, self.change, self.company_id)
        return {"type": "ir.actions.act_window", "res_model": "cx.procedure", "view_mode": "form", "res_id": draft.id}
