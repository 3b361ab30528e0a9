from odoo import models


class Trigger(models.Model):
    """What makes a case serious when it is ticked: safety, media, a lawyer, an authority, a key dimension."""

    _name = "cx.trigger"
    _description = "Severity Trigger"
    _inherit = ["cx.catalogue.mixin"]
