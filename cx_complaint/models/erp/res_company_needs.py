from odoo import api, fields, models

from ..procedure.needs import NEEDS


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
        self.env.registry.clear_cache()  # the menus of everybody who works in it
        return companies

    def write(self, vals):
        result = super().write(vals)
        if not NEEDS.keys().isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    @api.model
    def _cx_lacking(self):
        """What the companies in which the user works do without.

        :return: of each need that some of them lack ``(setting, ids of the companies, whether none has it)``. Where
            none has it, records without a company count among them.
        """
        ids = self.env.user._get_company_ids()
        companies = self.browse(ids).sudo()  # sudo: res.company - settings
        lacking = []
        for setting in NEEDS:
            without = tuple(company.id for company in companies if not company[setting])
            if without:
                is_everywhere = len(without) == len(ids)
                lacking.append((setting, (*without, False) if is_everywhere else without, is_everywhere))
        return tuple(lacking)

    @api.model
    def _cx_nowhere(self):
        """Settings of what none of the companies has in which the user works."""
        return [setting for setting, _companies, is_everywhere in self._cx_lacking() if is_everywhere]
