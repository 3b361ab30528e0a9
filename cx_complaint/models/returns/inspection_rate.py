from odoo import api, fields, models

from ...rules import findings
from ...rules.wording import figure


class InspectionRate(models.Model):
    """The rate that planning works with: how sure it is, when it was confirmed, what replaced it."""

    _inherit = "cx.inspection"

    rate_low = fields.Float(
        string="Rate at Least (%)", compute="_compute_rate_range", digits=(16, 1),
        help="With a confidence of 95 % the rate of all units at hand is not below this.")
    rate_high = fields.Float(
        string="Rate at Most (%)", compute="_compute_rate_range", digits=(16, 1),
        help="With a confidence of 95 % the rate of all units at hand is not above this.")
    rate_confirmed_on = fields.Datetime(readonly=True, copy=False)
    rate_confirmed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    is_rate_wanted = fields.Boolean(
        compute="_compute_is_rate_wanted", help="The customer wants goods at once, and planning has no rate yet.")

    @api.depends("defect_rate", "inspected_qty", "available_qty")
    def _compute_rate_range(self):
        for inspection in self:
            low, high = findings.rate_range(
                findings.bad_quantity(inspection._findings()), inspection.inspected_qty, inspection.available_qty)
            inspection.rate_low, inspection.rate_high = low, high

    @api.depends("is_replenishment_wanted", "rma_line_id.inspection_ids.rate_confirmed_on")
    def _compute_is_rate_wanted(self):
        for inspection in self:
            inspection.is_rate_wanted = inspection.is_replenishment_wanted and not any(
                inspection.rma_line_id.inspection_ids.mapped("rate_confirmed_on"))

    def _prepare_rate_vals(self):
        return {"rate_confirmed_on": fields.Datetime.now(), "rate_confirmed_by_id": self.env.uid}

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "confirm_rate" and not blockers:
            blockers += self._blockers_quantity()
        return blockers

    def _rate_sentence(self):
        """The rate in a sentence, with the figures behind it, how sure it is, and which rate it replaces."""
        self.ensure_one()
        sentence = self.env._(
            "%(inspection)s: defect rate of %(product)s %(rate)s %% (%(bad)s of %(inspected)s %(unit)s inspected,"
            " %(received)s %(unit)s at hand).",
            inspection=self.display_name, product=self.product_id.display_name, rate=f"{self.defect_rate:.1f}",
            bad=figure(findings.bad_quantity(self._findings())), inspected=figure(self.inspected_qty),
            received=figure(self.available_qty), unit=self.product_uom_id.name)
        if self.product_uom_id.compare(self.inspected_qty, self.available_qty) < 0:
            sentence += " " + self.env._(
                "With a confidence of 95 %% it lies between %(low)s and %(high)s %% of all.",
                low=f"{self.rate_low:.1f}", high=f"{self.rate_high:.1f}")
        replaced = self._replaced_rate()
        if replaced:
            sentence += " " + self.env._(
                "It replaces the %(rate)s %% of %(sample)s.", rate=f"{replaced.defect_rate:.1f}",
                sample=replaced.display_name)
        return sentence

    def _replaced_rate(self):
        """The sample whose rate this inspection of every unit replaces, or none."""
        self.ensure_one()
        return self.rma_line_id.inspection_ids.filtered(
            lambda other: other.superseded_by_id == self).sorted("id")[-1:]
