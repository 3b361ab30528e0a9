from odoo import api, fields, models
from odoo.fields import Domain

from ...rules import days

OPEN = ("proposed", "approved", "running")


class Disposition(models.Model):
    """The customer's date, and when the work is planned: both go onto the documents."""

    _inherit = "cx.disposition"

    limit_date = fields.Date(
        related="rma_id.limit_date", store=True, index="btree_not_null", help="The day until which the customer allows "
        "the return to be handled; rework orders and transfers carry it as their deadline.")
    planned_date = fields.Date(
        string="Planned Start", index="btree_not_null", copy=False,
        help="The day on which the work starts; rework orders that are open follow it.")
    expected_date = fields.Date(
        compute="_compute_expected_date", compute_sudo=True,
        help="When the goods are expected at their destination: by the open documents, else by the plan.")
    is_late = fields.Boolean(
        string="Late for the Customer", compute="_compute_is_late", search="_search_is_late",
        help="Not done although the customer's date has passed, or expected after it only.")

    @api.depends("planned_date", "production_ids.date_finished", "production_ids.state", "move_ids.date",
                 "move_ids.state")
    def _compute_expected_date(self):
        for disposition in self:
            orders = disposition.production_ids.filtered(lambda order: order.state not in ("done", "cancel"))
            moments = [*orders.mapped("date_finished"), *disposition._open_leaving_moves().mapped("date")]
            by_document = [days.day_of(moment, disposition._timezone()) for moment in moments if moment]
            disposition.expected_date = max(by_document, default=disposition.planned_date)

    @api.depends("limit_date", "state", "expected_date")
    def _compute_is_late(self):
        today = fields.Date.context_today(self)
        for disposition in self:
            limit = disposition.limit_date
            disposition.is_late = bool(limit and disposition.state in OPEN and (
                limit < today or (disposition.expected_date and disposition.expected_date > limit)))

    def _search_is_late(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        still_open = Domain("state", "in", OPEN) & Domain("limit_date", "!=", False)
        # what is not late by today's date may be late by its plan: a short list, of what is open only
        planned = self.search(still_open & Domain("limit_date", ">=", today)).filtered("is_late")
        return still_open & (Domain("limit_date", "<", today) | Domain("id", "in", planned.ids))

    def _timezone(self):
        """Of the clock on the wall of the company."""
        self.ensure_one()
        return self.company_id._cx_timezone()

    def _deadline(self):
        """Until when the customer waits, as documents carry it; False where he set no date."""
        self.ensure_one()
        return self.limit_date and days.end_of_day(self.limit_date, self._timezone())

    # Onto the documents

    def _prepare_rework_order_vals(self, quantity, lots):
        vals = super()._prepare_rework_order_vals(quantity, lots)
        if self.limit_date:
            vals["date_deadline"] = self._deadline()
        if self.planned_date:
            vals["date_start"] = days.start_of_work(self.planned_date, self._timezone())
        return vals

    def _prepare_leaving_move_vals(self, quantity, lots, location_dest):
        return {
            **super()._prepare_leaving_move_vals(quantity, lots, location_dest), "date_deadline": self._deadline()}

    def write(self, vals):
        res = super().write(vals)
        if vals.get("planned_date"):
            self._reschedule_orders()
        return res

    def _reschedule_orders(self):
        """Open rework orders start on the planned day."""
        for disposition in self:
            # sudo: mrp.production - the start of an order of a disposition that the user may write
            orders = disposition.sudo().production_ids.filtered(
                lambda order: order.state in ("draft", "confirmed", "progress"))
            orders.date_start = days.start_of_work(disposition.planned_date, disposition._timezone())

    def _on_limit_date_changed(self):
        """The customer changed his date: what is under way follows."""
        for disposition in self:
            # sudo: mrp.production, stock.move - the deadline of documents that follow the customer's date
            orders = disposition.sudo().production_ids.filtered(lambda order: order.state not in ("done", "cancel"))
            moves = orders.move_finished_ids | disposition.sudo()._open_leaving_moves()
            orders.date_deadline = disposition._deadline()
            moves.date_deadline = disposition._deadline()
