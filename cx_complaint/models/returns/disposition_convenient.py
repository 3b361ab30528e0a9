from odoo import models


class Disposition(models.Model):
    _inherit = "cx.disposition"

    def _prepare_rework_order_vals(self, quantity, lots):
        """The work is done when it suits the customer, where he said so."""
        vals = super()._prepare_rework_order_vals(quantity, lots)
        convenient_on = self.rma_line_id.complaint_line_id.convenient_on
        return {**vals, "date_start": convenient_on} if convenient_on else vals
