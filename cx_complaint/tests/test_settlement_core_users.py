from odoo import Command
from odoo.tests import Form, new_test_user, tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementCoreUsers(SettlementCommon):
    """Who only sells, stores or keeps the books works on linked documents as if we were not there."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sales_manager = new_test_user(cls.env, "sales_manager_only", groups="sales_team.group_sale_manager")
        cls.order = cls._sell((cls.product, 5.0))
        cls.order.user_id = cls.users_by_login["sales_only"]  # salesmen see the orders and invoices of their own
        cls._invoice(cls.order)
        cls.line = cls._complain(cls.order, 2.0)

    def _given(self, kind):
        settlement = self._propose(self.line, kind)
        self._approve(settlement)
        self._execute(settlement)
        return settlement

    def test_salesman_goes_on_with_the_order(self):
        """Confirm, raise, invoice and cancel orders, open the form of one with complaint, replacement and credit."""
        replacement, credit = self._given("replacement"), self._given("credit")
        salesman = self.users_by_login["sales_only"]
        order = self.order.with_user(salesman)
        with Form(order) as form, form.order_line.edit(0) as line:
            line.product_uom_qty = 6.0
        self._validate(self.order.picking_ids.filtered(lambda picking: picking.state != "done"))
        order.invalidate_recordset()
        self.assertEqual(order.order_line.qty_delivered, 4.0)
        invoice = order._create_invoices()
        self.assertEqual(invoice.invoice_line_ids.quantity, 1.0)
        fresh = self.env["sale.order"].with_user(salesman).create({
            "partner_id": self.customer.id, "user_id": salesman.id,
            "order_line": [Command.create({"product_id": self.product.id, "product_uom_qty": 1.0})]})
        fresh.action_confirm()
        fresh._action_cancel()
        self.assertEqual(fresh.state, "cancel")
        self.assertEqual((replacement.state, credit.state), ("running", "running"))

    def test_sales_manager_cancels_a_linked_order(self):
        """Cancelling the order leaves settlement and its delivery alone."""
        replacement = self._given("replacement")
        order = self.order.with_user(self.sales_manager)
        order._action_cancel()
        self.assertEqual(order.state, "cancel")
        self.assertEqual(replacement.state, "running")
        self._validate(replacement.move_ids.picking_id)
        self.assertEqual(replacement.state, "done")

    def test_clerk_ships_the_replacement(self):
        """A clerk without complaint rights ships, splits and cancels; the settlement follows."""
        replacement = self._given("replacement")
        clerk = self.users_by_login["stock_only"]
        picking = replacement.move_ids.picking_id.with_user(clerk)
        Form(picking)
        picking.move_ids.write({"quantity": 1.0, "picked": True})
        picking.with_context(skip_backorder=True).button_validate()
        self.assertEqual((replacement.done_qty, replacement.state), (1.0, "running"))
        rest = picking.backorder_ids
        rest.action_cancel()
        self.assertEqual((replacement.done_qty, replacement.state), (1.0, "running"))
        self._execute(replacement)
        last = replacement.move_ids.picking_id.filtered(lambda each: each.state not in ("done", "cancel"))
        last.with_user(clerk).move_ids.picked = True
        last.with_user(clerk).button_validate()
        self.assertEqual(replacement.state, "done")

    def test_accountant_posts_resets_and_deletes(self):
        """An accountant without complaint rights opens, posts, resets, cancels and deletes the draft."""
        credit = self._given("credit")
        note = self._notes(credit).with_user(self.users_by_login["account_only"])
        with Form(note) as form:
            form.ref = "seen"
        note.action_post()
        self.assertEqual(credit.state, "done")
        note.button_draft()
        self.assertEqual(credit.state, "running")
        note.button_cancel()
        note.button_draft()
        self._notes(credit).name = False
        note.unlink()
        self.assertEqual(credit.state, "approved")
        self._assert_order(self.order, delivered=5, invoiced=5)

    def test_accountant_reverses_a_linked_invoice(self):
        """Core's reversal wizard works on an invoice of which a part is credited."""
        self._given("credit")
        invoice = self._invoices(self.order)
        wizard = self.env["account.move.reversal"].with_user(self.users_by_login["account_only"]).with_context(
            active_model="account.move", active_ids=invoice.ids).create({"journal_id": invoice.journal_id.id})
        wizard.refund_moves()
        self.assertEqual(wizard.new_move_ids.invoice_line_ids.quantity, 5.0)
        self.assertEqual(wizard.new_move_ids.invoice_line_ids.cx_origin_line_id, invoice.invoice_line_ids)

    def test_copy_of_a_credit_note_is_nobodys(self):
        """A duplicate pays no settlement."""
        credit = self._given("credit")
        copy = self._notes(credit).with_user(self.users_by_login["account_only"]).copy()
        self.assertFalse(copy.sudo().invoice_line_ids.cx_settlement_id)
        self.assertEqual(len(credit.credit_line_ids), 1)

    def test_views_of_core_models_open(self):
        """Order, delivery and invoice forms open for those who only sell, store or keep the books."""
        self._given("credit")
        service_order = self._sell((self.product, 1.0))
        service_order.user_id = self.users_by_login["cx_sales"]
        for login, record in [
            ("sales_only", self.order), ("stock_only", self.order.picking_ids[0]),
            ("account_only", self._invoices(self.order)), ("cx_sales", service_order), ("cx_finance", self._notes(
                self.order.order_line.invoice_lines.cx_settlement_id)),
        ]:
            with self.subTest(login=login):
                Form(self._as(login, record))
