from odoo import fields, models


class Contact(models.Model):
    """A word with the customer, planned or done. A second call about an open case is a repeat contact."""

    _name = "cx.contact"
    _description = "Customer Contact"
    _check_company_auto = True
    _order = "contacted_on desc, id desc"

    complaint_id = fields.Many2one("cx.complaint", index="btree_not_null", ondelete="cascade", check_company=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    partner_id = fields.Many2one("res.partner", check_company=True, index="btree_not_null")
    kind = fields.Selection([
        ("intake", "First report"), ("repeat", "Repeat contact"), ("callback", "Call-back"), ("told", "Told"),
    ], required=True, default="repeat")
    nth = fields.Integer(string="n-th Contact", readonly=True, help="1 is the first report; computed when recorded.")
    channel_id = fields.Many2one("cx.channel", check_company=True)
    caller_name = fields.Char(string="Caller")
    phone = fields.Char()
    contacted_on = fields.Datetime(required=True, default=fields.Datetime.now)
    user_id = fields.Many2one("res.users", string="Spoken By", required=True, default=lambda self: self.env.user)
    summary = fields.Char(required=True)
