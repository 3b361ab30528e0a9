from odoo import api, models

from ..procedure.needs import NEEDS


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    @api.model
    def _cx_unused(self):
        """Menus of what none of the user's companies has."""
        menus = (
            self.env.ref(f"cx_complaint.{menu}", raise_if_not_found=False)
            for setting in self.env["res.company"]._cx_nowhere() for menu in NEEDS[setting].menus)
        return self.concat(*filter(None, menus))

    def _load_menus_blacklist(self):
        return super()._load_menus_blacklist() + self._cx_unused().ids
