from odoo import models

from ..procedure.needs import NEEDS


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """What none of the user's companies has stands in no menu."""
        unused = [
            self.env.ref(f"cx_complaint.{menu}", raise_if_not_found=False)
            for setting in self.env["res.company"]._cx_nowhere() for menu in NEEDS[setting].menus]
        return super()._load_menus_blacklist() + [menu.id for menu in unused if menu]
