from odoo.tests import tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestCaseGoods(ReturnsCommon):
    """A case while its goods travel: the stage, the closing list and the picture follow the returns by themselves."""

    def _codes(self, complaint, verb):
        return [blocker.code for blocker in complaint._blockers(verb)]

    def test_goods_under_way_hold_the_case_until_they_are_decided(self):
        """Five authorised, three counted, all decided and restocked: execution, then follow-up, without a click.

        The clerk who counts has no rights on complaints.
        """
        move = self._deliver(self.product, 5)
        line = self._complain(move, 5, wish="exchange")
        complaint = line.complaint_id
        complaint.write({"is_read_back": True, "phone": "079 000 45 64", "solution": "<p>Exchange</p>"})
        complaint.action_confirm()
        rma = self._draft(line)
        self.assertEqual(complaint.state, "confirmed", "goods may be under way at any stage")
        self.assertEqual(self._codes(complaint, "cancel"), ["rma_open"])
        complaint.action_decide()
        self.assertEqual(complaint.state, "execution")

        rma.action_authorise()
        [blocker] = [blocker for blocker in complaint._blockers("close") if blocker.code == "rma_open"]
        self.assertEqual(blocker.record, rma.display_name)
        self.assertIn("Cx Pump: 5 Units expected", blocker.text)
        self.assertIn("Expected 5", complaint.goods_html)
        self.assertEqual(complaint.rma_count, 1)

        self._receive(rma.picking_ids.filtered(lambda picking: picking.state == "assigned"), {self.product: 3})
        self.env.invalidate_all()
        [blocker] = [blocker for blocker in complaint._blockers("close") if blocker.code == "rma_open"]
        self.assertIn("3 Units undecided", blocker.text)
        self.assertIn("In Quarantine 3", complaint.goods_html)
        self.assertEqual(complaint.state, "execution")

        rma.line_ids.action_close_short("Two were lost on the way")
        goods = self.env["cx.disposition"].create({
            "rma_line_id": rma.line_ids.id, "quantity": 3, "destination": "stock"})
        goods.action_approve()
        self.assertEqual(self._codes(complaint, "close")[-2:], ["rma_open", "disposition_open"])
        goods.action_restock()
        self._receive(goods.move_ids.picking_id)
        self.env.invalidate_all()
        self.assertIn("At Destination 3", complaint.goods_html)
        self.assertFalse(complaint.has_open_work)
        self.assertEqual(complaint.state, "followup", "nothing is under way any more, so it moves on by itself")
        self.assertNotIn("rma_open", self._codes(complaint, "close"))

    def test_the_picture_adds_up(self):
        """The segments of the bar are the quantities of the line, and never wider than the whole."""
        move = self._deliver(self.product, 4)
        rma = self._authorise(move, 4)
        self._receive(rma.picking_ids, {self.product: 1})
        self.env.invalidate_all()
        html = rma.line_ids.goods_html
        self.assertIn("Authorised 4", html)
        self.assertIn("width: 25.0%", html)
        self.assertIn("In Quarantine 1", html)
        self.assertFalse(self._complain(move, 1).goods_html, "nothing is authorised yet")

    def test_a_refused_return_is_no_work(self):
        """A return that was refused neither holds the case nor shows in the picture."""
        move = self._deliver(self.product, 2)
        rma = self._draft(self._complain(move, 2))
        complaint = rma.line_ids.complaint_id
        self.assertTrue(complaint.has_open_work)
        rma.action_cancel()
        self.assertFalse(complaint.has_open_work)
        self.assertFalse(complaint.goods_html)
