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
