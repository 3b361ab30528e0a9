from odoo import api, fields, models


class RmaLine(models.Model):
    """What of an open case came back before this system knew it."""

    _inherit = "cx.rma.line"

    opening_received_qty = fields.Float(
        string="Received Before", digits="Product Unit", readonly=True, copy=False,
        help="Came back and was dealt with in the system of before; taken over with the case.")

    @api.model
    def _is_written_by_nobody(self, field):
        # it stands for goods that nobody can look at any more: written by the take-over only
        return field.name == "opening_received_qty" or super()._is_written_by_nobody(field)
