from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from ..rules import made_good
from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestMadeGoodRules(BaseCase):
    """Golden cases of the pure functions."""

    def test_left(self):
        Use = made_good.Use
        move, line = ("move", 1), ("line", 2, 3)
        for wanted, delivered, used, expected in [
            ([], {}, {}, None),
            ([Use(move, 1)], {move: 5}, {}, 5),
            ([Use(move, 1)], {move: 5}, {move: 3}, 2),
            ([Use(move, 1)], {move: 5}, {move: 7}, 0),
            ([Use(move, 1), Use(line, 1)], {move: 5, line: 9}, {line: 8}, 1),
            ([Use(line, 2)], {line: 9}, {line: 1}, 4),  # two screws per kit
            ([Use(move, 1)], {}, {}, 0),
        ]:
            with self.subTest(wanted=wanted, used=used):
                self.assertEqual(made_good.left(wanted, delivered, used), expected)

    def test_lowering(self):
        for credited, returned, by_core, expected in [
            (3, 0, 0, 3),
            (3, 3, 0, 0),  # the return has lowered it already
            (3, 1, 0, 2),
            (2, 3, 3, 2),  # core's return belongs to core's credit note
            (2, 3, 2, 1),
            (1, 3, 0, 0),
        ]:
            with self.subTest(credited=credited, returned=returned, by_core=by_core):
                self.assertEqual(made_good.lowering(credited, returned, by_core), expected)

    def test_credited_elsewhere(self):
        for delivered, invoiced, credited, expected in [
            (5, 5, 0, 0),
            (5, 5, 2, 2),
            (5, 10, 5, 0),  # reversed and invoiced again
            (5, 3, 1, 1),
            (5, 3, 0, 0),  # not invoiced is not credited
        ]:
            with self.subTest(delivered=delivered, invoiced=invoiced, credited=credited):
                self.assertEqual(made_good.credited_elsewhere(delivered, invoiced, credited), expected)

    def test_share_out(self):
        self.assertEqual(made_good.share_out(4, [3, 2]), [3, 1])
        self.assertEqual(made_good.share_out(9, [3, 2]), [3, 6])
        self.assertEqual(made_good.share_out(1, []), [])


@tagged("post_install", "-at_install")
class TestMadeGood(SettlementCommon):
    """Made good never exceeds delivered, over all cases, unless somebody grants goodwill."""

    def test_replaced_and_credited_together(self):
        """Five delivered, three replaced: two can be credited, not three."""
        order = self._sell_and_invoice(5.0)
        replaced = self._propose(self._complain(order, 3.0), "replacement")
        self._approve(replaced)
        credit = self._propose(self._complain(order, 3.0), "credit")
        self.assertEqual(credit.good_left_qty, 2.0)
        self.assertEqual(self._codes(credit, "approve", "cx_manager"), {"made_good"})
        with self.assertRaisesRegex(UserError, r"3\.0 Units of Cx Pump .* 2\.0 Units can be"):
            self._approve(credit)
        credit.quantity = 2.0
        self._approve(credit)

    def test_proposed_and_cancelled_do_not_count(self):
        """Only what is approved takes from what can be made good."""
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 5.0)
        first, second = self._propose(line, "replacement"), self._propose(line, "replacement")
        self._approve(first)
        self.assertEqual(second.good_left_qty, 0.0)
        self._as("cx_service", first).action_cancel()
        second.invalidate_recordset()
        self.assertEqual(second.good_left_qty, 5.0)
        self._approve(second)

    def test_goodwill_by_who_has_the_right(self):
        """Above delivered only with the goodwill right, and ticked."""
        order = self._sell_and_invoice(5.0)
        gift = self._propose(self._complain(order, 5.0), "replacement", quantity=7.0)
        self.assertEqual(self._codes(gift, "approve", "cx_manager"), {"made_good"})
        gift.is_goodwill = True
        manager = self.users_by_login["cx_manager"]
        self.assertEqual(self._codes(gift, "approve", "cx_service"), {"goodwill_right", "own_proposal"})
        self.assertTrue(manager.has_group("cx_complaint.group_goodwill"))
        self._approve(gift)

    def test_each_delivery_for_itself(self):
        """Two delivered, then three: a settlement about the first delivery cannot use the second."""
        order = self._sell((self.product, 5.0), deliver=False)
        self._validate(order.picking_ids, {self.product: 2.0})
        first = order.order_line.move_ids.filtered(lambda move: move.state == "done")
        self._validate(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        of_first = self._propose(self._complain(order, 3.0, origin_move_id=first.id), "replacement")
        self.assertEqual(of_first.good_left_qty, 2.0)
        of_any = self._propose(self._complain(order, 3.0, origin_move_id=False), "replacement")
        self.assertEqual(of_any.good_left_qty, 5.0)
        self._approve(of_any)
        of_first.invalidate_recordset()
        self.assertEqual(of_first.good_left_qty, 2.0)
        of_first.quantity = 2.0
        self._approve(of_first)

    def test_what_finance_credited_counts(self):
        """Core's own credit note of two leaves three; reversed and invoiced again leaves five."""
        order = self._sell_and_invoice(5.0)
        replaced = self._propose(self._complain(order, 5.0), "replacement")
        note = self._invoices(order)._reverse_moves([{}])
        note.invoice_line_ids.quantity = 2.0
        note.action_post()
        replaced.invalidate_recordset()
        self.assertEqual(replaced.good_left_qty, 3.0)
        self._invoice(order)
        replaced.invalidate_recordset()
        self.assertEqual(replaced.good_left_qty, 5.0)

    def test_replacement_is_a_delivery_of_its_own(self):
        """The replacement leaks as well: it can be replaced again, without touching what the first one used."""
        order = self._sell_and_invoice(5.0)
        first = self._propose(self._complain(order, 5.0), "replacement")
        self._approve(first)
        self._execute(first)
        self._validate(first.move_ids.picking_id)
        line = self._complain(order, 2.0, origin_move_id=first.move_ids.id, sale_line_id=False)
        second = self._propose(line, "replacement")
        self.assertEqual(second.good_left_qty, 5.0)
        self._approve(second)
        self.assertEqual(self._propose(self._complain(order, 1.0), "replacement").good_left_qty, 0.0)

    def test_parts_of_a_kit_and_the_kit(self):
        """Three kits of two screws: one screw replaced leaves two whole kits; all plates credited leave none."""
        kit = self._create_product("Cx Kit", is_storable=False, invoice_policy="delivery")
        screw, plate = self._create_product("Cx Screw"), self._create_product("Cx Plate")
        for part in (screw, plate):
            self._put_in_stock(part, 100)
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom",
            "bom_line_ids": [(0, 0, {"product_id": screw.id, "product_qty": 2.0}),
                             (0, 0, {"product_id": plate.id, "product_qty": 1.0})]})
        order = self._sell_and_invoice(3.0, product=kit)
        whole = self._propose(self._complain(order, 3.0), "credit")
        self.assertEqual((whole.good_left_qty, whole.creditable_qty), (3.0, 3.0))
        part_move = order.order_line.move_ids.filtered(lambda move: move.product_id == screw)
        part = self._propose(
            self._complain(order, 1.0, product_id=screw.id, origin_move_id=part_move.id), "replacement")
        self.assertEqual(part.good_left_qty, 6.0)
        self._approve(part)
        whole.invalidate_recordset()
        self.assertEqual(whole.good_left_qty, 2.5)
        whole.quantity = 2.0
        self._approve(whole)
        part.invalidate_recordset()
        self.assertEqual(part.good_left_qty, 2.0)
