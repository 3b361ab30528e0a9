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
        "res.company", compute="_compute_company_id", store=True, readonly=False, precompute=True, compute_sudo=False,
        help="Empty: for every company, as before.")
    scope_text = fields.Char(compute="_compute_scope_text")

    @api.depends("procedure_id")
    def _compute_edition(self):
        for wizard in self:
            wizard.edition = wizard.procedure_id and wizard.procedure_id._next_edition()

    @api.depends("procedure_id")
    def _compute_company_id(self):
        for wizard in self:
            procedure = wizard.procedure_id
            wizard.company_id = self.env.company if procedure._strangers() else procedure.company_id

    @api.depends("procedure_id", "company_id")
    def _compute_scope_text(self):
        for wizard in self:
            strangers = wizard.procedure_id and wizard.procedure_id._strangers_text()
            wizard.scope_text = strangers and self.env._(
                "%(companies)s work by this procedure as well, and you do not work there: the new edition is for"
                " %(company)s, theirs stays.", companies=strangers, company=wizard.company_id.name or self.env.company.name)

    def action_make(self):
        """Copy the procedure into a draft of that edition and open it."""
        self.ensure_one()
        draft = self.procedure_id._make_edition(self.edition, self.change, self.company_id)
        return {"type": "ir.actions.act_window", "res_model": "cx.procedure", "view_mode": "form", "res_id": draft.id}
