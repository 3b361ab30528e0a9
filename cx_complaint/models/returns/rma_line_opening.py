from odoo import fields, models


class RmaLine(models.Model):
    """What of an open case came back before this system knew it."""

    _inherit = "cx.rma.line"

    opening_received_qty = fields.Float(
        string="Received Before", digits="Product Unit", readonly=True, copy=False,
        help="Came back and was dealt with in the system of before; taken over with the case.")

    def _has_field_access(self, field, operation):
        # it stands for goods that nobody can look at any more: written by the take-over only
        if operation == "write" and field.name == "opening_received_qty" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)
