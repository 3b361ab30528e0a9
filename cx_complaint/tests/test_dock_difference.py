from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .profile_common import ProfileCommon


@tagged("post_install", "-at_install")
class TestDockDifference(ProfileCommon):
    """The count against the sheet, the content against the paper, and who hears of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.cx_receipt_profile_id = cls.env.ref("cx_complaint.receipt_profile_count_first")

    def _disposition(self, line, quantity):
        return self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": quantity, "destination": "scrap"})

    def _call(self):
        """The cron that calls people to what came."""
        self.env["cx.rma.line"]._cron_call_quality()

    def test_correct_count_asks_for_the_decision(self):
        """Five of five: planning and quality are to decide method and department, once. [S2.02-24]"""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self.assertFalse(self._todos(line.rma_id, "cx_planning"), "the dock waits for no message")
        self._call()
        self._call()
        for login in ("cx_planning", "cx_quality"):
            self.assertEqual(
                [summary for summary in self._summaries(line.rma_id, login) if summary],
                ["Decide method and handling department"])
        self.assertEqual(self._codes(self._disposition(line, 5), "approve"), [])

    def test_short_count_blocks_the_decision(self):
        """Three of five: nothing is decided and nobody asked to, until sales accepts the count. [S2.02-24]"""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids, {self.product: 3})
        self._call()
        self.assertTrue(line.is_difference_open)
        self.assertFalse(self._todos(line.rma_id, "cx_planning"))
        disposition = self._disposition(line, 3)
        with self.assertRaisesRegex(UserError, r"3 of 5 .*\(Fewer\)"):
            disposition.action_approve()
        with self.assertRaises(AccessError):
            self._as("cx_quality", line).action_answer_difference("accepted", "Fine")
        with self.assertRaises(AccessError):
            self._as("cx_service", line).difference_answer = "accepted"
        self._as("cx_sales", line).action_answer_difference("contacted", "He keeps two")
        self.assertFalse(line.is_difference_open)
        self.assertEqual(line.difference_answered_by_id, self.users_by_login["cx_sales"])
        self.assertIn("Decide method and handling department", self._summaries(line.rma_id, "cx_planning"))
        disposition.action_approve()
        self._assert_line(line, received=3, quarantine=3, planned=3)

    def test_the_rest_comes_or_is_waited_for_no_more(self):
        """A short count is answered by the rest of the goods, and by closing the line short."""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids, {self.product: 3})
        self.assertIn(line, self.env["cx.rma.line"].search([("is_difference_open", "=", True)]))
        self._receive(line._open_receipt_moves().picking_id)
        self.assertFalse(line.is_difference_open)
        self.assertNotIn(line, self.env["cx.rma.line"].search([("is_difference_open", "=", True)]))
        second, _consignment = self._announced(5)
        self._receive(second.rma_id.picking_ids, {self.product: 3})
        self._as("cx_service", second).action_close_short("Lost on the way")
        self.assertFalse(second.is_difference_open)
        self.assertIn("Decide method and handling department", self._summaries(second.rma_id, "cx_planning"))

    def test_more_than_announced(self):
        """Six of five stays open until it is answered; a new difference opens it again."""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids, {self.product: 6})
        self.assertEqual((line.difference_kind, line.is_difference_open), ("over", True))
        self._as("cx_service", line).action_answer_difference("accepted", "One more broken")
        with self.assertRaisesRegex(UserError, "no difference waits"):
            self._as("cx_service", line).action_answer_difference("accepted", "Again")

    def test_goods_nobody_announced_are_a_difference_of_the_receipt(self):
        """Another product in the same receipt: what came is not settled for any line of it."""
        line, _consignment = self._announced(5)
        picking = self._as("stock_only", line.rma_id.picking_ids)
        stranger = self._create_product("Cx Stranger")
        self.env["stock.move"].create({
            "product_id": stranger.id, "product_uom_qty": 0, "quantity": 1, "picking_id": picking.id,
            "location_id": picking.location_id.id, "location_dest_id": picking.location_dest_id.id})
        self._receive(picking)
        self.assertEqual((line.difference_kind, line.is_difference_open), ("other", True))

    def test_a_company_that_does_not_ask(self):
        """Without the setting the difference is shown and blocks nothing."""
        self.env.company.cx_receipt_profile_id = False
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids, {self.product: 3})
        self.assertTrue(line.is_difference_open)
        self.assertEqual(self._codes(self._disposition(line, 3), "approve"), [])

    def test_the_dialog_answers(self):
        """The button asks for answer and reason; so does the report of a mismatch."""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids, {self.product: 3})
        action = self._as("cx_service", line).action_answer_difference()
        self._as("cx_service", self.env["cx.rma.reason"]).with_context(**action["context"]).create(
            {"answer": "contacted", "reason": "Agreed"}).action_confirm()
        self.assertEqual((line.difference_answer, line.difference_reason), ("contacted", "Agreed"))
        action = self._as("cx_quality", line).action_report_mismatch()
        self._as("cx_quality", self.env["cx.rma.reason"]).with_context(**action["context"]).create(
            {"reason": "12 V in the box, 24 V on the note"}).action_confirm()
        self.assertEqual(line.content_mismatch, "12 V in the box, 24 V on the note")

    def test_content_and_paper_do_not_match(self):
        """Quality reports it, and planning's person on duty knows at once what differs. [S2.01-37]"""
        line, _consignment = self._announced(5)
        with self.assertRaisesRegex(UserError, "nothing has come"):
            self._as("cx_quality", line).action_report_mismatch("24 V")
        self._receive(line.rma_id.picking_ids)
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", line).action_report_mismatch("24 V")
        inspection = self._inspect(line, (self.good, 5))
        self.assertEqual(inspection.action_report_mismatch()["res_model"], "cx.rma.reason")
        self._as("cx_quality", line).action_report_mismatch("24 V on the note")
        todo = self._todos(line.rma_id, "cx_planning")
        self.assertIn("24 V on the note", todo.note)
        self.assertEqual(todo.date_deadline, todo.create_date.date())
        message = line.rma_id.message_ids.filtered(lambda message: "24 V" in message.body)
        self.assertIn(self.users_by_login["cx_planning"].partner_id, message.partner_ids)

    def test_the_store_learns_the_handling_department(self):
        """Quality has finished: the routing slip goes back to the store with the department. [S2.02-29]"""
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self._inspect(line, (self.rework, 3), (self.good, 2), department_id=self.production.id).action_finish()
        todo = self._todos(line.rma_id, "cx_warehouse")
        self.assertIn("Rework shop", todo.note)
        self.assertTrue(any("Rework shop" in (message.body or "") for message in consignment.sudo().message_ids))

    def test_the_rework_shop_collects_from_the_store(self):
        """Only what planning has planned is handed over, to a department that is named, once. [S2.02-31]"""
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self._inspect(line, (self.rework, 3), (self.scrap, 2)).action_finish()
        rework = line.disposition_ids.filtered(lambda d: d.work != "none")
        self._as("cx_quality", line.disposition_ids).action_approve()
        clerk = self._as("cx_warehouse", rework)
        with self.assertRaisesRegex(UserError, "It is Approved"):
            clerk.action_collect()
        self._as("cx_planning", rework).action_execute()
        with self.assertRaisesRegex(UserError, "not said who collected"):
            clerk.action_collect()
        with self.assertRaises(AccessError):
            self._as("cx_quality", rework).action_collect()
        clerk.collected_department_id = self.production
        clerk.action_collect()
        self.assertEqual(rework.collected_by_id, self.users_by_login["cx_warehouse"])
        self.assertTrue(rework.collected_on)
        with self.assertRaisesRegex(UserError, "collected it already"):
            clerk.action_collect()
        self._assert_line(line, received=5, quarantine=5)
