from odoo import api, fields, models


class Transfer(models.Model):
    """A case that somebody else handles: another company of the group, a dealer or a tenant. It is followed here."""

    _name = "cx.transfer"
    _description = "Transfer of a Case"
    _inherit = ["cx.by.verb.mixin"]
    _check_company_auto = True
    _order = "transferred_on desc, id desc"
    _rec_name = "complaint_id"
    _BY_VERB_ONLY = frozenset({
        "complaint_id", "to_company_id", "to_partner_id", "to_complaint_id", "transferred_on", "returned_on", "came_back", "reason", "reference",
        "result",
    })

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    to_company_id = fields.Many2one("res.company", string="Handling Company", readonly=True, index="btree_not_null")
    to_partner_id = fields.Many2one(
        "res.partner", string="Dealer or Tenant", readonly=True, check_company=True, index="btree_not_null")
    to_complaint_id = fields.Many2one(
        "cx.complaint", string="Case There", readonly=True, index="btree_not_null", ondelete="set null")
    transferred_on = fields.Datetime(required=True, readonly=True)
    returned_on = fields.Datetime(readonly=True, help="When it was settled there, or came back.")
    came_back = fields.Boolean(readonly=True, help="It was not settled there: it is handled here again.")
    reference = fields.Char(string="Number There", readonly=True)
    result = fields.Char(readonly=True)
    to_name = fields.Char(string="Handled By", compute="_compute_there", compute_sudo=True)
    state_there = fields.Char(compute="_compute_there", compute_sudo=True)
    reason = fields.Char(required=True, readonly=True)

    @api.depends("to_company_id.name", "to_partner_id.display_name", "to_complaint_id.state", "returned_on", "came_back")
    def _compute_there(self):
        """Who has it and how far it is: number and stage are all that is seen of it from here."""
        stages = dict(self.env["cx.complaint"]._fields["state"]._description_selection(self.env))
        for transfer in self:
            transfer.to_name = transfer.to_company_id.name or transfer.to_partner_id.display_name
            if transfer.came_back:
                transfer.state_there = self.env._("Came back")
            elif transfer.to_complaint_id:
                transfer.state_there = stages[transfer.to_complaint_id.state]
            elif transfer.returned_on:
                transfer.state_there = self.env._("Settled")
            else:
                transfer.state_there = self.env._("Under way")
