from odoo import models


class Procedure(models.Model):
    """What a document has lost or left open: the program keeps still about it until the company decides."""

    _inherit = "cx.procedure"

    def _to_be_decided(self):
        """What the company has to decide, each with the clause where the document leaves it open.

        :return: list of ``(clause, what, what is left open)``
        """
        self.ensure_one()
        rows = [
            (milestone.clause or "", milestone.name, milestone.undecided_note or self.env._("How long it may take."))
            for milestone in self.milestone_ids if milestone.is_undecided]
        rows += [
            (ladder.clause or "", ladder.name, ladder.undecided_note or self.env._("Who hears of it."))
            for ladder in self.ladder_ids if ladder.is_undecided]
        rows += [
            (rule.clause or "", rule.display_name, self.env._("From which figure on it counts."))
            for rule in self.severity_rule_ids if rule.is_undecided]
        if self.is_batch_limit_undecided:
            rows.append((
                "", self.env._("Large batch of %(limit)s", limit=f"{self.batch_limit:g}"),
                self.env._("Whether exactly the limit is a large batch.")))
        return rows
