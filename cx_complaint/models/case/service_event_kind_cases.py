from odoo import models


class ServiceEventKind(models.Model):
    """Which warranty an event starts, seen anew for the open cases."""

    _inherit = "cx.service.event.kind"

    def write(self, vals):
        if "warranty_start" not in vals:
            return super().write(vals)
        # sudo: cx.object - of every company, as the catalogue is
        objects = self.env["cx.object"].sudo().search([("event_ids.kind_id", "in", self.ids)])
        objects._open_lines()._forget_object_dates()
        result = super().write(vals)
        objects._on_history_changed()
        return result
