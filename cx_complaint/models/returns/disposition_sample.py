from odoo import Command, fields, models


class DispositionSample(models.Model):
    """Goods that leave quarantine as samples."""

    _inherit = "cx.disposition"

    sample_ids = fields.One2many("cx.sample", "disposition_id", string="Samples", readonly=True)
    sample_count = fields.Integer(string="Number of Samples", compute="_compute_sample_count")

    def _compute_sample_count(self):
        counts = {disposition.id: count for disposition, count in self.env["cx.sample"]._read_group(
            [("disposition_id", "in", self.ids)], ["disposition_id"], ["__count"])}
        for disposition in self:
            disposition.sample_count = counts.get(disposition.id, 0)

    def _transition(self, verb, vals=None):
        result = super()._transition(verb, vals)
        if verb == "approve":
            self._draft_samples()
        elif verb == "cancel":
            self.sudo().sample_ids.filtered(  # sudo: cx.sample - drafts that the approval made
                lambda sample: sample.decision == "draft").unlink()
        return result

    def _draft_samples(self):
        """What is decided to become a sample gets its record, once."""
        decided = self.filtered(lambda goods: goods.destination == "sample" and not goods.sample_ids)
        self.env["cx.sample"].sudo().create(  # sudo: cx.sample - drafts; the approval was checked
            [goods._prepare_sample_vals() for goods in decided])

    def _prepare_sample_vals(self):
        self.ensure_one()
        finding = self.inspection_line_id
        return {
            "company_id": self.company_id.id,
            "kind": "retained",
            "product_id": self.product_id.id,
            "quantity": self.quantity,
            "lot_ids": [Command.set(self.lot_ids.ids)],
            "defect_id": finding.defect_id.id,
            "description": finding.note or self.reason,
            "rma_line_id": self.rma_line_id.id,
            "inspection_id": self.inspection_id.id,
            "disposition_id": self.id,
            "partner_id": self.partner_id.id,
        }

    def action_view_samples(self):
        """The samples that these goods become."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Samples"),
            "res_model": "cx.sample",
            "view_mode": "list,form",
            "domain": [("disposition_id", "in", self.ids)],
        }
