from odoo import fields, models


class Waiting(models.Model):
    """An interval in which a case waits for somebody. Its clocks stand still meanwhile."""

    _name = "cx.waiting"
    _description = "Waiting for Somebody"
    _inherit = ["cx.by.verb.mixin"]
    _check_company_auto = True
    _order = "from_on desc, id desc"
    _BY_VERB_ONLY = frozenset({"complaint_id", "waiting_for", "from_on", "until_on", "ended_by_id", "reason"})

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True, readonly=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    waiting_for = fields.Selection(
        [("customer", "Customer"), ("carrier", "Carrier"), ("supplier", "Supplier"), ("authority", "Authority"),
         ("other", "Somebody else")], required=True, readonly=True)
    from_on = fields.Datetime(string="Since", required=True, readonly=True)
    until_on = fields.Datetime(string="Until", readonly=True)
    ended_by_id = fields.Many2one("res.users", readonly=True)
    reason = fields.Char(required=True, readonly=True)
