from odoo import models


class ObjectKind(models.Model):
    """What objects of a kind follow from it."""

    _inherit = "cx.object.kind"

    def _on_phases_changed(self):
        """Open cases about objects of these kinds are seen anew."""
        # sudo: cx.complaint.line - judged alike in every company
        self.env["cx.complaint.line"].sudo().search([
            ("object_id.kind_id", "in", self.ids), ("complaint_id.decision", "=", "open")])._follow_object()
