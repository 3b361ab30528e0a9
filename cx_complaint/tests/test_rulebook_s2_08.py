from odoo.exceptions import UserError
from odoo.tests import tagged

from .rulebook_common import RulebookCommon


@tagged("post_install", "-at_install")
class TestRulebookS208(RulebookCommon):
    """The battery maker: three working days, told in advance when it takes longer, three signatures before the answer."""

    CODE = "s2_08"

    def test_result_in_three_working_days(self):
        """Reported on Thursday at four, the result is due on Tuesday at four; the handler is reminded the day before, his
        manager hears of it when it is late. [S2.08-11]
        """
        self.complain(at="2026-11-26 16:00", login="cx_sales")
        self.assertRoute("handler", "cx_quality")
        self.assertQueue("result", "cx_quality")
        self.assertDue("result", "2026-12-01 16:00")
        self.assertTold("result", ("before", 1, "working_day", "handler"), ("at", 0, "hour", "quality_manager"))

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
