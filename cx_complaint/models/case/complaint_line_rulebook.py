from odoo import api, models

from .by_code import is_by_code

_LOOKED_AT = frozenset({"product_id", "quantity", "product_uom_id", "return_decision", "object_id", "complaint_id"})


class ComplaintLine(models.Model):
    """Goods and objects of the lines are what choice, batch, severity and route of the case look at."""

    _inherit = "cx.complaint.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._tell_rulebook()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _LOOKED_AT.isdisjoint(vals):
            self._tell_rulebook()
        return result

    def unlink(self):
        """The case is looked at again without them."""
        complaints = self.complaint_id
        result = super().unlink()
        complaints._on_lines_changed()
        return result

    def _tell_rulebook(self):
        self.complaint_id._on_lines_changed()


class Complaint(models.Model):
    """A case whose lines have changed."""

    _inherit = "cx.complaint"

    def _on_lines_changed(self):
        if not is_by_code(self.env, "cx_is_registered") and self._is_rulebook_used():
            self._follow_rulebook(frozenset({"line_ids"}))
            self._sync_tasks()
