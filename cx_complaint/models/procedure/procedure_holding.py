from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date


class Procedure(models.Model):
    """From when until when an edition holds, in words: on the form, in lists and on the printed page."""

    _inherit = "cx.procedure"

    holding_text = fields.Char(string="Holds", compute="_compute_holding_text")

    @api.depends("state", "effective_date", "predecessor_id", "successor_ids.state", "choice_ids")
    @api.depends_context("lang", "allowed_company_ids")
    def _compute_holding_text(self):
        for procedure in self:
            # sudo: cx.procedure - names and days of its earlier and later editions
            procedure.holding_text = procedure.id and getattr(
                procedure.sudo(), f"_holding_{procedure.state}", lambda: False)() or False

    def _day_text(self, day):
        return format_date(self.env, day)

    def _holding_draft(self):
        earlier, today = self._earlier(), self._own_company()._cx_today()
        if not self.effective_date or self.effective_date == today:
            return False
        if self.effective_date > today:
            return self.env._(
                "Put in force now, it holds from %(day)s on. %(until_then)s", day=self._day_text(self.effective_date),
                until_then=self._until_then())
        return earlier and self.env._(
            "Its effective date has passed: it holds from the moment it is put in force, and cases that were registered"
            " before stay under %(earlier)s.", earlier=earlier.display_name)

    def _holding_to_come(self):
        return self.env._(
            "It holds from %(day)s on. %(until_then)s", day=self._day_text(self.effective_date), until_then=self._until_then())

    def _until_then(self):
        if earlier := self._earlier():
            return self.env._("Until then new cases fall under %(earlier)s.", earlier=earlier.display_name)
        return self.env._("Until then no case falls under it.")

    def _holding_in_force(self):
        later = self._to_follow(self._own_company())[:1]
        if later:
            return self.env._(
                "It holds until %(last_day)s. From %(day)s on new cases fall under %(later)s.",
                last_day=self._day_text(later.effective_date - timedelta(days=1)),
                day=self._day_text(later.effective_date), later=later.display_name)
        if not self.choice_ids.filtered(lambda choice: choice.company_id in (self.company_id or self.env.companies)):
            return self.env._("No new case falls under it: no row in “Which Case, Which Procedure” names it.")
        return False

    def _own_company(self):
        """The company from which it is looked at."""
        return (self.company_id or self.env.company).sudo()  # sudo: res.company - the day on its wall


class ProcedureChoice(models.Model):
    """Which edition a row stands for today and later, and whether it is ever reached."""

    _inherit = "cx.procedure.choice"

    holding_text = fields.Char(string="Note", compute="_compute_holding_text")

    @api.depends("procedure_id.state", "sequence", "company_id", "partner_id", "product_categ_id", "category_id", "channel_id", "active")
    @api.depends_context("lang")
    def _compute_holding_text(self):
        rivals = self.search([("company_id", "in", self.company_id.ids)])
        for choice in self:
            notes = [choice._hidden_text(rivals), *choice._day_texts()]
            choice.holding_text = " ".join(filter(None, notes)) or False

    def _day_texts(self):
        procedure = self.procedure_id.sudo()  # sudo: cx.procedure - names and days of its later editions
        coming = (procedure if procedure.is_to_come else procedure.browse()) | procedure._to_follow(self.company_id)
        return [self.env._(
            "From %(day)s on: %(procedure)s.", day=format_date(self.env, one.effective_date), procedure=one.display_name)
            for one in coming] if procedure else []

    def _hidden_text(self, rivals):
        """Whether a row before this one takes every case that it is for."""
        def place(choice):
            return choice.sequence, choice._origin.id or float("inf")

        conditions = ("partner_id", "product_categ_id", "category_id", "channel_id")
        for rival in rivals.filtered(lambda one: one.company_id == self.company_id and one != self._origin):
            is_wider = all(not rival[name] or rival[name] == self[name] for name in conditions)
            is_equal = all(rival[name] == self[name] for name in conditions)
            is_before = place(rival) < place(self) if is_equal else rival.sequence < self.sequence
            if is_wider and is_before and self.active and not rival.procedure_id.is_to_come:
                return self.env._("Never reached: the row of %(procedure)s comes first.", procedure=rival.procedure_id.display_name)
        return None
