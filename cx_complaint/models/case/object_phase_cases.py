from odoo import api, models


class ObjectPhase(models.Model):
    """Changed phases hold for the open cases; closed ones stay as they were."""

    _inherit = "cx.object.phase"

    @api.model_create_multi
    def create(self, vals_list):
        phases = super().create(vals_list)
        phases.kind_id._on_phases_changed()
        return phases

    def write(self, vals):
        kinds = self.kind_id
        result = super().write(vals)
        (kinds | self.kind_id)._on_phases_changed()
        return result

    def unlink(self):
        kinds = self.kind_id
        result = super().unlink()
        kinds.exists()._on_phases_changed()
        return result
