from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon
from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestReviewSettlementDoors(SettlementCommon):
    """What people may not write on the customer's side, whatever client they use."""

    def test_state_is_not_written(self):
        """A state that documents tell is written by nobody: nothing is delivered that nobody approved."""
        line = self._complain(self._sell_and_invoice(5), 2)
        settlement = self._propose(line, "replacement")
        mine = self._as("cx_service", settlement)
        with self.assertRaises(AccessError):
            mine.write({"state": "approved"})
        with self.assertRaises(AccessError):
            mine.copy({"state": "approved"})
        with self.assertRaises(UserError):
            mine.action_execute()
        self.assertFalse(settlement.move_ids)

    def test_own_default_decides_nothing(self):
        """A default that a user keeps for himself is no decision."""
        line = self._complain(self._sell_and_invoice(5), 2)
        self.env["ir.default"].with_user(self.users_by_login["cx_service"]).set(
            "cx.settlement", "decision", "approved", user_id=True)
        settlement = self._propose(line, "replacement")
        self.assertEqual((settlement.decision, settlement.state), ("proposed", "proposed"))

    def test_done_replacement_stays_linked(self):
        """What was delivered for a settlement stays with it: taken off, it would be delivered again."""
        line = self._complain(self._sell_and_invoice(5), 2)
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id)
        self.assertEqual(settlement.state, "done")
        with self.assertRaises(UserError):
            self._as("stock_only", settlement.move_ids).write({"cx_settlement_id": False})

    def test_open_replacement_stays_linked(self):
        """Nor is it taken off while it is under way: it would be procured a second time."""
        settlement = self._propose(self._complain(self._sell_and_invoice(5), 2), "replacement")
        self._approve(settlement)
        self._execute(settlement)
        with self.assertRaises(UserError):
            self._as("stock_only", settlement.move_ids).write({"cx_settlement_id": False})

    def test_what_was_given_beyond_the_approval_counts(self):
        """Two approved, four shipped: of five delivered, one can still be made good."""
        line = self._complain(self._sell_and_invoice(5), 2)
        settlement = self._propose(line, "replacement")
        self._approve(settlement)
        self._execute(settlement)
        self._validate(settlement.move_ids.picking_id, {self.product: 4})
        other = self._propose(self._complain(line.sale_line_id.order_id, 3), "replacement")
        self.assertEqual(other.good_left_qty, 1.0)
        self.assertIn("made_good", self._codes(other, "approve"))

    def test_reversed_credit_note_leaves_nothing_to_invoice(self):
        """Finance reverses the credit note of a settlement: the goods are invoiced again and delivered again."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "credit")
        self._approve(settlement)
        self._execute(settlement)
        note = self._notes(settlement)
        note.action_post()
        self._assert_order(order, 3, 3)
        self.env["account.move.reversal"].with_context(active_model="account.move", active_ids=note.ids).create({
            "journal_id": note.journal_id.id}).reverse_moves()
        again = note.reversal_move_ids
        self._assert_order(order, 5, 5)
        self._assert_nothing_to_invoice(order)
        self.assertEqual(settlement.state, "done", "a draft takes nothing back")
        again.action_post()
        # it is owed again, and no more than before can be credited
        self.assertEqual((settlement.state, settlement.done_qty), ("running", 0.0))
        self.assertEqual(settlement.creditable_qty, 5.0)
        other = self._propose(self._complain(order, 2), "credit", invoice_line_id=again.invoice_line_ids[0].id)
        self.assertIn("credited", self._codes(other, "approve"))
        self._execute(settlement)
        self._notes(settlement).filtered(lambda move: move.state == "draft").action_post()
        self.assertEqual((settlement.state, settlement.done_qty), ("done", 2.0))
        self._assert_order(order, 3, 3)
        self._assert_nothing_to_invoice(order)

    def test_unrelated_documents_are_not_claimed(self):
        """Who works in the warehouse or in accounting names no settlement on documents of his own."""
        order = self._sell_and_invoice(5)
        settlement = self._propose(self._complain(order, 2), "credit")
        replacement = self._propose(self._complain(order, 1), "replacement")
        self._approve(settlement | replacement)
        other = self._sell((self.product, 1), deliver=False)
        move = other.picking_ids.move_ids
        move.cx_settlement_id = False
        for records, vals in (
            (self._as("stock_only", move), {"cx_settlement_id": replacement.id}),
            (self._as("stock_only", move), {"cx_rma_line_id": 1}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                records.write(vals)
        stock = self._as("stock_only", self.env["stock.move"])
        vals = {"product_id": self.product.id, "location_id": move.location_id.id,
                "location_dest_id": move.location_dest_id.id, "picking_id": move.picking_id.id}
        for records, extra in (
            (stock, {"cx_settlement_id": replacement.id}),
            (stock.with_context(default_cx_settlement_id=replacement.id), {}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                records.create({**vals, **extra})
        note = self._as("account_only", self.env["account.move"]).create({
            "move_type": "out_refund", "partner_id": self.customer.id, "invoice_date": "2026-11-02",
            "invoice_line_ids": [Command.create({"product_id": self.product.id, "quantity": 1})]})
        line = note.invoice_line_ids
        for vals in ({"cx_settlement_id": settlement.id},
                     {"cx_origin_line_id": order.invoice_ids.invoice_line_ids[0].id}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                line.write(vals)
        self._execute(settlement)
        mine = self._as("account_only", self._notes(settlement).invoice_line_ids)
        for vals in ({"cx_settlement_id": False}, {"cx_origin_line_id": False}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                mine.write(vals)
        mine.write({"quantity": 1})  # his own business
        self.assertEqual(settlement.state, "running")

    def test_return_request_is_about_what_it_was_opened_for(self):
        """Which deliveries the dialog is about is said by the button, not by the client."""
        order = self._sell_and_invoice(5)
        action = self._as("cx_service", order).action_cx_return()
        request = self._as("cx_service", self.env["cx.return.request"]).browse(action["res_id"])
        stranger = self._sell((self.product, 90), partner=self.env["res.partner"].create({"name": "Stranger"}))
        for vals in ({"move_ids": [Command.set(stranger.picking_ids.move_ids.ids)]},
                     {"origin_move_id": stranger.picking_ids.move_ids.id}, {"product_id": self.product.id}):
            with self.assertRaises(AccessError):
                request.line_ids.write(vals)
        with self.assertRaises(AccessError):
            request.write({"line_ids": [Command.create({
                "product_id": self.product.id, "move_ids": [Command.set(stranger.picking_ids.move_ids.ids)]})]})
        request.line_ids.quantity = 2
        request.action_submit()
        self.assertEqual(request.complaint_id.line_ids.quantity, 2)

    def test_callers_of_other_companies_stay_there(self):
        """Who registers a call is not told of cases of a company that is not his."""
        other = self.env["res.company"].create({"name": "Cx Elsewhere"})
        self.env["cx.complaint"].create({
            "summary": "Not yours", "partner_id": self.customer.id, "company_id": other.id, "phone": "+41 44 668 18 00"})
        intake = self._as("cx_employee", self.env["cx.complaint.intake"]).create({
            "company_id": other.id, "phone": "044 668 18 00", "summary": "Is there something?"})
        self.assertFalse(intake.case_ids)

    def test_allowance_with_included_tax_is_exact(self):
        """100.05 with 20 % included in the price are credited as 100.05, not as 100.04."""
        tax = self.env["account.tax"].create({
            "name": "Included 20", "amount": 20.0, "price_include_override": "tax_included", "type_tax_use": "sale"})
        order = self._sell((self.product, 20))
        order.order_line.tax_ids = tax
        self._invoice(order)
        line = self._complain(order, 1)
        settlement = self.env["cx.settlement"].create({
            "complaint_line_id": line.id, "kind": "allowance", "amount": 100.05,
            "invoice_line_id": order.invoice_ids.invoice_line_ids[0].id})
        self._approve(settlement)
        self._execute(settlement)
        self.assertEqual(settlement.credit_line_ids.price_subtotal, 100.05)

    def test_who_raises_a_proposal_proposes_it(self):
        """A proposal that is raised by somebody is his proposal: he does not approve it himself."""
        settlement = self._propose(self._complain(self._sell_and_invoice(5), 1), "replacement")
        mine = self._as("cx_manager", settlement)
        mine.quantity = 4
        self.assertIn("own_proposal", self._codes(settlement, "approve", "cx_manager"))


@tagged("post_install", "-at_install")
class TestReviewGoodsDoors(ReworkCommon):
    """What people may not write on the goods' side, whatever client they use."""

    def test_quarantine_is_not_declared_by_hand(self):
        """A location is not taken out of quarantine by writing what is computed from its place."""
        self.users_by_login["stock_only"].group_ids |= self.env.ref("stock.group_stock_manager")
        zone = self._as("stock_only", self.returns_zone)
        with self.assertRaises(AccessError):
            zone.write({"cx_warehouse_id": False})

    def test_quarantine_stays_outside_the_warehouse(self):
        """Moved into the warehouse, quarantine would be on hand and promised to customers."""
        self.users_by_login["stock_only"].group_ids |= self.env.ref("stock.group_stock_manager")
        with self.assertRaises(UserError):
            self._as("stock_only", self.warehouse.cx_quarantine_loc_id).location_id = self.warehouse.view_location_id

    def test_disposition_is_about_the_goods_of_its_line(self):
        """What follows from the line of a disposition is not written on it: the gate would let other goods go."""
        line = self._come_back(self.product, 2)
        disposition = self._decide(line, 2)
        other = self._create_product("Cx Other")
        for vals in ({"product_id": other.id}, {"state": "done"}, {"next_step": False}):
            with self.assertRaises(AccessError):
                self._as("cx_warehouse", disposition).write(vals)

    def test_nothing_is_moved_onto_an_authorised_return(self):
        """A drafted line does not slip onto a return that was authorised without it."""
        authorised = self._come_back(self.product, 2)
        move = authorised.origin_move_id
        draft = self.env["cx.rma"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "line_ids": [Command.create({
                "complaint_line_id": authorised.complaint_line_id.id, "product_id": self.product.id,
                "quantity": 50, "origin_move_id": move.id})]})
        with self.assertRaises(UserError):
            self._as("cx_service", draft.line_ids).write({"rma_id": authorised.rma_id.id})

    def test_authorised_return_keeps_its_customer_and_kind(self):
        """Whose the goods are and where they go is authorised: it stays until the return is drafted anew."""
        line = self._come_back(self.product, 2)
        rma = self._as("cx_service", line.rma_id)
        repair = self.env.ref("cx_complaint.rma_kind_repair")
        other = self.env["res.partner"].create({"name": "Cx Somebody"})
        for vals in ({"kind_id": repair.id}, {"partner_id": other.id}):
            with self.assertRaises(UserError):
                rma.write(vals)
        self.assertEqual(line.goods_owner, "company")
