from odoo import models

from ...rules.conditions import Condition, holds


class ConditionMixin(models.AbstractModel):
    """Which rules hold for which cases."""

    _inherit = "cx.condition.mixin"

    def _matching(self, complaints):
        """The rules of ``self`` that hold for each case, in their order; whose rulebook they are of is not asked.

        For all cases at once: the rules are read together, of the cases only what they keep in their own row.

        :param complaints: ``cx.complaint``
        :return: ``{complaint: rules}``, with an entry for each complaint; the first route is ``found[complaint][:1]``
        """
        rules = self.sudo()  # sudo: self - what a rulebook says is the same for whoever asks
        conditions = {rule.id: rule._condition() for rule in rules}
        return {
            complaint: self.filtered(lambda rule, facts=facts: holds(conditions[rule.id], facts))
            for complaint, facts in complaints._condition_facts().items()}

    def _condition(self):
        """The condition of one rule as a plain value."""
        self.ensure_one()
        return Condition(
            categories=frozenset(self.category_ids.ids),
            channels=frozenset(self.channel_ids.ids),
            kinds=frozenset(self.kind_ids.ids),
            phases=frozenset(self.phase_ids.ids),
            nature=self.nature or None,
            technical=self.is_technical or None,
            party=self.party or None,
            batch_class=self.batch_class or None,
            min_severity=self.min_severity or None,
            max_severity=self.max_severity or None,
            is_urgent_only=self.is_urgent_only,
            customer_type=self.customer_type or None,
        )
