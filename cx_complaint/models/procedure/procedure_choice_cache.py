from odoo import api, models, tools

from ...rules.choices import Case, Choice, choose, on_day


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
        """Choices of every company: ``{company id: (Choice, …)}``; a company without any has no entry.

        Days stand in it as they are: which edition holds today is asked anew each time, see :meth:`_of_company`.
        """
        found = {}
        # sudo: cx.procedure.choice - which rulebook a case is under is the same for whoever registers it
        for choice in self.sudo().search([("procedure_id.decision", "=", "in_force"), ("procedure_id.active", "=", True)]):
            procedure = choice.procedure_id
            found.setdefault(choice.company_id.id, []).append(Choice(
                key=choice.id, procedure=choice.procedure_id.id, rank=choice.sequence,
                partner=choice.partner_id.id or None, product_category=choice.product_categ_id.id or None,
                category=choice.category_id.id or None, channel=choice.channel_id.id or None,
                since=procedure.effective_date if procedure.is_to_come else None,
                later=tuple((one.effective_date, one.id) for one in procedure._to_follow(choice.company_id))))
        return {company: tuple(choices) for company, choices in found.items()}

    @api.model
    def _of_company(self, company):
        """The choices of one company as they stand on its day."""
        choices = self._by_company().get(company.id, ())
        if not any(choice.since or choice.later for choice in choices):
            return choices
        return on_day(choices, company.sudo()._cx_today())  # sudo: res.company - the time on its wall

    @api.model
    def _expected(self, company, partner, channel):
        """The procedure that a case of this caller will fall under, as far as that can be told, or none."""
        case = Case(
            partners=(partner.id, partner.commercial_partner_id.id), categories=(), channel=channel.id or None)
        choice = choose(self._of_company(company), case)
        return self.env["cx.procedure"].browse(choice.procedure if choice else ())


class Procedure(models.Model):
    """Whether there are rulebooks at all, and whose numbers are their own: asked at every intake."""

    _inherit = "cx.procedure"

    def write(self, vals):
        result = super().write(vals)
        if not {"decision", "is_to_come", "sequence_id", "active"}.isdisjoint(vals):
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
        numbered = self.sudo().search([("decision", "=", "in_force"), ("sequence_id", "!=", False)])
        return {procedure.id: procedure.sequence_id.id for procedure in numbered}

    @api.model
    def _is_any_used(self):
        """Whether a procedure was ever put in force: without one no case has a rulebook to look at."""
        return bool(self._frozen_ids())
