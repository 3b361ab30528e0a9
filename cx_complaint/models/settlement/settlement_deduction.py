from odoo import api, fields, models

from ...rules.blocker import Blocker


class SettlementDeduction(models.Model):
    """The customer has kept the price already, with a debit note of his own: finance mirrors it, the goods are ours."""

    _inherit = "cx.settlement"

    debit_note_number = fields.Char(copy=False, help="Number of the customer's debit note.")
    debit_note_amount = fields.Monetary(
        copy=False, help="What he has deducted, as his debit note says; the credit follows the invoice line.")
    debit_note_difference = fields.Monetary(
        string="Deducted beyond the Credit", compute="_compute_debit_note_difference",
        help="What he deducted, less what the invoice line says. Claim it back, or grant it as a credit without goods.")

    @api.depends("debit_note_amount", "amount", "kind")
    def _compute_debit_note_difference(self):
        for settlement in self:
            is_known = settlement.kind == "deduction" and settlement.debit_note_amount
            settlement.debit_note_difference = (
                settlement.debit_note_amount - settlement.amount if is_known else 0.0)

    def action_approve(self):
        """Sign it. The goods of an accepted deduction are ours from now on, as far as they are here and undecided."""
        res = super().action_approve()
        accepted = self.filtered(lambda settlement: settlement.kind == "deduction")
        if accepted:
            accepted._take_over_guards()
            accepted.filtered(lambda settlement: not settlement._blockers_take_over())._take_over()
        return res

    def _blockers_content(self):
        blockers = super()._blockers_content()
        if self.kind == "deduction" and not (self.debit_note_number or "").strip():
            blockers.append(Blocker(
                "no_debit_note", self.display_name, self.env._("It does not say by which debit note he deducted."),
                self.env._("Enter number and amount of the customer's debit note.")))
        return blockers

    def _signed_values(self):
        values = super()._signed_values()
        if self.kind == "deduction":
            values.update(debit_note=self.debit_note_number, deducted=self.debit_note_amount)
        return values

    def _prepare_reversal_vals(self, invoice):
        """Finance finds the customer's number on the credit note."""
        vals = super()._prepare_reversal_vals(invoice)
        numbers = [number for number in self.mapped("debit_note_number") if number]
        return {**vals, "ref": ", ".join([vals["ref"], *numbers])} if numbers else vals
