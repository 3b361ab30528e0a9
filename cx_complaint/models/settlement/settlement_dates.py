from odoo import api, fields, models

from ...rules import days


class Settlement(models.Model):
    """A replacement is due when it was promised, else when the customer wants his return handled."""

    _inherit = "cx.settlement"

    limit_date = fields.Date(
        string="Customer's Date", compute="_compute_limit_date",
        help="The earliest day until which the customer allows the returns of this line to be handled.")

    @api.depends("complaint_line_id.rma_line_ids.rma_id.limit_date")
    def _compute_limit_date(self):
        for settlement in self:
            rmas = settlement.complaint_line_id.rma_line_ids.rma_id.filtered(
                lambda rma: rma.limit_date and rma.decision not in ("refused", "cancelled", "expired"))
            settlement.limit_date = min(rmas.mapped("limit_date"), default=False)

    def _prepare_procurement_vals(self, reference):
        vals = super()._prepare_procurement_vals(reference)
        if not self.planned_date and self.limit_date:
            vals["date_deadline"] = days.end_of_day(self.limit_date, self.company_id._cx_timezone())
        return vals

    def _on_limit_date_changed(self):
        """The customer changed his date: replacements under way follow, but for those promised for a day."""
        for settlement in self.filtered(lambda settlement: (
                settlement.kind == "replacement" and settlement.limit_date and not settlement.planned_date)):
            settlement.move_ids.filtered(lambda move: move.state not in ("done", "cancel")).date_deadline = (
                days.end_of_day(settlement.limit_date, settlement.company_id._cx_timezone()))


class Rma(models.Model):
    """The customer's date concerns what replaces the goods as well."""

    _inherit = "cx.rma"

    def _on_limit_date_changed(self):
        res = super()._on_limit_date_changed()
        # sudo: cx.settlement, stock.move - the deadline of deliveries that follow the customer's date
        self.sudo().line_ids.complaint_line_id.settlement_ids._on_limit_date_changed()
        return res
