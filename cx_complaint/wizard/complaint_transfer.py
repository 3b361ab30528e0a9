from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintTransfer(models.TransientModel):
    """To whom a case goes, what became of it there, or why it is given back."""

    _name = "cx.complaint.transfer"
    _description = "Transfer Complaint"

    complaint_id = fields.Many2one("cx.complaint", required=True)
    verb = fields.Selection(
        [("transfer", "Transfer"), ("record_result", "Result"), ("give_back", "Give back")], default="transfer",
        required=True)
    to = fields.Selection(
        [("company", "Company of the group"), ("partner", "Dealer or tenant")], default="company", required=True)
    # names of companies where the user need not work: a link to them he could not choose
    company_choice = fields.Selection("_selection_companies", string="Company")
    partner_id = fields.Many2one("res.partner", string="Dealer or Tenant")
    reference = fields.Char(string="Number There")
    is_settled = fields.Boolean(string="Settled", default=True, help="Not ticked: it comes back and is handled here.")
    reason = fields.Char(required=True)

    @api.model
    def _selection_companies(self):
        """The other companies, by name."""
        # sudo: res.company - the names of the group's companies are no secret to who may transfer cases to them
        companies = self.env["res.company"].sudo().search([("id", "!=", self.env.company.id)])
        return [(str(company.id), company.name) for company in companies]

    def action_transfer(self):
        """Do what was asked for, with the reason."""
        self.ensure_one()
        if self.verb == "give_back":
            self.complaint_id._give_back(self.reason)
        elif self.verb == "record_result":
            self.complaint_id._record_result(self.reason, self.is_settled, self.reference)
        elif self.to == "company":
            self.complaint_id._transfer(self.reason, company=self._company())
        elif self.partner_id:
            self.complaint_id._transfer(self.reason, partner=self.partner_id, reference=self.reference)
        else:
            raise UserError(self.env._("Choose the dealer or tenant who handles it from now on."))
        return {"type": "ir.actions.act_window_close"}

    def _company(self):
        if not self.company_choice:
            raise UserError(self.env._("Choose the company that handles it from now on."))
        # sudo: res.company - chosen from the list above
        return self.env["res.company"].sudo().browse(int(self.company_choice))
