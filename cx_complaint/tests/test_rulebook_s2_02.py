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

    def test_fewer_came_than_announced(self):
        """Fifty-one announced and forty counted, the rest will not come: a small batch, so the goods are quality assurance's
        to collect, and production's task is gone. [S2.02-3]
        """
        self.complain_goods(51)
        self.authorise()
        self._receive_part(40)
        self.assertEqual(self.complaint.batch_class, "large", "eleven are still to come")
        self.assertQueue("collect_production", "cx_production")
        self.rma.line_ids.action_close_short("He keeps them")
        self.complaint.invalidate_recordset()
        self.assertEqual(self.complaint.batch_class, "small")
        self.assertEqual(self.task("collect_production").state, "off")
        self.assertQueue("collect_quality", "cx_quality")
        self.assertRoute("quality", "cx_quality")

    def test_more_came_than_announced(self):
        """Forty-nine announced and sixty counted: a large batch from the moment at which they are counted. [S2.02-4]"""
        self.complain_goods(49)
        self.authorise()
        self._receive_part(60)
        self.assertEqual(self.complaint.batch_class, "large")
        self.assertNotStarted("collect_quality")
        self.assertQueue("collect_production", "cx_production")

    def test_a_kit_counts_as_what_it_was_sold_as(self):
        """Of thirty sets of two parts each thirty came back, not sixty."""
        kit = self._create_product("Set")
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom",
            "bom_line_ids": [(0, 0, {"product_id": self._create_product("Part").id, "product_qty": 2})]})
        self._put_in_stock(kit.bom_ids.bom_line_ids.product_id, 60)
        order = self._sell((kit, 30))
        self.complain(line_ids=[(0, 0, {
            "product_id": kit.id, "sale_line_id": order.order_line.id, "quantity": 30, "wish": "repair",
            "return_decision": "return"})])
        self.assertEqual(self.complaint.batch_class, "small")
        self.authorise()
        self.receive()
        self.assertEqual(self.line.received_qty, 60)
        self.assertEqual(self.complaint.batch_class, "small")

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
        """Received on Monday, to be collected by the end of Thursday; whom it is told when it is not the document leaves
        open, so nobody is told and the procedure says so.
        """
        self.complain_goods(10)
        self.authorise()
        self.receive()
        self.assertDue("collect_quality", "2026-12-03 23:59")
        self.assertTold("collect_quality")
        self.at("2026-12-08 09:00")
        self.run_cron()
        self.assertFalse(self.complaint.task_ids.escalation_ids)
        self.assertIn("Goods are not collected", [what for _clause, what, _open in self.procedure._to_be_decided()])

    def test_rohs_goods_stand_apart(self):
        """Lead-free goods are received into the place under the RoHS sign. [S2.02-5]"""
        self.product.cx_is_rohs = True
        self.complain_goods(2)
        self.authorise()
        self.receive()
        self.assertEqual(self.rma.line_ids.move_ids.location_dest_id, self.warehouse.cx_rohs_loc_id)

    def _receive_part(self, quantity):
        """So many are counted at the dock."""
        picking = self.rma.picking_ids
        picking.move_ids.quantity = quantity
        picking.move_ids.picked = True
        picking.with_context(skip_backorder=True).button_validate()
        self.complaint.invalidate_recordset()
