from odoo import models

# menu: setting of a company that it is there for
_MENUS = {
    "cx_complaint.menu_object": "cx_uses_objects",
    "cx_complaint.menu_object_kind": "cx_uses_objects",
    "cx_complaint.menu_customs_contract": "cx_has_bonded_trade",
    "cx_complaint.menu_rework_scheme": "cx_has_production",
    "cx_complaint.menu_rework_proof": "cx_has_production",
    "cx_complaint.menu_disposition_planning": "cx_has_production",
    "cx_complaint.menu_disposition_rework": "cx_has_production",
}


class IrUiMenu(models.Model):
    _inherit = "ir.ui.menu"

    def _load_menus_blacklist(self):
        """What none of the user's companies has stands in no menu."""
        companies = self.env.user.sudo().company_ids  # sudo: res.company - a setting
        unused = [
            self.env.ref(menu, raise_if_not_found=False) for menu, setting in _MENUS.items()
            if not any(companies.mapped(setting))]
        return super()._load_menus_blacklist() + [menu.id for menu in unused if menu]
