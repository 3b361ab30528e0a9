from odoo import api, fields, models
from odoo.fields import Domain

from .inspection import SORTING_STAGES

# of a return that is over nobody plans anything
_LIVE = ("submitted", "authorised", "receiving", "received")


class RmaLine(models.Model):
    """The defect rate of returned goods, as soon as anybody has inspected some of them."""

    _inherit = "cx.rma.line"

    limit_date = fields.Date(related="rma_id.limit_date", store=True)
    rate_inspection_id = fields.Many2one(
        "cx.inspection", string="Rate From", compute="_compute_rate", help="The latest finished inspection with a rate.")
    defect_rate = fields.Float(string="Defect Rate (%)", compute="_compute_rate", digits=(16, 2), aggregator=None)
    rate_qty = fields.Float(
        string="Inspected for the Rate", digits="Product Unit", compute="_compute_rate", help="Size of the sample.")
    rated_on = fields.Datetime(string="Rate Found On", compute="_compute_rate")
    is_waiting_for_rate = fields.Boolean(
        compute="_compute_rate", search="_search_is_waiting_for_rate",
        help="The customer wants goods at once, and nobody has inspected any of these.")

    @api.depends("inspection_ids.state", "inspection_ids.defect_rate", "is_replenishment_wanted", "rma_id.state")
    def _compute_rate(self):
        for line in self:
            rated = line.inspection_ids.filtered(lambda inspection: (
                inspection.state == "done" and inspection.stage in SORTING_STAGES and inspection.inspected_qty))
            latest = rated.sorted(lambda inspection: (inspection.inspected_on, inspection.id))[-1:]
            line.rate_inspection_id = latest
            line.defect_rate = latest.defect_rate
            line.rate_qty = latest.inspected_qty
            line.rated_on = latest.inspected_on
            line.is_waiting_for_rate = bool(
                line.is_replenishment_wanted and not latest and line.rma_id.state in _LIVE)

    def _search_is_waiting_for_rate(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("is_replenishment_wanted", "=", True) & Domain("rma_id.state", "in", _LIVE) & ~self._domain_rated()

    @api.model
    def _domain_rated(self):
        """Lines of which a rate is known."""
        return Domain("inspection_ids", "any", [
            ("state", "=", "done"), ("stage", "in", SORTING_STAGES), ("inspected_qty", ">", 0)])
