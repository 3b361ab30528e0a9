from odoo import fields, models


class RmaViews(models.Model):
    """The ways from a return to what belongs to it."""

    _inherit = "cx.rma"

    inspection_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)
    disposition_count = fields.Integer(compute="_compute_document_counts", compute_sudo=True)

    def _compute_document_counts(self):
        inspections, dispositions = (
            dict(self.env[model]._read_group([("rma_id", "in", self.ids)], ["rma_id"], ["__count"]))
            for model in ("cx.inspection", "cx.disposition"))
        for rma in self:
            rma.inspection_count = inspections.get(rma._origin, 0)
            rma.disposition_count = dispositions.get(rma._origin, 0)

    def action_view_complaints(self):
        """Open the cases whose goods come back."""
        return self.complaint_ids._get_records_action(name=self.env._("Complaints"))

    def action_view_pickings(self):
        """Open every transfer of the goods: receipts, releases, sending back."""
        return self.picking_ids._get_records_action(name=self.env._("Transfers"))

    def action_view_inspections(self):
        """Open the inspections of the goods."""
        return self.line_ids.inspection_ids._get_records_action(name=self.env._("Inspections"))

    def action_view_dispositions(self):
        """Open what was decided about the goods."""
        return self.line_ids.disposition_ids._get_records_action(name=self.env._("Dispositions"))
