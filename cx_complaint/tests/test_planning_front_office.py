from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestPlanningFrontOffice(ReturnsCommon):
    """Before the goods leave the customer: what is not known is asked, what comes back is marked."""

    def _codes(self, rma, verb):
        self.env.invalidate_all()
        return [blocker.code for blocker in rma._blockers(verb)]

    def _ask(self, rma, login="cx_service", **vals):
        action = self._as(login, rma).action_ask_customer()
        wizard = self._as(login, self.env["cx.rma.question"]).with_context(**action["context"]).create(vals)
        wizard.action_ask()
        return rma.question_ids

    # The customer is asked

    def test_the_customer_is_asked_for_reason_and_date(self):
        """No reason given and shipping date unknown: quality asks the customer until a day, the return waits, and his
        answer fills both in. [S2.02-33]"""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5))
        until = fields.Date.today() + timedelta(days=3)
        question = self._ask(rma, "cx_quality", answer_by=until)
        self.assertEqual(question.summary, "Why do the goods come back? When will you ship them?")
        self.assertEqual((question.answer_by, question.complaint_id), (until, rma.complaint_ids))
        todo = rma.activity_ids
        self.assertEqual((todo.user_id, todo.date_deadline), (self.users_by_login["cx_quality"], until))
        self.assertEqual(self._codes(rma, "authorise"), ["waits_for_customer"])
        self.assertIn("Why do the goods come back?", rma.question_text)
        with self.assertRaisesRegex(UserError, "asked for the reason"):
            self._as("cx_sales", rma).action_authorise()
        waiting = self.env["cx.rma"].search([
            ("id", "=", rma.id), ("question_ids", "!=", False), ("question_ids.answered_on", "=", False)])
        self.assertEqual(waiting, rma)
        action = self._as("cx_quality", rma).action_answer_question()
        ships = fields.Date.today() + timedelta(days=6)
        self._as("cx_quality", self.env["cx.rma.answer"]).with_context(**action["context"]).create({
            "answer": "The model was changed", "return_reason": "Model change", "planned_ship_date": ships,
        }).action_answer()
        self.assertEqual((rma.return_reason, rma.planned_ship_date, question.answer),
                         ("Model change", ships, "The model was changed"))
        self.assertFalse(rma.question_text)
        self.assertFalse(rma.activity_ids)
        self.assertEqual(self._codes(rma, "authorise"), [])
        self._as("cx_sales", rma).action_authorise()
        self.assertEqual(rma.state, "authorised")

    def test_only_what_is_not_known_is_asked(self):
        """The complaint says why: only the shipping date is asked, and the authorisation does not wait for it."""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5, name="Leaks at the shaft"))
        question = self._ask(rma)
        self.assertEqual((question.is_reason_asked, question.is_ship_date_asked), (False, True))
        self.assertEqual(self._codes(rma, "authorise"), [])

    def test_warehouse_asks_nobody(self):
        """The customer is asked by business or quality."""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5))
        for login in ("cx_warehouse", "cx_planning"):
            with self.assertRaises(AccessError):
                self._as(login, rma).action_ask_customer()
        with self.assertRaisesRegex(UserError, "asked nothing"):
            self._as("cx_service", rma).action_answer_question()

    def test_reason_where_the_company_wants_it(self):
        """With the setting nothing is authorised as long as nobody knows why the goods come back."""
        rma = self._draft(self._complain(self._deliver(self.product, 5), 5))
        self.assertEqual(self._codes(rma, "authorise"), [])
        self.env.company.cx_is_return_reason_needed = True
        self.assertEqual(self._codes(rma, "authorise"), ["reason_unknown"])
        rma.return_reason = "Plan cancelled"
        self.assertEqual(self._codes(rma, "authorise"), [])

    # Marked before the return

    def test_quality_returns_are_marked_before_they_leave(self):
        """The goods of a quality return are sorted, counted and labelled with their reason before they are shipped; who
        did it is recorded, and the label carries the reason. [S2.09-17] [S2.12-17]"""
        self.env.company.cx_is_return_marking_needed = True
        rma = self._authorise(self._deliver(self.product, 5), 5)
        rma.line_ids.complaint_line_id.name = False
        rma.complaint_ids.summary = "Broken"
        self.assertIn("sorted by reason, counted", rma.marking_text)
        self.assertEqual(self._codes(rma, "ship"), ["not_marked"])
        with self.assertRaisesRegex(UserError, "sorted, counted and labelled"):
            self._as("cx_sales", rma).action_ship()
        rma.line_ids.sudo().mark_reason = "Shaft seal leaks"
        rma.marker_name = "Wang Li, regional manager"
        self._as("cx_sales", rma).action_mark()
        self.assertEqual((bool(rma.marked_on), rma.marked_by_id), (True, self.users_by_login["cx_sales"]))
        self.assertIn("Wang Li, regional manager", rma.message_ids[0].body)
        self.assertEqual({label["reason"] for label in rma.line_ids._return_labels()}, {"Shaft seal leaks"})
        self._as("cx_sales", rma).action_ship()
        self.assertTrue(rma.shipped_on)

    def test_nobody_writes_the_mark_by_hand(self):
        """Who marked and when is written by the verb only."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        with self.assertRaises(AccessError):
            self._as("cx_sales", rma).marked_on = fields.Datetime.now()
        with self.assertRaises(AccessError):
            self._as("cx_quality", rma).action_mark()

    def test_unused_goods_come_back_as_they_are(self):
        """Unused goods of a cancelled plan are a class of their own: nothing is sorted or labelled, they stay packed as
        delivered, the customer is told so, and they go back to stock. [S2.02-16] [S2.12-16]"""
        self.env.company.cx_is_return_marking_needed = True
        rma = self._authorise(self._deliver(self.product, 5), 5)
        rma.is_unused = True
        self.assertIn("original packing and protection", rma.marking_text)
        self.assertEqual(self._codes(rma, "ship"), [])
        self._as("cx_sales", rma).action_ship()
        found = self.env["cx.rma"].search([("is_unused", "=", True), ("id", "=", rma.id)])
        self.assertEqual(found, rma)
        rows = str(rma._paper_instructions_instructions())
        self.assertIn("keep them packed and protected as they were delivered", rows)
        rma.is_unused = False
        self.assertNotIn("keep them packed and protected as they were delivered",
                         str(rma._paper_instructions_instructions()))
        rma.is_unused = True
        self._receive(rma.picking_ids)
        line = rma.line_ids
        self._as("cx_quality", line).action_inspect()
        inspection = self._as("cx_quality", line.inspection_ids)
        self.assertEqual(inspection.line_ids.mapped(lambda found: (found.verdict_id.is_good, found.quantity)), [(True, 5.0)])
        inspection.is_marked = True
        inspection.action_finish()
        disposition = line.disposition_ids
        self.assertEqual((disposition.work, disposition.destination, disposition.quantity), ("none", "stock", 5.0))
        disposition.action_approve()
        disposition.action_execute()
        self._assert_line(line, received=5, quarantine=5)
        line.move_ids.picking_id.filtered(lambda picking: picking.state != "done").sudo().button_validate()
        self._assert_line(line, received=5, final=5)
