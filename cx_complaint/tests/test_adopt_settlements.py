from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestAdoptSettlements(SettlementCommon):
    """Deliveries and credit notes made outside the case are linked to the settlement they carried out."""

    def _send(self, quantity, partner=None, product=None):
        """A delivery without order, as a warehouse makes it on a phone call."""
        picking = self._as("stock_only", self.env["stock.picking"]).create({
            "picking_type_id": self.warehouse.out_type_id.id, "partner_id": (partner or self.customer).id,
            "location_id": self.warehouse.lot_stock_id.id,
            "location_dest_id": self.customer.property_stock_customer.id,
            "move_ids": [Command.create({
                "product_id": (product or self.product).id, "product_uom_qty": quantity,
                "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": self.customer.property_stock_customer.id})]})
        picking.action_confirm()
        self._validate(picking.sudo())
        return picking.sudo().move_ids.with_env(self.env)

    def _credit_by_core(self, order, quantity, post=True):
        """A credit note of a part of the order's invoice, as an accountant makes it."""
        invoice = order.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")[:1]
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoice.ids).create({"journal_id": invoice.journal_id.id})
        note = self.env["account.move"].browse(wizard.refund_moves()["res_id"])
        note.invoice_line_ids.quantity = quantity
        if post:
            note.action_post()
        return note.invoice_line_ids

    def _link(self, settlement, documents, login="cx_service"):
        self._as(login, settlement)._link_existing(documents)

    def _against(self, settlement, document):
        return {blocker.code for blocker in settlement._blockers_link(document)}

    # Refused

    def test_who_may_not_link(self):
        """Quality and warehouse do not say what the customer got."""
        settlement = self._propose(self._complain(self._sell_and_invoice(5), 2), "replacement")
        move = self._send(2)
        for login in ("cx_quality", "cx_warehouse", "cx_finance"):
            with self.assertRaises(AccessError):
                self._link(settlement, move, login)
            with self.assertRaises(AccessError):
                self._as(login, settlement).action_link_existing()
        self.assertFalse(move.cx_settlement_id)

    def test_deliveries_that_are_no_replacement(self):
        """Other customer, other product, sold, back again, the delivery complained of, too much: each is said."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "replacement")
        other = self.env["res.partner"].create({"name": "Other"})
        pump = self._create_product("Other pump")
        self._put_in_stock(pump, 5)
        self.assertEqual(self._against(settlement, self._send(2, partner=other)), {"other_customer"})
        self.assertEqual(self._against(settlement, self._send(2, product=pump)), {"other_product"})
        self.assertEqual(self._against(settlement, self._sell((self.product, 2)).picking_ids.move_ids), {"sold"})
        self.assertEqual(self._against(settlement, order.picking_ids.move_ids), {"is_origin", "sold"})
        self.assertEqual(self._against(settlement, self._send(3)), {"above_owed"})
        back = self._send(2)
        wizard = self.env["stock.return.picking"].with_context(
            active_id=back.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = 2
        wizard.action_create_returns()
        self.assertEqual(self._against(settlement, back), {"came_back"})
        note = self._credit_by_core(order, 1)
        self.assertIn("no_credit", self._against(settlement, note))
        with self.assertRaisesRegex(UserError, "still owes 2 Units"):
            self._link(settlement, self._send(3))

    def test_credit_notes_that_are_another_matter(self):
        """A credit note of another invoice, of another customer, or above what is owed is not linked."""
        order, twin = self._sell_and_invoice(5), self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "credit")
        self.assertEqual(self._against(settlement, self._credit_by_core(twin, 2)), {"other_invoice"})
        self.assertEqual(self._against(settlement, self._credit_by_core(order, 3, post=False)), {"above_owed"})
        other = self._sell_and_invoice(5, partner=self.env["res.partner"].create({"name": "Other"}))
        self.assertIn("other_customer", self._against(settlement, self._credit_by_core(other, 2)))
        allowance = self.env["cx.settlement"].create({
            "complaint_line_id": settlement.complaint_line_id.id, "kind": "allowance", "amount": 1000.0})
        self.assertEqual(self._against(allowance, self._credit_by_core(twin, 1)), {"credits_goods"})

    def test_never_to_two(self):
        """What belongs to one settlement is not linked to another one."""
        order = self._sell_and_invoice(5)
        first = self._propose(self._complain(order, 2), "replacement")
        second = self._propose(self._complain(order, 2), "replacement")
        move = self._send(2)
        self._link(first, move)
        self.assertEqual(self._against(second, move), {"linked_already"})
        with self.assertRaisesRegex(UserError, "It belongs to"):
            self._link(second, move)
        self.assertEqual(move.cx_settlement_id, first)

    def test_dialog_proposes_and_says_why_not(self):
        """The dialog shows what fits first, the rest with its reason; the client adds no document of its own."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "replacement")
        fits, too_much = self._send(2), self._send(4)
        action = self._as("cx_service", settlement).action_link_existing()
        link = self._as("cx_service", self.env["cx.document.link"]).browse(action["res_id"])
        rows = {row.sudo().move_id: row.problem for row in link.row_ids}
        self.assertEqual(link.row_ids[0].sudo().move_id, fits)
        self.assertFalse(rows[fits])
        self.assertIn("still owes 2 Units", rows[too_much])
        self.assertIn("is the delivery that is complained of", rows[order.picking_ids.move_ids])
        with self.assertRaises(AccessError):
            link.row_ids[0].move_id = too_much
        with self.assertRaises(UserError):
            link.action_link()  # nothing is chosen
        link.row_ids[0].is_chosen = True
        link.action_link()
        self.assertEqual(fits.cx_settlement_id, settlement)

    # Linked

    def test_delivery_becomes_the_replacement(self):
        """Two were sent on a phone call: linked, approved, the customer has them; nothing is delivered again."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "replacement")
        move = self._send(2)
        self._link(settlement, move)
        self.assertEqual((settlement.state, settlement.done_qty), ("proposed", 2))
        with self.assertRaisesRegex(UserError, "Unlink it first"):
            self._as("cx_service", settlement).action_cancel()
        self._approve(settlement)
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2))
        self.assertEqual(self.product.qty_available, 93)
        self._assert_nothing_to_invoice(order)
        other = self._propose(self._complain(order, 5), "replacement")
        self.assertEqual(other.good_left_qty, 3, "linked ones are made good like ours")
        self.assertIn("Linked", str(settlement.message_ids.mapped("body")))
        self.assertIn("Linked to", str(move.picking_id.message_ids.mapped("body")))

    def test_rest_is_delivered(self):
        """One of two was sent already: execution delivers the other one."""
        settlement = self._propose(self._complain(self._sell_and_invoice(5), 2), "replacement")
        self._approve(settlement)
        self._link(settlement, self._send(1))
        self.assertEqual((settlement.state, settlement.done_qty), ("running", 1))
        self._execute(settlement)
        self._validate(settlement.move_ids.filtered(lambda move: move.state != "done").picking_id)
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2))

    def test_credit_note_becomes_the_credit(self):
        """Finance credited two by hand: linked and approved, credited; no second one can be, nor is one drafted."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "credit")
        line = self._credit_by_core(order, 2)
        self._assert_order(order, 5, 3)  # core would invoice the two again
        self._link(settlement, line)
        self._approve(settlement)
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2))
        self._assert_order(order, 3, 3)
        self._assert_nothing_to_invoice(order)
        other = self._propose(self._complain(order, 4), "credit")
        self.assertEqual(other.creditable_qty, 3)
        self.assertIn("credited", self._codes(other, "approve"))

    def test_everything_was_credited_before(self):
        """All five were credited by hand before the case was written: it can be approved once that is linked."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 5), "credit")
        invoice_line = order.invoice_ids.invoice_line_ids[0]
        settlement.invoice_line_id = invoice_line
        line = self._credit_by_core(order, 5)
        self.assertIn("credited", self._codes(settlement, "approve"))
        self._link(settlement, line)
        self.assertFalse(self._codes(settlement, "approve", "cx_manager") - {"own_proposal"})
        self._approve(settlement)
        self.assertEqual(settlement.state, "done")

    def test_draft_credit_note(self):
        """A draft made by finance is linked as well, and counts as soon as it is posted."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "credit")
        line = self._credit_by_core(order, 2, post=False)
        self._link(settlement, line)
        self._approve(settlement)
        self.assertEqual((settlement.state, settlement.done_qty), ("running", 0))
        self._as("cx_finance", line.move_id).action_post()
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2))

    def test_unlinked_again(self):
        """A wrong link is taken back: owed again, both chatters know, and the record of it stays."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "replacement")
        self._approve(settlement)
        move = self._send(2)
        self._link(settlement, move)
        self.assertEqual(settlement.state, "done")
        adoption = settlement.adoption_ids
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", adoption).action_take_back()
        self._as("cx_service", adoption).action_take_back()
        self.assertEqual((settlement.state, settlement.done_qty), ("approved", 0))
        self.assertTrue(adoption.taken_back_on)
        self.assertIn("Unlinked", str(move.picking_id.message_ids.mapped("body")))
        with self.assertRaisesRegex(UserError, "unlinked already"):
            self._as("cx_service", adoption).action_take_back()
        self._link(settlement, move)
        self.assertEqual(settlement.state, "done")

    def test_closed_case_rests_on_it(self):
        """What a closed case rests on is not taken away from under it."""
        settlement = self._propose(self._complain(self._sell_and_invoice(5), 2), "replacement")
        self._link(settlement, self._send(2))
        settlement.complaint_id.sudo().decision = "closed"
        with self.assertRaisesRegex(UserError, "Reopen the complaint first"):
            self._as("cx_service", settlement.adoption_ids).action_take_back()
