from odoo import api, fields, models
from odoo.exceptions import UserError


class ComplaintTransfer(models.TransientModel):
    """To whom a case goes, what became of it there, or why it is given back."""

    _name = "cx.complaint.transfer"
    _description = "Transfer Complaint"
    _check_company_auto = True

    complaint_id = fields.Many2one("cx.complaint", required=True)
    verb = fields.Selection(
        [("transfer", "Transfer"), ("record_result", "Result"), ("give_back", "Give back")], default="transfer",
        required=True)
    to = fields.Selection(
        [("company", "Company of the group"), ("partner", "Dealer or tenant")], required=True,
        compute="_compute_to", store=True, readonly=False, precompute=True)
    # names of companies where the user need not work: a link to them he could not choose
    company_choice = fields.Selection("_selection_companies", string="Company There")
    company_choices = fields.Json(compute="_compute_company_choices", help="Those that this case can go to.")
    no_company_text = fields.Text(compute="_compute_company_choices")
    company_id = fields.Many2one(related="complaint_id.company_id", related_sudo=False)
    own_partner_ids = fields.Many2many("res.partner", compute="_compute_company_choices")
    partner_id = fields.Many2one(
        "res.partner", string="Dealer or Tenant", check_company=True,
        domain="[('commercial_partner_id', 'not in', own_partner_ids)]")
    reference = fields.Char(string="Number There")
    is_settled = fields.Boolean(string="Settled", default=True, help="Not ticked: it comes back and is handled here.")
    reason = fields.Char(required=True)

    @api.model
    def _selection_companies(self):
        """The companies, by name."""
        # sudo: res.company - the names of the group's companies are no secret to who may transfer cases to them
        return [(str(company.id), company.name) for company in self.env["res.company"].sudo().search([])]

    @api.depends("complaint_id")
    def _compute_company_choices(self):
        """Of all companies only those that the case can go to are offered; where there is none, it is said why."""
        # sudo: res.company - whose addresses are those of the group
        own = self.env["res.company"].sudo().search([("active", "=", True)]).partner_id
        for dialog in self:
            dialog.own_partner_ids = own.sudo(False)
            dialog.company_choices, dialog.no_company_text = [], False
            if dialog.complaint_id.has_access("read"):
                companies, problems = dialog.complaint_id._companies_open_to()
                dialog.company_choices = [str(company.id) for company in companies]
                dialog.no_company_text = not companies and ("\n".join(problems) or self.env._(
                    "There is no other company. Give it to a dealer or tenant instead."))

    @api.depends("complaint_id")
    def _compute_to(self):
        for dialog in self:
            dialog.to = "company" if dialog.company_choices else "partner"

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
