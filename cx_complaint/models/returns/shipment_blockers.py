from odoo import fields, models


class RmaLine(models.Model):
    _inherit = "cx.rma.line"

    # stored, so that authorising needs no look at the lines of the complaint
    shipment_error = fields.Selection(related="complaint_line_id.shipment_error", store=True)


class Rma(models.Model):
    _inherit = "cx.rma"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise":
            blockers += self.line_ids.filtered("shipment_error").complaint_line_id._blockers_uncorrected()
        return blockers


class Complaint(models.Model):
    _inherit = "cx.complaint"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "close" and self.outcome not in ("duplicate", "withdrawn"):
            blockers += self.line_ids._blockers_uncorrected()
        return blockers
