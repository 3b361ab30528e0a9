from odoo.exceptions import UserError
from odoo.tests import tagged

from .rulebook_returns_common import RulebookReturnsCommon


@tagged("post_install", "-at_install")
class TestRulebookS208(RulebookReturnsCommon):
    """The battery maker: three working days, told in advance when it takes longer, three signatures before the answer."""

    CODE = "s2_08"

    def test_result_in_three_working_days(self):
        """Reported on Thursday at four, the result is due on Tuesday at four. [S2.08-11]"""
        self.complain(at="2026-11-26 16:00", login="cx_sales")
        self.assertRoute("handler", "cx_quality")
        self.assertQueue("result", "cx_quality")
        self.assertDue("result", "2026-12-01 16:00")
        self.assertFalse(self.milestone("result").ladder_id)  # the document names nobody who hears of it

    def test_longer_is_told_in_advance(self):
        """More than two returns that day: two more working days are told to market before the date, not after it.
        [S2.08-12]
        """
        self.complain(at="2026-11-26 16:00", login="cx_sales")
        market = self.users_by_login["cx_sales"]
        task = self._as("cx_quality", self.task("result"))
        self.at("2026-11-30 09:00")
        task._extend(2, "Three returns on one day", market)
        self.assertDue("result", "2026-12-03 16:00")
        change = self.task("result").change_ids
        self.assertEqual((change.kind, change.reason), ("extension", "Three returns on one day"))
        self.assertIn(market.partner_id, self.complaint.message_ids.partner_ids)
        self.at("2026-12-03 17:00")
        with self.assertRaisesRegex(UserError, "in advance"):
            task._extend(1, "Still testing")
        self.assertDue("result", "2026-12-03 16:00")

    def test_countersigned_before_the_answer(self):
        """The manager reviews, project leader and head of technology countersign, then market answers."""
        self.complain(at="2026-11-30 09:00")
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertDone("result")
        self.assertBlocked("answer", "task_open", "cx_sales")
        self.do("review", "cx_quality_head")
        self.do("sign_project", "cx_engineering_supervisor")
        self.assertBlocked("answer", "task_open", "cx_sales")
        self.do("sign_head", "cx_engineering_head")
        self.assertNotBlocked("answer", "task_open", "cx_sales")
        self.step("answer", "cx_sales")
        self.assertDone("answer")

    def test_half_of_the_goods_have_one_defect(self):
        """First inspection, then analysis; when one defect type exceeds half, production and technology are called to the
        countermeasure meeting together and at once. [S2.08-15]
        """
        self.complain_goods()
        self.authorise()
        self.receive()
        self.assertUndecided("first_inspection")
        self.assertDue("first_inspection", False)
        self.assertNotStarted("analysis")
        self._inspect()
        self.assertDone("first_inspection")
        self.assertQueue("analysis", "cx_quality")
        self._as("cx_quality", self.task("analysis"))._pass_up("Six of ten leak")
        self.assertEqual(
            set(self.task("analysis").escalation_ids.user_ids.mapped("login")), {"cx_production", "cx_engineering"})

    def test_who_speaks_with_whom(self):
        """The single cell: quality has the cell factory improve; returned by mistake: market speaks with the customer.
        [S2.08-5] [S2.08-7]
        """
        for cause, code, login in (("cell", "cell_factory", "cx_quality"), ("misreturn", "misreturn", "cx_sales")):
            with self.subTest(cause=cause):
                self.complain()
                self.step("confirm")
                self._as("cx_quality", self.complaint).cause_category_id = self.part(f"cause_{cause}")
                self.step("conclude", "cx_quality")
                self.assertQueue(code, login)

    def _inspect(self):
        """Quality control has inspected all of it."""
        self._as("cx_quality", self.line).action_inspect()
        inspection = self.line.inspection_ids
        inspection.write({"cause": "Leaks", "line_ids": [(0, 0, {
            "verdict_id": self.env.ref("cx_complaint.verdict_rework").id, "quantity": 5,
            "defect_id": self.env.ref("cx_complaint.defect_function").id})]})
        self._as("cx_quality", inspection).action_finish()
        self.complaint.invalidate_recordset()
