from odoo import api, fields, models


class Settlement(models.Model):
    """What the customer of an open case got before this system knew it: counts like a document of ours."""

    _inherit = "cx.settlement"

    opening_qty = fields.Float(
        string="Given Before", digits="Product Unit", readonly=True, copy=False,
        help="Replaced or credited in the system of before; taken over with the case.")

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name == "opening_qty" or super()._is_written_by_nobody(field)

    def _happened_qty(self):
        return super()._happened_qty() + self.opening_qty

    def _planned_qty(self):
        return super()._planned_qty() + self.opening_qty

    def _owed_credit(self):
        return super()._owed_credit() - self.opening_qty
