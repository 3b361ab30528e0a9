from datetime import date, datetime, timedelta

from odoo import Command, fields
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..rules import days
from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestPlanningDates(ReworkCommon):
    """The day until which the customer waits, from the RMA to the last transfer."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.limit = cls.today + timedelta(days=20)
        cls.env.company.resource_calendar_id.tz = "Asia/Shanghai"
        cls.bench = cls.env["mrp.workcenter"].create({"name": "Bench", "costs_hour": 50})
        cls.scheme = cls._create_scheme({"name": "Seal", "operation_ids": [
            Command.create({"name": "Seal", "workcenter_id": cls.bench.id, "minutes": 30})]})
        cls._put_in_stock(cls.product, 50)

    def _department(self, function, user):
        self.env["cx.department"].search([("function", "=", function)]).active = False
        return self.env["cx.department"].create({
            "name": function, "function": function, "duty_user_id": user.id, "company_id": self.env.company.id})

    def _repair(self, quantity=2, limit=None, **vals):
        """An approved repair of the customer's goods, to go back to him by the limit."""
        line = self._come_back(self.product, quantity, goods_owner="customer")
        line.rma_id.limit_date = limit
        return self._decide(line, quantity, "repair", "customer", scheme_id=self.scheme.id, **vals)

    # Rules

    def test_a_day_is_the_company_s(self):
        """The end of a day in Shanghai is 15:59:59 in UTC; what happens at 17:00 UTC is the next day there."""
        zone = "Asia/Shanghai"
        self.assertEqual(days.end_of_day(date(2026, 11, 22), zone), datetime(2026, 11, 22, 15, 59, 59))
        self.assertEqual(days.start_of_work(date(2026, 11, 22), zone), datetime(2026, 11, 22))
        self.assertEqual(days.day_of(datetime(2026, 11, 22, 17), zone), date(2026, 11, 23))
        self.assertEqual(days.week_of(date(2026, 11, 22)), (date(2026, 11, 16), date(2026, 11, 23)))
        # a day of 25 hours, when the clocks are put back
        berlin = "Europe/Berlin"
        self.assertEqual(
            days.end_of_day(date(2026, 10, 25), berlin) - days.midnight(date(2026, 10, 25), berlin),
            timedelta(hours=24, minutes=59, seconds=59))

    # Documents

    def test_without_a_date_nothing_is_due(self):
        """No date of the customer, no deadline on order and transfer, and nothing is late."""
        disposition = self._execute(self._repair())
        self.assertFalse(disposition.production_ids.date_deadline)
        self.assertFalse(disposition.is_late)

    def test_order_and_transfer_carry_the_date(self):
        """The limit date of the return is the deadline of the rework order, then of the transfer back; both follow
        when the customer changes it. [S2.02-19]"""
        disposition = self._execute(self._repair(limit=self.limit))
        order = disposition.production_ids
        self.assertEqual(order.date_deadline, days.end_of_day(self.limit, "Asia/Shanghai"))
        self.assertEqual(order.move_finished_ids.date_deadline, order.date_deadline)
        later = self.limit + timedelta(days=5)
        self._as("cx_service", disposition.rma_id).limit_date = later
        self.assertEqual(order.date_deadline, days.end_of_day(later, "Asia/Shanghai"))
        self._finish(order)
        self._as("cx_quality", disposition).action_release()
        picking = disposition._open_leaving_moves().picking_id
        self.assertEqual(picking.date_deadline, days.end_of_day(later, "Asia/Shanghai"))
        self._as("cx_service", disposition.rma_id).limit_date = self.limit
        self.assertEqual(picking.date_deadline, days.end_of_day(self.limit, "Asia/Shanghai"))

    def test_replacement_carries_the_date(self):
        """A replacement is due by the customer's date; a day that was promised to him goes before it."""
        line = self._come_back(self.product, 2)
        line.rma_id.limit_date = self.limit
        settlements = self.env["cx.settlement"]
        for promised in (False, self.limit - timedelta(days=3)):
            settlements |= self._as("cx_service", settlements).create({
                "complaint_line_id": line.complaint_line_id.id, "kind": "replacement", "quantity": 1,
                "planned_date": promised})
        self._as("cx_manager", settlements).action_approve()
        self._as("cx_service", settlements).action_execute()
        by_limit, by_promise = settlements
        self.assertEqual(by_limit.move_ids.date_deadline, days.end_of_day(self.limit, "Asia/Shanghai"))
        promised_for = by_promise.move_ids.date_deadline
        self.assertEqual(promised_for.date(), self.limit - timedelta(days=3))
        line.rma_id.limit_date = self.limit + timedelta(days=2)
        self.assertEqual(
            by_limit.move_ids.date_deadline, days.end_of_day(self.limit + timedelta(days=2), "Asia/Shanghai"))
        self.assertEqual(by_promise.move_ids.date_deadline, promised_for)

    # Late

    def test_late_by_date_and_by_plan(self):
        """Late is what is open after the customer's date, and what will be done after it only."""
        passed = self._repair(limit=self.today - timedelta(days=1))
        in_time = self._repair(limit=self.limit)
        too_late = self._repair(limit=self.limit, planned_date=self.limit + timedelta(days=1))
        cancelled = self._repair(limit=self.today - timedelta(days=1))
        cancelled.action_cancel()
        mine = passed | in_time | too_late | cancelled
        self.assertEqual(mine.filtered("is_late"), passed | too_late)
        found = self.env["cx.disposition"].search([("id", "in", mine.ids), ("is_late", "=", True)])
        self.assertEqual(found, passed | too_late)
        found = self.env["cx.disposition"].search([("id", "in", mine.ids), ("is_late", "=", False)])
        self.assertEqual(found, in_time | cancelled)

    # Planning

    def test_planner_sees_dates_and_load(self):
        """Planning issues repair by the customer's need and by what production has booked: the list is in the order of
        the customers' dates, production and rework of the week stand against the hours of the work center, and the
        day that the planner writes is the start of the order. [S2.18-17]"""
        monday = self.today - timedelta(days=self.today.weekday()) + timedelta(days=7)
        self._as("cx_planning", self.env["mrp.production"]).sudo().create({
            "product_id": self._create_product("Cx New").id, "product_qty": 4, "bom_id": False,
            "date_start": days.start_of_work(monday, "Asia/Shanghai"),
            "workorder_ids": [Command.create({
                "name": "Assemble", "workcenter_id": self.bench.id, "duration_expected": 600,
                "product_uom_id": self.product.uom_id.id})],
        }).action_confirm()
        late, early, open_end = self._repair(4, limit=self.limit), self._repair(2, limit=self.today), self._repair(2)
        action = self.env.ref("cx_complaint.disposition_action_planning")
        view = self.env.ref("cx_complaint.disposition_view_list_planning")
        order = view._get_combined_arch().get("default_order")
        mine = self._as("cx_planning", self.env["cx.disposition"]).search(
            [*safe_eval(action.domain), ("id", "in", (late | early | open_end).ids)], order=order)
        self.assertEqual(mine.ids, [early.id, late.id, open_end.id])
        planned = mine[1]
        planned.planned_date = monday
        self.assertEqual((planned.workcenter_id, planned.work_hours), (self.bench, 2.0))
        self.assertEqual(planned.load_hours, 10.0, "what production booked")
        planned.action_create_rework_orders()
        order = late.production_ids
        self.assertEqual(order.date_start, days.start_of_work(monday, "Asia/Shanghai"))
        self.env.invalidate_all()
        self.assertEqual(planned.load_hours, 12.0, "and the rework itself")
        self.assertGreater(planned.capacity_hours, 12.0)
        self.assertAlmostEqual(planned.load_rate, 1200 / planned.capacity_hours, 4)
        planned.planned_date = monday + timedelta(days=7)
        self.assertEqual(order.date_start, days.start_of_work(monday + timedelta(days=7), "Asia/Shanghai"))
        self.env.invalidate_all()
        self.assertEqual(planned.load_hours, 2.0, "a week later the bench has the rework only")

    def test_load_of_a_list_is_flat(self):
        """Ten rows on one work center cost no more queries than two."""
        rows = self.env["cx.disposition"].concat(*[self._repair(1) for _number in range(10)])

        def read(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("load_rate")
            return self.cr.sql_log_count - before

        read(rows)
        self.assertEqual(read(rows[:2]), read(rows))

    # Ship back

    def test_after_sales_ships_back_by_the_date(self):
        """The repair is finished within the date that the customer allows; after-sales is told once to ship back,
        finds it in its list in the order of the dates, and the to-do ends with the shipment. [S2.18-22]"""
        after_sales = self.users_by_login["cx_sales"]
        self._department("after_sales", after_sales)
        disposition = self._execute(self._repair(3, limit=self.limit))
        kind = self.env.ref("cx_complaint.mail_activity_type_ship_back")
        rma = disposition.rma_id

        def todos():
            return rma.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

        self._finish(disposition.production_ids)
        self.assertFalse(todos(), "not released yet")
        self._as("cx_quality", disposition)._release({disposition: (2, self.env["stock.lot"])})
        self._as("cx_quality", disposition)._release({disposition: (1, self.env["stock.lot"])})
        self.assertEqual((todos().user_id, todos().date_deadline), (after_sales, self.limit))
        action = self.env.ref("cx_complaint.stock_picking_action_ship_back")
        waiting = self._as("cx_sales", self.env["stock.picking"]).search(safe_eval(action.domain))
        mine = waiting.filtered(lambda picking: picking.cx_rma_ids == rma)
        self.assertEqual(len(mine), 2)
        for picking in mine.with_user(self.users_by_login["stock_only"]):
            self.assertTrue(todos())
            picking.button_validate()
        self.assertFalse(todos())
        self.assertEqual(disposition.state, "done")
        self.assertFalse(self._as("cx_sales", self.env["stock.picking"]).search(
            [("id", "in", mine.ids), *safe_eval(action.domain)]))

    def test_customer_service_ships_where_no_after_sales_is(self):
        """A company without after-sales has customer service do it."""
        service = self.users_by_login["cx_service"]
        self._department("service", service)
        self.env["cx.department"].search([("function", "=", "after_sales")]).active = False
        line = self._come_back(self.product, 1, goods_owner="customer")
        disposition = self._execute(self._decide(line, 1, "none", "customer"))
        self.assertEqual(disposition.rma_id.activity_ids.user_id, service)
