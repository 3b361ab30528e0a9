from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .ownership_common import OwnershipCommon


@tagged("post_install", "-at_install")
class TestSettlementOwnership(OwnershipCommon):
    """Whose the goods are through every chain: quantities, owner and value after each step."""

    def _blocked(self, settlement, method="take_over"):
        self.env.invalidate_all()
        return {blocker.code for blocker in getattr(settlement, f"_blockers_{method}")()}

    # What is refused

    def test_refused_before_it_is_due(self):
        """Neither before the replacement is delivered nor after all is taken; other users not at all."""
        line = self._send_in(3)
        settlement = self._exchange(line, 3, deliver=False)
        self.assertEqual(self._blocked(settlement), {"not_due"})
        with self.assertRaisesRegex(UserError, "not delivered yet.*Deliver it first"):
            self._take_over(settlement)
        self._validate(settlement.move_ids.picking_id)
        for login in ("cx_quality", "cx_warehouse", "stock_only"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, settlement).action_take_over()
        self._take_over(settlement)
        self.assertEqual(self._blocked(settlement), {"taken_already"})
        self._assert_goods(line, 3, 3, ours=3)

    def test_refused_for_goods_that_go_back(self):
        """Decided to go back, or gone: they stay the customer's."""
        line = self._send_in(2)
        back = self._decide(line, 2, destination="customer")
        settlement = self._exchange(line, 2, is_goodwill=True)
        self.assertEqual(self._blocked(settlement), {"decided"})
        self._move(back)
        self._assert_goods(line, 2, 0, final=2)
        self.assertEqual(self._blocked(settlement), {"not_his"} if line.goods_owner != "customer" else {"gone"})
        self.assertFalse(settlement.is_to_take_over)

    def test_refused_where_goods_are_ours_anyway(self):
        order = self._sell_and_invoice(2.0)
        settlement = self._propose(self._complain(order, 2), "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self.assertEqual(self._blocked(settlement), {"not_his"})

    def test_nobody_books_a_change_by_hand(self):
        """The flag that opens quarantine is written by the settlement only; a booked change is not edited."""
        line = self._send_in(2)
        self._take_over(self._exchange(line, 2))
        moves = line.move_ids.filtered("cx_is_owner_change")
        self.assertEqual(len(moves), 2)
        for vals in ({"cx_is_owner_change": False},):
            with self.assertRaises(AccessError):
                self._as("stock_only", moves).write(vals)
        with self.assertRaises(AccessError):
            self._as("stock_only", self.env["stock.move"]).create({
                "product_id": self.product.id, "product_uom_qty": 1, "location_id": self.zone.id,
                "location_dest_id": self.warehouse.lot_stock_id.id, "cx_is_owner_change": True})
        for vals in ({"owner_id": self.customer.id}, {"quantity": 1.0}, {"location_dest_id": self.zone.id}):
            with self.subTest(vals=vals), self.assertRaises(UserError), self.env.cr.savepoint():
                self._as("stock_only", moves.move_line_ids).write(vals)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self._as("stock_only", self.env["stock.move.line"]).create({
                "move_id": moves[0].id, "product_id": self.product.id, "quantity": 1.0,
                "location_id": self.zone.id, "location_dest_id": moves[0].location_dest_id.id})

    # Chains

    def test_repair_and_return(self):
        """Stays the customer's from the dock to the delivery, and never has a value."""
        value = self.product.total_value
        line = self._send_in(3)
        sold = self.product.total_value
        self.assertEqual(value - sold, 30.0)
        self._assert_goods(line, 3, 3, his=3)
        disposition = self._decide(line, 3, work="repair", destination="customer")
        self._as("cx_planning", disposition).action_execute()
        disposition.production_ids.with_context(skip_redirection=True).button_mark_done()
        self._assert_goods(line, 3, 3, his=3)
        self._as("cx_quality", disposition).action_release()
        self._move(disposition)
        self._assert_goods(line, 3, 0, final=3)
        self.assertEqual((self.product.total_value, line.owner_label), (sold, "The customer's"))

    def test_deduction_accepted(self):
        """He has kept the price: with the manager's approval the goods are ours at the cost at which they went out;
        finance's credit note mirrors the invoice; repaired they become stock. [S2.18-21]"""
        self.product.categ_id.property_cost_method = "average"
        line = self._send_in(3)
        self._put_in_stock(self.product, 1)
        value = self.product.total_value
        self._assert_goods(line, 3, 3, his=3)
        settlement = self._deduct(line, 3)
        self._assert_goods(line, 3, 3, ours=3)
        self.assertEqual(self.product.total_value - value, 30.0)
        self.assertTrue(settlement.taken_over_on and line.taken_over_on)
        self.assertEqual((line.goods_owner, line.became_ours_qty, settlement.taken_over_qty), ("company", 3.0, 3.0))
        moves = settlement.move_ids.filtered("cx_is_owner_change")
        self.assertEqual(moves.mapped("state"), ["done", "done"])
        self.assertEqual(moves.cx_rma_line_id, line)
        self.assertEqual(moves.filtered("is_in").value, 30.0)
        self._execute(settlement)
        note = self._notes(settlement)
        self.assertEqual((note.amount_untaxed, note.reversed_entry_id), (60.0, self.order.invoice_ids - note))
        self.assertIn("DN-88", note.ref)
        note.action_post()
        self.assertEqual(settlement.state, "done")
        self._assert_nothing_to_invoice(self.order)
        disposition = self._decide(line, 3, work="repair", destination="stock")
        self._as("cx_planning", disposition).action_execute()
        disposition.production_ids.with_context(skip_redirection=True).button_mark_done()
        self._as("cx_quality", disposition).action_release()
        on_hand = self.product.qty_available
        self._move(disposition)
        self._assert_goods(line, 3, 0, final=3)
        self.assertEqual(self.product.qty_available - on_hand, 3.0)

    def test_deduction_names_the_debit_note(self):
        """Without its number nothing is accepted; what he deducted beyond the invoice is shown."""
        line = self._send_in(2)
        self._as("cx_service", line.complaint_line_id).action_propose_deduction()
        settlement = line.complaint_line_id.settlement_ids
        self.assertEqual(self._codes(settlement, "approve"), {"no_debit_note"})
        settlement.write({"debit_note_number": "DN-1", "debit_note_amount": 45.0})
        self.assertEqual((settlement.amount, settlement.debit_note_difference), (40.0, 5.0))
        self._approve(settlement)
        self._assert_goods(line, 2, 2, ours=2)

    def test_deduction_counts_against_the_caps(self):
        """What he kept is made good: no replacement or credit of the same units beside it."""
        line = self._send_in(2)
        self._deduct(line, 2)
        for kind in ("replacement", "credit"):
            other = self._propose(line.complaint_line_id, kind, quantity=1.0)
            self.assertIn("made_good", self._codes(other, "approve"))

    def test_exchange_in_quarantine(self):
        """Three here, two replaced: two are ours, one stays his and goes back."""
        line = self._send_in(3)
        settlement = self._exchange(line, 2)
        value = self.product.total_value
        self._assert_goods(line, 3, 3, his=3)
        self.assertEqual(settlement.take_over_due_qty, 2.0)
        self.assertIn(settlement, self.env["cx.settlement"].search([("is_to_take_over", "=", True)]))
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)
        self.assertEqual((self.product.total_value - value, settlement.take_over_due_qty), (20.0, 0.0))
        self.assertEqual((line.goods_owner, line.became_ours_qty), ("customer", 2.0))
        self.assertIn("but 2 Units that became ours", line.owner_label)
        scrap = self._decide(line, 2, destination="scrap")
        self.assertEqual(scrap.goods_owner, "company")
        back = self._decide(line, 1, destination="customer")
        self.assertEqual(back.goods_owner, "customer")
        self._move(back)
        self._as("cx_planning", scrap).action_execute()
        self._assert_goods(line, 3, 0, final=3)
        self.assertEqual(self.product.total_value, value)

    def test_two_owners_are_decided_owner_by_owner(self):
        """Two are ours and one is his: three of ours cannot be decided."""
        line = self._send_in(3)
        self._take_over(self._exchange(line, 2))
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 3, "destination": "scrap", "goods_owner": "company"})
        with self.assertRaisesRegex(UserError, "3 Units would be decided .* 2 stand in quarantine"):
            disposition.action_approve()

    def test_his_goods_do_not_become_our_stock(self):
        """Without a change of owner his goods do not go to stock."""
        line = self._send_in(2)
        disposition = self._decide(line, 2, destination="stock")
        self.assertEqual([blocker.code for blocker in disposition._blockers("execute")], ["not_ours"])
        self._deduct(line, 2)
        self.env.invalidate_all()
        self.assertEqual((disposition.goods_owner, disposition._blockers("execute")), ("company", []))
        self._move(disposition)
        self._assert_goods(line, 2, 0, final=2)

    def test_exchange_in_work(self):
        """A rework order is under way: it goes on with the units that are ours by now, and brings out their value."""
        line = self._send_in(2)
        disposition = self._decide(line, 2, work="rework", destination="stock")
        self._as("cx_planning", disposition).action_execute()
        order = disposition.production_ids
        self.assertEqual(order._cx_returned_moves().move_line_ids.owner_id, self.customer)
        settlement = self._exchange(line, 2)
        value = self.product.total_value
        self._take_over(settlement)
        self._assert_goods(line, 2, 2, ours=2)
        self.assertEqual(self.product.total_value - value, 20.0)
        self.assertEqual((disposition.goods_owner, disposition.state), ("company", "running"))
        self.assertFalse(order._cx_returned_moves().move_line_ids.owner_id)
        self.assertEqual(order._cx_returned_moves().quantity, 2.0)
        order.with_context(skip_redirection=True).button_mark_done()
        self._assert_goods(line, 2, 2, ours=2)
        self.assertEqual(self.product.total_value - value, 20.0)
        self._as("cx_quality", disposition).action_release()
        self._move(disposition)
        self._assert_goods(line, 2, 0, final=2)
        self.assertEqual(self.product.total_value - value, 20.0)

    def test_exchange_not_yet_received(self):
        """Replaced before it is back: what comes is received as ours, at the cost at which it went out."""
        line = self._send_in(3, received=1)
        settlement = self._exchange(line, 3)
        value = self.product.total_value
        self._take_over(settlement)
        self._assert_goods(line, 1, 1, ours=1)
        self.assertEqual((line.goods_owner, settlement.taken_over_qty, line.promised_ours_qty), ("company", 3.0, 2.0))
        self.assertFalse(line._open_receipt_moves().restrict_partner_id | line._open_receipt_moves().picking_id.owner_id)
        self._take_in(line, 2)
        self._assert_goods(line, 3, 3, ours=3)
        self.assertEqual(self.product.total_value - value, 30.0)

    def test_part_of_what_is_to_come_waits(self):
        """Two of three are replaced and none is here: it is said, and done when they are."""
        line = self._send_in(3, received=0)
        settlement = self._exchange(line, 2)
        self.assertEqual(self._blocked(settlement), {"not_here"})
        self._take_in(line, 3)
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)

    def test_serials_are_named(self):
        """Two of three drives are replaced: it is said which ones are ours now."""
        drive = self._create_product("Cx Drive", tracking="serial")
        serials = self._create_lots(drive, "SN1", "SN2", "SN3")
        line = self._send_in(3, product=drive, lots=serials)
        spare = self._create_lots(drive, "SN8", "SN9")
        self._put_in_stock(drive, 2, spare)
        settlement = self._exchange(line, 2)
        self.assertEqual(self._blocked(settlement), {"which_units"})
        self._as("cx_service", settlement).take_over_lot_ids = serials[1:]
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)
        self.assertEqual(
            self.env["stock.quant"].search([("lot_id", "in", serials.ids), ("owner_id", "=", self.customer.id),
                                            ("location_id", "=", self.zone.id), ("quantity", ">", 0)]).lot_id, serials[0])
        with self.assertRaisesRegex(UserError, "is not among the goods"), self.env.cr.savepoint():
            other = self._as("cx_quality", self.env["cx.disposition"]).create({
                "rma_line_id": line.id, "quantity": 1, "destination": "customer", "lot_ids": serials[1].ids})
            other.goods_owner = "customer"
            other.action_approve()
        self.assertEqual(self._decide(line, 1, destination="customer", lots=serials[0]).goods_owner, "customer")
        self.assertEqual(self._decide(line, 2, destination="scrap", lots=serials[1:]).goods_owner, "company")

    def test_original_cost_whatever_the_method(self):
        """Sold at 10, bought at 40 since: two become ours at 10 each, and give the same value when they are given back
        by first in, first out or at standard cost."""
        for method, tracking in (("standard", "none"), ("average", "none"), ("fifo", "none"), ("average", "serial")):
            with self.subTest(method=method, tracking=tracking):
                category = self.env["product.category"].create({"name": method, "property_cost_method": method})
                product = self._create_product(f"Cx {method} {tracking}", tracking=tracking, categ_id=category.id,
                                               standard_price=0.0)
                lots = self._create_lots(product, *(f"{method}-{n}" for n in range(6))) if tracking == "serial" else None
                self._buy(product, 4, 10.0, lots and lots[:4])
                line = self._send_in(2, product=product, lots=lots and lots[:2], stock=False)
                self._buy(product, 2, 40.0, lots and lots[4:])
                delivered = line.origin_move_id.value
                settlement = self._deduct(line, 2)
                self._assert_goods(line, 2, 2, ours=2)
                booked = settlement.move_ids.filtered("is_in")
                self.assertAlmostEqual(booked.value, delivered, 2)
                if method != "standard":
                    self.assertAlmostEqual(booked.value, 20.0, 2)
                    self.assertAlmostEqual(product.total_value, 20.0 + 80.0 + 20.0, 2)
                self._as("cx_service", settlement).action_give_back()
                self._assert_goods(line, 2, 2, his=2)

    # Withdrawal

    def test_given_back(self):
        """The replacement was a mistake: the goods are the customer's again, and the values as before."""
        line = self._send_in(3)
        settlement = self._exchange(line, 2)
        value = self.product.total_value
        self._take_over(settlement)
        self._as("cx_service", settlement).action_give_back()
        self._assert_goods(line, 3, 3, his=3)
        self.assertEqual((self.product.total_value, settlement.taken_over_on, line.became_ours_qty), (value, False, 0.0))
        self.assertEqual(self._blocked(settlement, "give_back"), {"nothing_taken"})
        self._take_over(settlement)
        self._assert_goods(line, 3, 3, his=1, ours=2)

    def test_a_whole_line_is_given_back(self):
        """Received as ours and given back: also what is still to come is his again."""
        line = self._send_in(3, received=1)
        settlement = self._exchange(line, 3)
        self._take_over(settlement)
        self._take_in(line, 1)
        self._assert_goods(line, 2, 2, ours=2)
        self._as("cx_service", settlement).action_give_back()
        self._assert_goods(line, 2, 2, his=2)
        self.assertEqual((line.goods_owner, line.taken_over_on), ("customer", False))
        self.assertEqual(line._open_receipt_moves().restrict_partner_id, self.customer)
        self._take_in(line, 1)
        self._assert_goods(line, 3, 3, his=3)

    def test_what_is_decided_is_not_given_back(self):
        line = self._send_in(2)
        settlement = self._deduct(line, 2)
        self._decide(line, 1, destination="scrap")
        self.assertEqual(self._blocked(settlement, "give_back"), {"decided"})
        self.assertEqual(self._codes(settlement, "cancel"), {"taken_over"})
        with self.assertRaisesRegex(UserError, "Give them back first"):
            self._as("cx_service", settlement)._revise({"quantity": 1.0})

    def test_what_goes_back_is_never_taken_by_an_approval(self):
        """A deduction is accepted while repaired goods go back: they stay the customer's."""
        line = self._send_in(3)
        self._decide(line, 2, destination="customer")
        settlement = self._deduct(line, 3, is_goodwill=True)
        self._assert_goods(line, 3, 3, his=2, ours=1)
        self.assertEqual(settlement.take_over_due_qty, 2.0)

    def test_signatures_survive(self):
        """Whose the goods are by now is no other content of the signed return."""
        line = self._send_in(2)
        before = line._signed_values()
        self._deduct(line, 2)
        self.assertEqual(line._signed_values(), before)
