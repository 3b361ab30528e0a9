from odoo import fields, models


class InspectionSample(models.Model):
    """Samples that goods are compared with, and samples that an inspection makes."""

    _inherit = "cx.inspection"

    sample_ids = fields.Many2many(
        "cx.sample", string="Compared With", check_company=True,
        domain="[('product_id', '=', product_id), ('state', 'in', ('kept', 'lent'))]",
        help="Limit samples that the verdicts go by.")
    made_sample_ids = fields.One2many("cx.sample", "inspection_id", string="Samples Made", readonly=True)
    made_sample_count = fields.Integer(string="Samples", compute="_compute_made_sample_count")

    def _compute_made_sample_count(self):
        counts = {inspection.id: count for inspection, count in self.env["cx.sample"]._read_group(
            [("inspection_id", "in", self.ids)], ["inspection_id"], ["__count"])}
        for inspection in self:
            inspection.made_sample_count = counts.get(inspection.id, 0)

    def action_view_made_samples(self):
        """The samples this inspection made, ready to make another one of what it found."""
        self.ensure_one()
        finding = self.line_ids.filtered(lambda line: not line.verdict_id.is_good)[:1]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Samples of %(inspection)s", inspection=self.display_name),
            "res_model": "cx.sample",
            "view_mode": "list,form" if self.made_sample_ids else "form",
            "domain": [("inspection_id", "=", self.id)],
            "context": {
                "default_inspection_id": self.id, "default_rma_line_id": self.rma_line_id.id,
                "default_company_id": self.company_id.id, "default_product_id": self.product_id.id,
                "default_defect_id": finding.defect_id.id, "default_partner_id": self.partner_id.id,
                "default_kind": "return" if self._is_all_defective() else "limit",
            },
        }

    def _is_all_defective(self):
        return self.defect_rate >= 100.0

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "finish":
            blockers += self.sample_ids._blockers_unusable(self.display_name) + self._blockers_return_sample()
        return blockers

    def _blockers_return_sample(self):
        """Of a return that is all defective a sample is made, where the company wants it."""
        made = self.rma_line_id.inspection_ids.made_sample_ids
        if (not self.company_id.cx_is_return_sample_needed or self.stage != "analysis" or not self._is_all_defective()
                or "return" in made.mapped("kind")):
            return []
        return [self._blocker(
            "return_sample_missing", self.env._("Every unit is defective, and no return sample was made."),
            self.env._("Press “Samples” and make a return sample."))]
