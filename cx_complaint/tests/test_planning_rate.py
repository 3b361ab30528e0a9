from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..rules import replenishment
from .quality_common import QualityCommon


@tagged("post_install", "-at_install")
class TestPlanningRate(QualityCommon):
    """The customer wants goods at once: rate first, then replenishment and rework are planned from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = fields.Date.today()
        cls.planner = cls.users_by_login["cx_planning"]
        cls.env["cx.department"].search([("function", "=", "planning")]).active = False
        cls.env["cx.department"].create({
            "name": "Planning", "function": "planning", "duty_user_id": cls.planner.id})
        cls.bench = cls.env["mrp.workcenter"].create({"name": "Bench"})
        cls._put_in_stock(cls.product, 500)

    def _wanted(self, quantity, **vals):
        """Received goods whose customer wants replenishment."""
        line = self._receive_goods(self.product, quantity)
        self._as("cx_sales", line.rma_id).write({"is_replenishment_wanted": True, **vals})
        return line

    def _sample(self, line, size, *rows):
        inspection = self._inspect(line, *rows, mode="sample", sample_qty=size)
        inspection.action_finish()
        return inspection

    def _open(self, lines):
        action = self._as("cx_planning", lines).action_plan_from_rate()
        return self._as("cx_planning", self.env["cx.plan.rate"]).with_context(**action["context"]).create({})

    def _todos(self, rma):
        kind = self.env.ref("cx_complaint.mail_activity_type_replenish")
        return rma.activity_ids.filtered(lambda activity: activity.activity_type_id == kind)

    # Rules

    def test_estimate(self):
        """Good, to rework and to scrap always add up, rounded to the customer's side."""
        self.assertEqual(replenishment.estimate(100, 12.5, 50.0), (87, 6, 7))
        self.assertEqual(replenishment.estimate(100, 0), (100, 0, 0))
        self.assertEqual(replenishment.estimate(7, 100, 0), (0, 0, 7))
        self.assertEqual(replenishment.estimate(2.5, 10, 100, 0.01), (2.25, 0.25, 0))
        self.assertEqual(replenishment.estimate(30, 10, 100), (27, 3, 0), "three exactly, not four")
        for quantity in (1, 3, 7, 40):
            for rate in (0, 1, 33.33, 66.67, 99, 100):
                found = replenishment.estimate(quantity, rate, 40)
                self.assertAlmostEqual(sum(found), quantity)
                self.assertGreaterEqual(min(found), 0)
        self.assertEqual(replenishment.repairable_share([(3, True), (1, False)]), 75.0)
        self.assertEqual(replenishment.repairable_share([]), 100.0)
        self.assertEqual(replenishment.replenishment(8, 5), 5)
        self.assertEqual(replenishment.replenishment(8, None), 8)
        self.assertEqual(replenishment.replenishment(8, -1), 0)

    # Planning knows at once

    def test_planning_has_it_the_same_day(self):
        """The copy goes to planning at once: a to-do of the day on which the customer asked, one, also when somebody
        ticks it again. [S2.02-20]"""
        line = self._receive_goods(self.product, 10)
        self.assertFalse(self._todos(line.rma_id))
        rma = self._as("cx_sales", line.rma_id)
        rma.is_replenishment_wanted = True
        todo = self._todos(line.rma_id)
        self.assertEqual((todo.user_id, todo.date_deadline), (self.planner, self.today))
        self.assertIn("10 Units of Cx Pump", todo.note)
        rma.is_replenishment_wanted = False
        rma.is_replenishment_wanted = True
        self.assertEqual(self._todos(line.rma_id), todo)

    def test_lists_follow_the_rate(self):
        """Waits for a rate, has a rate, is planned: a line stands in one list after the other. [S2.02-27]"""
        line = self._wanted(20)

        def found():
            self.env.invalidate_all()
            search = self._as("cx_planning", self.env["cx.rma.line"]).search
            mine = ("id", "=", line.id)
            return (len(search([mine, ("is_waiting_for_rate", "=", True)])), len(search([mine, ("is_to_plan", "=", True)])),
                    len(search([mine, ("return_plan_ids", "!=", False)])))

        self.assertEqual(found(), (1, 0, 0))
        self._sample(line, 10, (self.rework, 3))
        self.assertEqual(found(), (0, 1, 0))
        self.assertEqual((line.defect_rate, line.rate_qty), (30.0, 10.0))
        self._open(line).action_plan()
        self.assertEqual(found(), (0, 0, 1))

    # Negative

    def test_without_a_rate_nothing_is_planned(self):
        """The rate comes first."""
        line = self._wanted(10)
        with self.assertRaisesRegex(UserError, "no rate is known"):
            self._as("cx_planning", line).action_plan_from_rate()

    def test_only_planning_plans(self):
        """Sales and quality neither open the dialog nor make a plan."""
        line = self._wanted(10)
        self._sample(line, 5, (self.rework, 1))
        for login in ("cx_sales", "cx_quality"):
            with self.assertRaises(AccessError):
                self._as(login, self.env["cx.plan.rate"]).create({"rma_line_ids": [Command.set(line.ids)]})
            with self.assertRaises(AccessError):
                self._as(login, self.env["cx.return.plan"])._make([{"line": line, "replenish_qty": 0}])

    def test_never_above_the_cap(self):
        """Ten delivered, four of them replaced: at most six are proposed, and no more can be typed in."""
        line = self._wanted(10)
        self._sample(line, 10, (self.rework, 8))
        replaced = self._as("cx_service", self.env["cx.settlement"]).create({
            "complaint_line_id": line.complaint_line_id.id, "kind": "replacement", "quantity": 4})
        wizard = self._open(line)
        self.assertEqual(wizard.row_ids.replenish_qty, 6.0)
        wizard.row_ids.replenish_qty = 7
        with self.assertRaisesRegex(UserError, "7 Units would be replenished, 6 can be"):
            wizard.action_plan()
        self.assertTrue(replaced)
        self.assertFalse(line.return_plan_ids)

    def test_two_lines_of_one_delivery_share_the_cap(self):
        """What one line of a selection takes of a delivery is gone for the other one."""
        move = self._deliver(self.product, 10)
        lines = self.env["cx.rma.line"]
        for _number in range(2):
            rma = self._authorise(move, 5)
            rma.is_replenishment_wanted = True
            rma.picking_ids.move_ids.picked = True
            rma.picking_ids.button_validate()
            lines |= rma.line_ids
        for line in lines:
            self._sample(line, 5, (self.rework, 5))
        wizard = self._open(lines)
        self.assertEqual(wizard.row_ids.mapped("replenish_qty"), [5.0, 5.0])
        wizard.row_ids[0].replenish_qty = 6
        with self.assertRaisesRegex(UserError, "5 Units would be replenished, 4 can be"):
            wizard.action_plan()

    def test_rework_ends_before_the_customer_s_date(self):
        """A plan that ends after the customer's date, or before it starts, is refused."""
        line = self._wanted(10, limit_date=self.today + timedelta(days=10))
        self._sample(line, 10, (self.rework, 2))
        wizard = self._open(line)
        wizard.write({"start_date": self.today, "finish_date": self.today + timedelta(days=11)})
        with self.assertRaisesRegex(UserError, "the customer waits until"):
            wizard.action_plan()
        wizard.write({"start_date": self.today + timedelta(days=5), "finish_date": self.today + timedelta(days=4)})
        with self.assertRaises(ValidationError):
            wizard.action_plan()

    # The story

    def test_plan_from_the_rate(self):
        """Forty came back, a sample of ten has two to rework and one scrap: planning plans 12 replenished, 8 reworked
        and 4 scrapped, pressing again changes nothing, and full inspection stands beside the plan. [S2.02-28]"""
        limit = self.today + timedelta(days=14)
        line = self._wanted(40, limit_date=limit)
        self._sample(line, 10, (self.rework, 2), (self.scrap, 1))
        wizard = self._open(line)
        row = wizard.row_ids
        self.assertEqual((row.quantity, row.defect_rate, row.sample_qty, row.limit_date), (40, 30, 10, limit))
        self.assertEqual((row.good_qty, row.replenish_qty, row.rework_qty, row.scrap_qty), (28, 12, 8, 4))
        wizard.write({
            "promised_date": self.today + timedelta(days=2), "workcenter_id": self.bench.id,
            "start_date": self.today + timedelta(days=3), "finish_date": self.today + timedelta(days=7)})
        wizard.action_plan()
        plan = line.return_plan_ids
        settlement = plan.settlement_id
        self.assertEqual(
            (settlement.kind, settlement.quantity, settlement.state, settlement.proposed_by_id, settlement.planned_date),
            ("replacement", 12, "proposed", self.planner, self.today + timedelta(days=2)))
        self.assertFalse(self._todos(line.rma_id), "planning has done it")
        wizard.action_plan()
        self.assertEqual((line.return_plan_ids, line.complaint_line_id.settlement_ids), (plan, settlement))
        self.assertEqual(self._as("cx_planning", line).action_plan_from_rate()["res_id"], plan.id)
        self.assertEqual((plan.difference_qty, plan.actual_good_qty), (0, 0))
        full = self._inspect(line, (self.good, 25), (self.rework, 9), (self.scrap, 6), stage="first", is_marked=True)
        full.action_finish()
        self.env.invalidate_all()
        self.assertEqual(
            (plan.actual_good_qty, plan.actual_rework_qty, plan.actual_scrap_qty, plan.difference_qty), (25, 9, 6, 3))
        rework = full.disposition_ids.filtered(lambda disposition: disposition.work != "none")
        self.assertEqual(rework.planned_date, self.today + timedelta(days=3), "proposed rework starts as planned")
        self.assertFalse((full.disposition_ids - rework).filtered("planned_date"))
        self._as("cx_manager", settlement).action_approve()
        self._as("cx_service", settlement).action_execute()
        self.assertEqual(settlement.move_ids.product_uom_qty, 12.0)
        self._assert_line(line, received=40, quarantine=40)
