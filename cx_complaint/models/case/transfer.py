from odoo import fields, models


class Transfer(models.Model):
    """A case that somebody else handles: another company of the group, a dealer or a tenant. It is followed here."""

    _name = "cx.transfer"
    _description = "Transfer of a Case"
    _inherit = ["cx.by.verb.mixin"]
    _check_company_auto = True
    _order = "transferred_on desc, id desc"
    _rec_name = "complaint_id"
    _BY_VERB_ONLY = frozenset({
        "complaint_id", "to_company_id", "to_partner_id", "to_complaint_id", "transferred_on", "returned_on", "reason", "reference",
    })

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    to_company_id = fields.Many2one("res.company", string="Company", readonly=True, index="btree_not_null")
    to_partner_id = fields.Many2one(
        "res.partner", string="Dealer or Tenant", readonly=True, check_company=True, index="btree_not_null")
    to_complaint_id = fields.Many2one(
        "cx.complaint", string="Case There", readonly=True, index="btree_not_null", ondelete="set null")
    transferred_on = fields.Datetime(required=True, readonly=True)
    returned_on = fields.Datetime(readonly=True, help="When it was settled there, or came back.")
    reference = fields.Char(string="Number There", readonly=True)
    reason = fields.Char(required=True, readonly=True)
