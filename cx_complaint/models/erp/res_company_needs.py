from odoo import api, fields, models

# what menus ask, see ir_ui_menu.py
_MENU_SETTINGS = frozenset({"cx_has_production", "cx_has_bonded_trade"})


class ResCompany(models.Model):
    """What a company has. What it does not have is hidden, and procedures that need it are offered last."""

    _inherit = "res.company"

    cx_has_production = fields.Boolean(
        string="Own Production", default=True, help="Goods are made and reworked in the company's own workshop.")
    cx_has_lots = fields.Boolean(
        string="Lots or Serial Numbers", default=True, help="It is known which lot or piece a customer got.")
    cx_has_group = fields.Boolean(
        string="Group of Companies", help="Cases pass between companies of a group, dealers or tenants.")
    cx_has_penalties = fields.Boolean(
        string="Penalties", help="Whoever is late or at fault in handling a complaint is charged.")

    cx_is_one_person = fields.Boolean(
        string="One Person Does Everything",
        help="What somebody proposed he may approve himself, whoever else has the right; it is kept with his signature.")

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        if any(not _MENU_SETTINGS.isdisjoint(vals) for vals in vals_list):
            self.env.registry.clear_cache()  # the menus of everybody
        return companies

    def write(self, vals):
        result = super().write(vals)
        if not _MENU_SETTINGS.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result
