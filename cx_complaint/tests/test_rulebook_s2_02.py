from odoo.tests import tagged

from .rulebook_returns_common import RulebookReturnsCommon


@tagged("post_install", "-at_install")
class TestRulebookS202(RulebookReturnsCommon):
    """The maker of computer cases: fifty pieces decide who has the goods, three days to collect them."""

    CODE = "s2_02"

    def test_below_fifty_is_small(self):
        """Forty-nine pieces are a small batch: quality assurance has the case, collects, handles and repairs the goods
        itself, with engineering's help; production has nothing to do. [S2.02-3] [S2.02-8] [S2.02-9]
        """
        self.complain_goods(49)
        self.assertEqual(self.complaint.batch_class, "small")
        self.assertRoute("quality", "cx_quality")
        self.authorise()
        self.receive()
        self.assertQueue("collect_quality", "cx_quality")
        self.assertQueue("assist", "cx_engineering")
        self.assertNotStarted("collect_production")
        self.decide()
        self.assertQueue("repair_small", "cx_quality")
        self.assertNotStarted("batch")

    def test_above_fifty_is_large(self):
        """Fifty-one pieces are a large batch, which production handles. [S2.02-4] [S2.02-6]"""
        self.complain_goods(51)
        self.assertEqual(self.complaint.batch_class, "large")
        self.assertRoute("production", "cx_production")
        self.authorise()
        self.receive()
        self.assertQueue("collect_production", "cx_production")
        self.assertNotStarted("collect_quality")
        self.decide()
        self.assertQueue("batch", "cx_production")

    def test_exactly_fifty_is_to_be_decided(self):
        """Exactly fifty stands in neither class of the document: the case says so, and so does the procedure."""
        self.complain_goods(50)
        self.assertTrue(self.complaint.batch_text)
        self.assertIn("Large batch of 50", [what for _clause, what, _open in self.procedure._to_be_decided()])

    def test_the_return_is_received_and_analysed(self):
        """Business follows the return to its hand-over; the store receives it; quality assurance decides how it is handled
        and confirms the effect before the case is closed. [S2.02-7] [S2.02-10] [S2.02-11]
        """
        self.complain_goods(10)
        self.assertQueue("ask", "cx_sales")
        self.assertQueue("sheet", "cx_sales")
        self.authorise()
        self.assertDone("sheet")
        self.assertQueue("receive", "cx_warehouse")
        self.receive()
        self.assertDone("receive")
        self.assertQueue("notify", "cx_warehouse")
        self.assertQueue("analyse", "cx_quality")
        self.complaint.write({"is_read_back": True})
        self.step("confirm")
        self.step("conclude", "cx_quality")
        self.assertQueue("follow", "cx_quality")
        self.assertBlocked("close", "task_open")

    def test_three_days_to_collect(self):
        """Received on Monday, to be collected by the end of Thursday; the store is told when it is not."""
        self.complain_goods(10)
        self.authorise()
        self.receive()
        self.assertDue("collect_quality", "2026-12-03 23:59")
        self.assertTold("collect_quality", ("at", 0, "hour", "store"))

    def test_rohs_goods_stand_apart(self):
        """Lead-free goods are received into the place under the RoHS sign. [S2.02-5]"""
        self.product.cx_is_rohs = True
        self.complain_goods(2)
        self.authorise()
        self.receive()
        self.assertEqual(self.rma.line_ids.move_ids.location_dest_id, self.warehouse.cx_rohs_loc_id)
