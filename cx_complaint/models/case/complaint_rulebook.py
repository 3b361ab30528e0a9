from odoo import models

from ...rules.severity import USUAL
from .by_code import BY_CODE, is_by_code

# what is looked at again, by the fields that it looks at; line_ids stands for goods and objects of the lines
_CHOICE = frozenset({"partner_id", "category_id", "channel_id", "company_id", "line_ids"})
_CLASSES = frozenset({"category_id", "cause_category_id", "procedure_id"})
_SEVERITY = frozenset({
    "trigger_ids", "claimed_amount", "currency_id", "received_on", "channel_id", "transferred_by_id", "partner_id",
    "procedure_id", "severity", "severity_reason", "line_ids", "batch_class"})
_ROUTE = frozenset({
    "category_id", "channel_id", "kind_id", "nature", "is_technical", "party", "severity", "urgency", "customer_type",
    "partner_id", "procedure_id", "responsible_department_id", "trigger_ids", "claimed_amount", "cause_category_id", "line_ids",
    "batch_class"})
_LOOKED_AT = _CHOICE | _CLASSES | _SEVERITY | _ROUTE


class Complaint(models.Model):
    """What the rulebook makes of a case, whenever what it looks at changes: procedure, classes, severity, route.

    A database without a procedure in force pays for none of it.
    """

    _inherit = "cx.complaint"

    def write(self, vals):
        looked_at = _LOOKED_AT & vals.keys()
        if not looked_at or is_by_code(self.env, "cx_follows_rulebook") or not self._is_rulebook_used():
            return super().write(vals)
        categories = {case: case.category_id for case in self}
        result = super().write(vals)
        self._follow_rulebook(looked_at, categories, said=self if "severity" in vals else None)
        return result

    def _start_under_rulebook(self, vals_list):
        """New cases get their procedure, their number where it has a series of its own, and what follows from it.

        :param vals_list: as they were registered: what somebody decided then is not decided again
        """
        if not self._is_rulebook_used():
            return
        # what a case starts with is no change of it: nothing is tracked, and to-dos are made when all is known
        cases = self.with_context(cx_follows_rulebook=BY_CODE, cx_is_registered=BY_CODE, mail_notrack=True)
        cases._choose_procedures()
        cases._number()
        registered = list(zip(cases, vals_list, strict=True))
        taken = cases.browse(case.id for case, vals in registered if vals.get("handler_id"))
        # a form sends the usual severity as well when nobody has thought of it
        said = cases.browse(case.id for case, vals in registered if vals.get("severity", USUAL) != USUAL)
        cases._follow_rulebook(_LOOKED_AT - _CHOICE, {}, taken, said)

    def _follow_rulebook(self, looked_at, categories=None, taken=None, said=None):
        """Look again at what depends on the fields ``looked_at``.

        :param categories: category of each case before; None: lines changed, which have none
        :param taken: new cases that somebody handles already; None: the cases are not new
        :param said: cases of which somebody has just said how serious they are
        """
        cases = self.with_context(cx_follows_rulebook=BY_CODE)
        if looked_at & _CHOICE:
            cases._choose_procedures()
        ruled = cases.filtered(lambda case: case.procedure_id or case.severity_floor)
        if not ruled:
            return
        if looked_at & _CLASSES:
            ruled._classify(looked_at, categories or {})
        ruled._update_batch_class()
        if looked_at & _SEVERITY:
            ruled._update_severity(said or self.browse())
        if looked_at & _ROUTE:
            ruled._route_cases(taken)
