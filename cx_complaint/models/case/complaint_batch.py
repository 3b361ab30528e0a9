from odoo import api, fields, models

from ...rules.batches import batch_class


class Complaint(models.Model):
    """Small or large batch, by the limit of the procedure and what comes back at once.

    :source: S2.02-3, S2.02-4
    """

    _inherit = "cx.complaint"

    batch_text = fields.Char(string="Batch Limit", compute="_compute_batch_text")

    @api.depends("batch_class", "line_ids.quantity", "line_ids.return_decision")
    def _compute_batch_text(self):
        for case in self:
            procedure = case.procedure_id.sudo()  # sudo: cx.procedure - the limit of the case's own rulebook
            is_open = procedure.is_batch_limit_undecided and case._batch_quantity() == procedure.batch_limit
            case.batch_text = is_open and self.env._(
                "Exactly %(limit)s: the procedure leaves open whether that is large; it is treated as large.",
                limit=f"{procedure.batch_limit:g}")

    def _update_batch_class(self):
        for case in self:
            procedure = case.procedure_id.sudo()  # sudo: cx.procedure - as above
            found = batch_class(
                case._batch_quantity(), procedure.batch_limit, procedure.is_batch_limit_large,
                procedure.is_batch_limit_undecided) if procedure.batch_limit else None
            if (case.batch_class or None) != found:
                case.sudo().batch_class = found  # sudo: cx.complaint - follows from the goods, written by nobody

    def _batch_quantity(self):
        """What comes back at once: the lines that return, all goods while nobody has decided that any does."""
        self.ensure_one()
        lines = self.line_ids.filtered("product_id")
        returned = lines.filtered(lambda line: line.return_decision not in (False, "none"))
        return sum(line._batch_quantity() for line in returned or lines)

    def _on_goods_counted(self):
        """Goods came back, or will not come: class, severity and route follow what is counted."""
        counted = self.filtered("procedure_id").filtered(
            lambda case: case.procedure_id.sudo()._counts_goods())  # sudo: cx.procedure - as above
        if counted:
            counted._follow_rulebook(frozenset({"batch_class"}))


class ComplaintLine(models.Model):
    """What a line counts towards a batch."""

    _inherit = "cx.complaint.line"

    def _batch_quantity(self):
        return self._get_product_quantity()


class Procedure(models.Model):
    """Whether a rulebook asks how much came back."""

    _inherit = "cx.procedure"

    def _counts_goods(self):
        return bool(self.batch_limit) or any(rule.kind == "batch" for rule in self._plain("severity_rules"))
