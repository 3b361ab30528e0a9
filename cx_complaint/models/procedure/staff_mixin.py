from odoo import api, models


class StaffMixin(models.AbstractModel):
    """A record that says who does what; what was read of the staff is forgotten when it changes."""

    _name = "cx.staff.mixin"
    _description = "Who Does What"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        self.env.registry.clear_cache()
        return records

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result
