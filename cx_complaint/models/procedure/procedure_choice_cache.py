from odoo import api, models, tools

from ...rules.choices import Case, Choice, choose


class ProcedureChoice(models.Model):
    """The choices as plain values: they are asked at every intake and change once a year."""

    _inherit = "cx.procedure.choice"

    @api.model_create_multi
    def create(self, vals_list):
        choices = super().create(vals_list)
        self.env.registry.clear_cache()
        return choices

    def write(self, vals):
        result = super().write(vals)
        self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _by_company(self):
        """Choices of every company: ``{company id: (Choice, …)}``; a company without any has no entry."""
        found = {}
        # sudo: cx.procedure.choice - which rulebook a case is under is the same for whoever registers it
        for choice in self.sudo().search([("procedure_id.state", "=", "in_force")]):
            found.setdefault(choice.company_id.id, []).append(Choice(
                key=choice.id, procedure=choice.procedure_id.id, rank=choice.sequence,
                partner=choice.partner_id.id or None, product_category=choice.product_categ_id.id or None,
                category=choice.category_id.id or None, channel=choice.channel_id.id or None))
        return {company: tuple(choices) for company, choices in found.items()}

    @api.model
    def _expected(self, company, partner, channel):
        """The procedure that a case of this caller will fall under, as far as that can be told, or none."""
        case = Case(
            partners=(partner.id, partner.commercial_partner_id.id), categories=(), channel=channel.id or None)
        choice = choose(self._by_company().get(company.id, ()), case)
        return self.env["cx.procedure"].browse(choice.procedure if choice else ())


class Procedure(models.Model):
    """Whether there are rulebooks at all, and whose numbers are their own: asked at every intake."""

    _inherit = "cx.procedure"

    def write(self, vals):
        result = super().write(vals)
        if not {"decision", "sequence_id", "active"}.isdisjoint(vals):
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        """Nothing that was known of it is known any more."""
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _with_numbers(self):
        """Ids of procedures in force whose cases have numbers of their own: ``{procedure id: sequence id}``."""
        # sudo: cx.procedure - as above
        numbered = self.sudo().search([("state", "=", "in_force"), ("sequence_id", "!=", False)])
        return {procedure.id: procedure.sequence_id.id for procedure in numbered}

    @api.model
    @tools.ormcache()
    def _is_any_used(self):
        """Whether a procedure was ever put in force: without one no case has a rulebook to look at."""
        # sudo: cx.procedure - as above
        return bool(self.sudo().with_context(active_test=False).search_count(
            [("state", "in", ("in_force", "retired"))], limit=1))
