from datetime import date, timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestPlanningExpected(ReworkCommon):
    """What comes from returns stands beside the forecast, and parts drawn for it are reported to finance."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._create_product("Cx Chip", standard_price=2.5)
        cls._put_in_stock(cls.part, 100)
        cls.scheme = cls._create_scheme({
            "name": "Chip", "part_ids": [Command.create({"product_id": cls.part.id, "quantity": 2})]})

    def _expected(self):
        self.env.invalidate_all()
        product = self.product
        return product.cx_expected_qty, product.cx_expected_beyond_qty, product.virtual_available

    def test_rework_is_expected_once(self):
        """Five come back: decided, in rework, released and in stock they are expected until they are there; forecast
        and what is beyond it never count the same unit."""
        line = self._come_back(self.product, 5)
        start = self.product.virtual_available
        self.assertEqual(self._expected(), (0, 0, start))
        disposition = self._decide(line, 5, "rework", "stock", scheme_id=self.scheme.id)
        self.assertEqual(self._expected(), (5, 5, start))
        self._execute(disposition)
        self.assertEqual(self._expected(), (5, 5, start), "an order into quarantine is no forecast of core's")
        self._finish(disposition.production_ids)
        self.assertEqual(self._expected(), (5, 5, start))
        self._as("cx_quality", disposition)._release({disposition: (3, self.env["stock.lot"])})
        self.assertEqual(self._expected(), (5, 2, start + 3))
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(self._expected(), (2, 2, start + 3))
        self.assertEqual(self.product.product_tmpl_id.cx_expected_qty, 2)
        found = self.env["cx.disposition"].search(self.product.action_cx_view_expected()["domain"])
        self.assertEqual((found, found.coming_qty, found.beyond_forecast_qty), (disposition, 2, 2))

    def test_customers_goods_and_scrap_are_not_expected(self):
        """What is the customer's, goes back to him or is scrapped never comes to our stock."""
        theirs = self._come_back(self.product, 2, goods_owner="customer")
        self._decide(theirs, 2, "repair", "customer", scheme_id=self.scheme.id)
        ours = self._come_back(self.product, 1)
        self._decide(ours, 1, "none", "scrap")
        self.assertEqual(self._expected()[:2], (0, 0))

    def test_reordering_rule_counts_rework(self):
        """Within its horizon a reordering rule does not buy what rework brings; with the setting off, or later, it
        does."""
        line = self._come_back(self.product, 5)
        orderpoint = self.env["stock.warehouse.orderpoint"].create({
            "product_id": self.product.id, "location_id": self.warehouse.lot_stock_id.id, "product_min_qty": 8,
            "product_max_qty": 8})
        today = fields.Date.today()

        def forecast():
            self.env.flush_all()
            self.env.invalidate_all()
            return orderpoint._quantity_in_progress()[orderpoint.id]

        disposition = self._decide(line, 5, "rework", "stock", scheme_id=self.scheme.id)
        self.assertEqual(forecast(), 0.0, "without a date nobody relies on it")
        disposition.planned_date = today
        self.assertEqual(forecast(), 5.0)
        disposition.planned_date = orderpoint.lead_horizon_date + timedelta(days=1)
        self.assertEqual(forecast(), 0.0)
        disposition.planned_date = today
        self.env.company.cx_is_rework_forecast = False
        self.assertEqual(forecast(), 0.0)

    def test_reordering_rule_is_left_alone_by_quarantine(self):
        """What comes into quarantine or is scrapped there changes no reordering rule, and none is computed for it;
        what is released to stock does."""
        self._put_in_stock(self.product, 5)
        order = self._sell((self.product, 5))
        line = self._create_rma_line(order.picking_ids.move_ids, 5)
        rule = self.env["stock.warehouse.orderpoint"].create({
            "product_id": self.product.id, "location_id": self.warehouse.lot_stock_id.id, "product_min_qty": 8,
            "product_max_qty": 8})
        self.env.flush_all()
        before = rule.qty_to_order_computed
        with patch.object(type(rule), "_compute_qty_to_order_computed", side_effect=AssertionError("computed for it")):
            self._receive(line, 5)
            self._execute(self._decide(line, 2, "none", "scrap"))
            self.env.flush_all()
        release = self._execute(self._decide(line, 3, "none", "stock"))
        release._open_leaving_moves().picking_id.button_validate()
        self.env.flush_all()
        self.assertEqual((before, rule.qty_to_order_computed), (8.0, 5.0))

    def test_parts_are_extra_issue_and_reported_once(self):
        """Parts of a rework order are marked extra issue, the returned units are not; finance is told of the month
        once, with the value of its documents. [S2.18-25]"""
        finance = self.users_by_login["cx_finance"]
        self.env["cx.department"].search([("function", "=", "finance")]).active = False
        self.env["cx.department"].create({"name": "Finance", "function": "finance", "duty_user_id": finance.id})
        self.env.company.resource_calendar_id.tz = "UTC"
        disposition = self._execute(
            self._decide(self._come_back(self.product, 4), 4, "rework", "stock", scheme_id=self.scheme.id))
        order = disposition.production_ids
        marked = order.move_raw_ids.filtered("cx_is_extra_issue")
        self.assertEqual((marked.product_id, marked.product_uom_qty), (self.part, 8.0))
        self.assertFalse(order._cx_returned_moves().cx_is_extra_issue)
        moves = self.env["stock.move"]
        self.assertEqual(moves.search([("id", "in", order.move_raw_ids.ids), ("cx_is_extra_issue", "=", True)]), marked)
        self.assertEqual(moves.search([("id", "in", order.move_raw_ids.ids), ("cx_is_extra_issue", "=", False)]),
                         order.move_raw_ids - marked)
        self._finish(order)
        marked.date = "2031-03-14 10:00:00"
        reports = self.env["cx.extra.issue.report"]
        reports.search([]).unlink()
        reports._cron_report(date(2031, 4, 1))
        reports._cron_report(date(2031, 4, 2))
        report = reports.search([("company_id", "=", self.env.company.id)])
        self.assertEqual(
            (report.date_from, report.date_to, report.issue_count, report.amount),
            (date(2031, 3, 1), date(2031, 3, 31), 1, 20.0))
        self.assertEqual(report.amount, marked.value)
        self.assertEqual(report.activity_ids.user_id, finance)
        rows = self._as("cx_finance", self.env["cx.cost"]).search(
            self._as("cx_finance", report).action_view_issues()["domain"])
        self.assertEqual((rows.item_id, rows.quantity, rows.complaint_id), (self.part, 8.0, disposition.complaint_id))
        reports._cron_report(date(2031, 5, 3))
        april = reports.search([("company_id", "=", self.env.company.id)]) - report
        self.assertEqual((april.date_from, april.issue_count, bool(april.activity_ids)), (date(2031, 4, 1), 0, False))
        self.env.company.resource_calendar_id.tz = "America/New_York"
        with freeze_time("2031-06-01 03:00:00"):  # the last evening of May there: May is not over
            reports._cron_report()
        self.assertEqual(reports.search_count([("company_id", "=", self.env.company.id)]), 2)
        self.env.company.cx_extra_issue_months = 0
        reports._cron_report(date(2031, 9, 3))
        self.assertEqual(reports.search_count([("company_id", "=", self.env.company.id)]), 2)
