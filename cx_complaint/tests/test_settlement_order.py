from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementOrder(SettlementCommon):
    """Delivered and invoiced of the sales order, after every combination of replacing, crediting and taking back.

    After each of them *Create Invoice* makes nothing, and raising the line by one delivers exactly one.
    """

    def _assert_raising_delivers_one(self, order, product=None):
        """The customer orders one more: one goes out, one is invoiced."""
        line = order.order_line[0]
        before = line.qty_delivered
        product = product or line.product_id
        open_before = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        self.assertFalse(open_before)
        line.product_uom_qty += 1
        more = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        self.assertEqual(sum(more.move_ids.filtered(lambda move: move.product_id == product).mapped(
            "product_uom_qty")), 1.0)
        self.assertTrue(all(picking.picking_type_code == "outgoing" for picking in more))
        self._validate(more)
        self.assertEqual(line.qty_delivered, before + 1)
        invoice = self._invoice(order)
        self.assertEqual(invoice.move_type, "out_invoice")
        self.assertEqual(invoice.invoice_line_ids.mapped("quantity"), [1.0])
        self._assert_nothing_to_invoice(order)

    def _take_back(self, order, quantity, to_refund=False):
        """A return by core's own wizard, as an RMA's receipt is without updating the order."""
        picking = order.picking_ids.filtered(lambda each: each.state == "done")[:1]
        wizard = self.env["stock.return.picking"].create({"picking_id": picking.id})
        wizard.product_return_moves.write({"quantity": quantity, "to_refund": to_refund})
        back = wizard._create_return()
        self._validate(back)
        return back

    def _credit(self, order, quantity, end):
        """Credit ``quantity`` and leave the credit note as ``end`` says."""
        credits = self._propose(self._complain(order, quantity), "credit")
        self._approve(credits)
        self._execute(credits)
        notes = self._notes(credits)
        if end in ("posted", "reset"):
            notes.action_post()
        if end == "reset":
            notes.button_draft()
        elif end == "cancelled":
            notes.button_cancel()
        elif end == "deleted":
            notes.unlink()
        return credits

    def _replace(self, order, quantity, deliver=True):
        replacements = self._propose(self._complain(order, quantity), "replacement")
        self._approve(replacements)
        self._execute(replacements)
        if deliver:
            self._validate(replacements.move_ids.picking_id)
        return replacements

    def test_credit_table(self):
        """Policy × quantity × what becomes of the credit note: what is delivered and invoiced in the end."""
        table = [
            # policy, credited, end, delivered and invoiced afterwards
            ("delivery", 3.0, "draft", 2.0),
            ("delivery", 3.0, "posted", 2.0),
            ("delivery", 3.0, "reset", 2.0),
            ("delivery", 3.0, "cancelled", 5.0),
            ("delivery", 3.0, "deleted", 5.0),
            ("delivery", 5.0, "posted", 0.0),
            ("delivery", 0.5, "posted", 4.5),
            ("order", 3.0, "draft", 2.0),
            ("order", 3.0, "posted", 2.0),
            ("order", 3.0, "cancelled", 5.0),
            ("order", 3.0, "deleted", 5.0),
            ("order", 5.0, "posted", 0.0),
        ]
        for policy, quantity, end, left in table:
            with self.subTest(policy=policy, quantity=quantity, end=end):
                self.product.invoice_policy = policy
                order = self._sell_and_invoice(5.0)
                self._credit(order, quantity, end)
                self._assert_order(order, delivered=left, invoiced=left)
                self._assert_nothing_to_invoice(order)
                self.assertEqual(order.invoice_status, "invoiced")
                self._assert_raising_delivers_one(order)

    def test_goods_come_back_or_not(self):
        """Whether credited goods came back before, after or never makes no difference to the order."""
        for moment in ("never", "before", "after"):
            with self.subTest(moment=moment):
                order = self._sell_and_invoice(5.0)
                if moment == "before":
                    self._take_back(order, 3.0)
                    self._assert_order(order, delivered=5, invoiced=5)
                self._credit(order, 3.0, "posted")
                if moment == "after":
                    self._take_back(order, 3.0)
                self._assert_order(order, delivered=2, invoiced=2)
                self._assert_nothing_to_invoice(order)
                self._assert_raising_delivers_one(order)

    def test_return_that_updates_the_order(self):
        """A clerk returned three with "update quantities": they are not taken off twice, in whichever order."""
        for first in ("return", "credit"):
            with self.subTest(first=first):
                order = self._sell_and_invoice(5.0)
                if first == "return":
                    self._take_back(order, 3.0, to_refund=True)
                    self._assert_order(order, delivered=2, invoiced=5)
                self._credit(order, 3.0, "posted")
                if first == "credit":
                    self._take_back(order, 3.0, to_refund=True)
                self._assert_order(order, delivered=2, invoiced=2)
                self._assert_nothing_to_invoice(order)

    def test_return_and_credit_by_core_beside_ours(self):
        """Core returned and credited two; a settlement credits two more: one of five is left."""
        order = self._sell_and_invoice(5.0)
        self._take_back(order, 2.0, to_refund=True)
        note = self._invoices(order)._reverse_moves([{}])
        note.invoice_line_ids.quantity = 2.0
        note.action_post()
        self._assert_order(order, delivered=3, invoiced=3)
        self._credit(order, 2.0, "posted")
        self._assert_order(order, delivered=1, invoiced=1)
        self._assert_nothing_to_invoice(order)

    def test_replacement_leaves_the_order_alone(self):
        """Three of five replaced, before or after the invoice: five delivered, five invoiced, no new order line."""
        for policy in ("delivery", "order"):
            for invoiced_first in (True, False):
                with self.subTest(policy=policy, invoiced_first=invoiced_first):
                    self.product.invoice_policy = policy
                    order = self._sell((self.product, 5.0))
                    if invoiced_first:
                        self._invoice(order)
                    replaced = self._replace(order, 3.0)
                    self.assertEqual(replaced.state, "done")
                    if not invoiced_first:
                        self._invoice(order)
                    self.assertEqual(len(order.order_line), 1)
                    self.assertFalse(replaced.move_ids.sale_line_id)
                    self.assertFalse(replaced.move_ids.picking_id.sale_id)
                    self._assert_order(order, delivered=5, invoiced=5)
                    self._assert_nothing_to_invoice(order)
                    self._assert_raising_delivers_one(order)

    def test_replace_some_and_credit_some(self):
        """Two replaced, two credited, one kept: three delivered, three invoiced."""
        order = self._sell_and_invoice(5.0)
        self._replace(order, 2.0)
        self._credit(order, 2.0, "posted")
        self._assert_order(order, delivered=3, invoiced=3)
        self._assert_nothing_to_invoice(order)
        self._assert_raising_delivers_one(order)

    def test_partly_delivered_order(self):
        """Three of five went out and were invoiced, one is credited: two count, two are still to go out."""
        order = self._sell((self.product, 5.0), deliver=False)
        self._validate(order.picking_ids, {self.product: 3.0})
        self._invoice(order)
        self._credit(order, 1.0, "posted")
        self._assert_order(order, delivered=2, invoiced=2)
        self._assert_nothing_to_invoice(order)
        rest = order.picking_ids.filtered(lambda picking: picking.state != "done")
        self.assertEqual(rest.move_ids.product_uom_qty, 2.0)
        self._validate(rest)
        self._assert_order(order, delivered=4, invoiced=2)
        self.assertEqual(self._invoice(order).invoice_line_ids.quantity, 2.0)
        self._assert_nothing_to_invoice(order)

    def test_lowering_the_order_below_what_went_out(self):
        """After a credit the ordered quantity cannot be lowered below what went out: core would order goods back."""
        order = self._sell_and_invoice(5.0)
        self._credit(order, 3.0, "posted")
        with self.assertRaisesRegex(UserError, r"5\.0 .* went out, 3\.0 .* credited"):
            order.order_line.product_uom_qty = 2.0

    def test_amounts_left_to_invoice(self):
        """Neither the order's nor the line's amount to invoice rises again after a credit."""
        for policy in ("delivery", "order"):
            with self.subTest(policy=policy):
                self.product.invoice_policy = policy
                order = self._sell_and_invoice(5.0)
                self._credit(order, 3.0, "posted")
                self.assertEqual(order.order_line.untaxed_amount_to_invoice, 0.0)
                self.assertEqual(order.order_line.amount_to_invoice, 0.0)
                self.assertEqual(order.order_line.untaxed_amount_invoiced, 40.0)

    # Kits

    def _kit(self):
        """A kit of two screws and a plate, sold as one."""
        kit = self._create_product("Cx Kit", is_storable=False, invoice_policy=self.product.invoice_policy)
        screw, plate = self._create_product("Cx Screw"), self._create_product("Cx Plate")
        self._put_in_stock(screw, 100)
        self._put_in_stock(plate, 100)
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "product_qty": 1.0,
            "bom_line_ids": [
                Command.create({"product_id": screw.id, "product_qty": 2.0}),
                Command.create({"product_id": plate.id, "product_qty": 1.0})]})
        return kit, screw, plate

    def test_kit_is_credited_as_kit(self):
        """Two of three kits credited: one line of two kits; one kit delivered, one invoiced."""
        for end, left in (("draft", 1.0), ("posted", 1.0), ("cancelled", 3.0), ("deleted", 3.0)):
            with self.subTest(end=end):
                kit, screw, _plate = self._kit()
                order = self._sell_and_invoice(3.0, product=kit)
                credits = self._credit(order, 2.0, end)
                if end in ("draft", "posted"):
                    self.assertEqual(credits.credit_line_ids.mapped("quantity"), [2.0])
                    self.assertEqual(credits.credit_line_ids.product_id, kit)
                self._assert_order(order, delivered=left, invoiced=left)
                self._assert_nothing_to_invoice(order)
                self._assert_raising_delivers_one(order, _plate)
                self.assertEqual(sum(order.picking_ids.move_ids.filtered(
                    lambda move, screw=screw: move.product_id == screw).mapped("quantity")), 8.0)

    def test_kit_is_replaced_as_kit(self):
        """Two of three kits replaced: four screws and two plates go out, done when both are."""
        kit, screw, plate = self._kit()
        order = self._sell_and_invoice(3.0, product=kit)
        replaced = self._replace(order, 2.0, deliver=False)
        moves = replaced.move_ids
        self.assertEqual({move.product_id: move.product_uom_qty for move in moves}, {screw: 4.0, plate: 2.0})
        self.assertFalse(moves.sale_line_id)
        self._validate(moves.picking_id, {screw: 4.0, plate: 1.0})
        self.assertEqual((replaced.done_qty, replaced.state), (1.0, "running"))
        self._validate(replaced.move_ids.picking_id.filtered(lambda picking: picking.state != "done"))
        self.assertEqual((replaced.done_qty, replaced.state), (2.0, "done"))
        self._assert_order(order, delivered=3, invoiced=3)
        self._assert_nothing_to_invoice(order)
        self._assert_raising_delivers_one(order, plate)

    def test_kit_returned_with_update_and_credited(self):
        """Kits returned with "update quantities" are not taken off twice."""
        kit, screw, plate = self._kit()
        order = self._sell_and_invoice(3.0, product=kit)
        wizard = self.env["stock.return.picking"].create({"picking_id": order.picking_ids.id})
        for line in wizard.product_return_moves:
            line.write({"quantity": 2.0 if line.product_id == screw else 1.0, "to_refund": True})
        self._validate(wizard._create_return())
        self._assert_order(order, delivered=2, invoiced=3)
        self._credit(order, 1.0, "posted")
        self._assert_order(order, delivered=2, invoiced=2)
        self._assert_nothing_to_invoice(order)
