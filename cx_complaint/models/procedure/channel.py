from odoo import fields, models


class Channel(models.Model):
    """The way a complaint reached us: phone, letter, visit, authority, media, merchant …"""

    _name = "cx.channel"
    _description = "Intake Channel"
    _inherit = ["cx.catalogue.mixin"]

    is_outside = fields.Boolean(
        string="Through a Third Party",
        help="An authority, a medium or a group colleague passed it on: whoever passed it on is replied to as well.",
    )
