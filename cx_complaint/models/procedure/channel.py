from odoo import fields, models


class Channel(models.Model):
    """The way a complaint reached us: phone, letter, visit, authority, media, merchant …"""

    _name = "cx.channel"
    _description = "Intake Channel"
    _check_company_auto = True
    _order = "sequence, name, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(help="Short name used on lists and papers.")
    sequence = fields.Integer(default=10)
    company_id = fields.Many2one("res.company", index=True, help="Empty: used by every company.")
    active = fields.Boolean(default=True)
    is_outside = fields.Boolean(
        string="Through a Third Party",
        help="An authority, a medium or a group colleague passed it on: whoever passed it on is replied to as well.",
    )
