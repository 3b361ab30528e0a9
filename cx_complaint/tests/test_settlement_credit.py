from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .settlement_common import SettlementCommon


@tagged("post_install", "-at_install")
class TestSettlementCredit(SettlementCommon):
    """Credit notes of settlements: what they mirror, how far they may go, when a settlement is done."""

    # What is refused

    def test_not_invoiced_yet(self):
        """Nothing is invoiced: nothing can be credited, and the sentence says what to do instead."""
        order = self._sell((self.product, 5.0))
        credit = self._propose(self._complain(order, 2.0), "credit")
        self._approve(credit)
        self.assertEqual(self._codes(credit, "execute"), {"not_invoiced"})
        with self.assertRaisesRegex(UserError, "Post the invoice first"):
            self._execute(credit)
        self.assertFalse(credit.credit_line_ids)

    def test_draft_invoice_is_not_credited(self):
        """An invoice in draft is changed, not credited."""
        order = self._sell((self.product, 5.0))
        invoice = self._invoice(order, post=False)
        credit = self._propose(self._complain(order, 2.0), "credit", invoice_line_id=invoice.invoice_line_ids[:1].id)
        self._approve(credit)
        self.assertEqual(self._codes(credit, "execute"), {"invoice_not_posted"})

    def test_more_than_invoiced(self):
        """Five invoiced, three credited: three more cannot be credited, two can."""
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 3.0)
        first = self._propose(line, "credit")
        self._approve(first)
        self._execute(first)
        second = self._propose(line, "credit", quantity=3.0, invoice_line_id=first.invoice_line_id.id)
        self.assertEqual(second.creditable_qty, 2.0)
        self.assertEqual(self._codes(second, "approve", "cx_manager"), {"made_good", "credited"})
        with self.assertRaisesRegex(UserError, r"3\.0 .* credited on .*, 2\.0"):
            self._approve(second)
        second.quantity = 2.0
        self._approve(second)
        self._execute(second)
        self._assert_order(order, delivered=0, invoiced=0)

    def test_goodwill_never_credits_more_than_invoiced(self):
        """Goodwill lifts the cap of the delivery, not that of the invoice."""
        order = self._sell_and_invoice(5.0)
        credit = self._propose(self._complain(order, 5.0), "credit", quantity=6.0, is_goodwill=True)
        self.assertEqual(self._codes(credit, "approve", "cx_manager"), {"credited"})

    def test_what_finance_credited_counts(self):
        """A reversal by core's own wizard takes from the same invoice line."""
        order = self._sell_and_invoice(5.0)
        credit = self._propose(self._complain(order, 2.0), "credit")
        self._approve(credit)
        order.invoice_ids._reverse_moves([{}])
        self.env.invalidate_all()
        self.assertEqual(self._codes(credit, "execute"), {"credited"})
        with self.assertRaises(UserError):
            self._execute(credit)

    def test_reversal_from_before_the_addon_counts(self):
        """A credit note that does not know its lines takes from those of the same product and order line."""
        order = self._sell_and_invoice(5.0)
        invoice = order.invoice_ids
        invoice._reverse_moves([{}]).invoice_line_ids.cx_origin_line_id = False
        self.assertEqual(invoice.invoice_line_ids._cx_credited_qty(), {invoice.invoice_line_ids: 5.0})

    def test_two_that_fit_only_one_by_one(self):
        """Three and three of five are approved neither together nor in half."""
        line = self._complain(self._sell_and_invoice(5.0), 3.0)
        pair = self._propose(line, "credit") | self._propose(line, "credit")
        with self.assertRaises(UserError):
            self._approve(pair)
        self.assertEqual(set(pair.mapped("decision")), {"proposed"})

    def test_invoice_of_another_customer(self):
        """An invoice line of somebody else is refused by name."""
        mine = self._sell_and_invoice(5.0)
        other = self.env["res.partner"].create({"name": "Somebody Else"})
        theirs = self._sell_and_invoice(5.0, partner=other)
        credit = self._propose(self._complain(mine, 2.0), "credit")
        credit.invoice_line_id = theirs.invoice_ids.invoice_line_ids
        self._approve(credit)
        self.assertIn("other_customer", self._codes(credit, "execute"))

    def test_closed_period(self):
        """A closed period is a sentence with the date, before the click."""
        credit = self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(credit)
        self.env.company.sale_lock_date = "2099-12-31"
        self.assertEqual(self._codes(credit, "execute"), {"locked_period"})

    def test_service_does_not_post(self):
        """Customer service drafts; only finance may post."""
        credit = self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(credit)
        self._execute(credit)
        note = self._notes(credit)
        for login in ("cx_service", "cx_manager", "cx_sales"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, note).action_post()
        self._as("cx_finance", note).action_post()
        self.assertEqual(note.state, "posted")

    def test_reader_and_finance_do_not_draft(self):
        """Who may not propose may not execute either; finance gets its drafts, it does not make them."""
        credit = self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(credit)
        for login in ("cx_quality", "cx_finance", "cx_warehouse", "cx_employee"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._execute(credit, login)

    # What is mirrored

    def test_draft_mirrors_the_invoice_line(self):
        """Price, discount, taxes, account, currency, analytic and order line come from the invoice line."""
        order = self._sell((self.product, 5.0))
        order.order_line.discount = 10.0
        self._invoice(order)
        invoice_line = order.invoice_ids.invoice_line_ids
        plan = self.env["account.analytic.plan"].create({"name": "Cx"})
        analytic = self.env["account.analytic.account"].create({"name": "Cx", "plan_id": plan.id})
        invoice_line.analytic_distribution = {str(analytic.id): 100}
        credit = self._propose(self._complain(order, 2.0), "credit")
        self.assertEqual(credit.amount, 36.0)
        self._approve(credit)
        self._execute(credit)
        line = credit.credit_line_ids
        for name in ("product_id", "price_unit", "discount", "tax_ids", "account_id", "currency_id", "sale_line_ids",
                     "product_uom_id", "analytic_distribution", "name"):
            with self.subTest(field=name):
                self.assertEqual(line[name], invoice_line[name])
        self.assertEqual((line.quantity, line.price_subtotal), (2.0, 36.0))
        note = line.move_id
        self.assertEqual(note.reversed_entry_id, self._invoices(order))
        self.assertEqual(note.move_type, "out_refund")
        self.assertEqual(note.ref, f"Reversal of: {note.reversed_entry_id.name}, {credit.name}")
        self.assertEqual(self._as("cx_finance", note).cx_settlement_count, 1)
        self.assertEqual(note.amount_total, round(self._invoices(order).amount_total * 2 / 5, 2))
        self.assertEqual(credit.amount, note.amount_untaxed)

    def test_two_settlements_of_one_invoice_share_a_draft(self):
        """A selection gives one credit note per invoice, with a line per settlement."""
        first, second = self._sell_and_invoice(5.0), self._sell_and_invoice(4.0)
        credits = (
            self._propose(self._complain(first, 2.0), "credit") | self._propose(self._complain(first, 1.0), "credit")
            | self._propose(self._complain(second, 1.0), "credit"))
        self._approve(credits)
        self._execute(credits)
        notes = self._notes(credits)
        self.assertEqual(len(notes), 2)
        self.assertEqual(notes.reversed_entry_id, self._invoices(first | second))
        of_first = notes.filtered(lambda note: note.reversed_entry_id == self._invoices(first))
        self.assertEqual(of_first.invoice_line_ids.mapped("quantity"), [2.0, 1.0])
        self.assertEqual(of_first.amount_untaxed, 60.0)

    def test_line_invoiced_in_parts(self):
        """Three on the first invoice, two on the second: a credit of four is proposed as three and one."""
        order = self._sell((self.product, 5.0), deliver=False)
        self._validate(order.picking_ids, {self.product: 3.0})
        self._invoice(order)
        self._validate(order.picking_ids.filtered(lambda picking: picking.state != "done"))
        self._invoice(order)
        credits = self._propose(self._complain(order, 4.0, origin_move_id=False), "credit")
        self.assertEqual(credits.sorted("id").mapped("quantity"), [3.0, 1.0])
        self.assertEqual(len(credits.invoice_id), 2)
        self._approve(credits)
        self._execute(credits)
        self.assertEqual(len(self._notes(credits)), 2)
        self._assert_order(order, delivered=1, invoiced=1)
        self._assert_nothing_to_invoice(order)

    def test_foreign_currency(self):
        """The credit note of a foreign invoice is in its currency, and so is the settlement."""
        currency = self.env["res.currency"].create({
            "name": "CXF", "symbol": "F", "rate_ids": [Command.create({"name": "2020-01-01", "rate": 4.0})]})
        pricelist = self.env["product.pricelist"].create({"name": "Foreign", "currency_id": currency.id})
        partner = self.env["res.partner"].create({
            "name": "Abroad", "specific_property_product_pricelist": pricelist.id})
        order = self._sell((self.product, 5.0), partner=partner, deliver=False)
        order.order_line.price_unit = 80.0
        self.assertEqual(order.currency_id, currency)
        self._validate(order.picking_ids)
        self._invoice(order)
        credit = self._propose(self._complain(order, 2.0), "credit")
        self.assertEqual((credit.currency_id, credit.amount), (currency, 160.0))
        self._approve(credit)
        self._execute(credit)
        note = self._notes(credit)
        self.assertEqual((note.currency_id, note.amount_untaxed), (currency, 160.0))
        self.assertEqual(note.amount_untaxed_signed, -40.0)

    def test_other_unit_on_the_invoice(self):
        """Sold in dozens, complained of in pieces: six pieces are half a dozen on the credit note."""
        dozen = self.env.ref("uom.product_uom_dozen")
        order = self.env["sale.order"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "order_line": [Command.create({
                "product_id": self.product.id, "product_uom_qty": 2.0, "product_uom_id": dozen.id,
                "price_unit": 240.0})]})
        order.action_confirm()
        self._validate(order.picking_ids)
        self._invoice(order)
        credit = self._propose(self._complain(order, 6.0, product_uom_id=self.product.uom_id.id), "credit")
        self.assertEqual((credit.quantity, credit.amount), (6.0, 120.0))
        self._approve(credit)
        self._execute(credit)
        line = credit.credit_line_ids
        self.assertEqual((line.quantity, line.product_uom_id, line.price_subtotal), (0.5, dozen, 120.0))
        self._assert_order(order, delivered=1.5, invoiced=1.5)
        line.move_id.action_post()
        self.assertEqual((credit.done_qty, credit.state), (6.0, "done"))

    def test_what_other_addons_add_is_on_the_draft(self):
        """Fields that an addon adds to the copied line, to the reversal's values and to the draft afterwards arrive."""
        lines, moves = self.env.registry["account.move.line"], self.env.registry["account.move"]
        extend, reverse = lines._copy_data_extend_business_fields, moves._reverse_moves

        def extended(line, values):
            extend(line, values)
            values["sequence"] = 77

        def reversing(invoices, default_values_list=None, cancel=False):
            for values in default_values_list:
                values["narration"] = "from the addon"
            reversals = reverse(invoices, default_values_list, cancel)
            for reversal in reversals:
                reversal.payment_reference = f"after {reversal.reversed_entry_id.name}"
            return reversals

        self.patch(lines, "_copy_data_extend_business_fields", extended)
        self.patch(moves, "_reverse_moves", reversing)
        credits = self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit") | self._propose(
            self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(credits)
        self._execute(credits)
        for note in self._notes(credits):
            self.assertIn("from the addon", note.narration)
            self.assertEqual(note.payment_reference, f"after {note.reversed_entry_id.name}")
            self.assertEqual(note.invoice_line_ids.sequence, 77)
            self.assertEqual(note.amount_untaxed, 40.0)

    # When it is done

    def test_credited_means_posted(self):
        """Draft: running. Posted: done. Back to draft, cancelled, deleted: owed again, and made again once."""
        order = self._sell_and_invoice(5.0)
        credit = self._propose(self._complain(order, 2.0), "credit")
        self._approve(credit)
        self._execute(credit)
        self.assertEqual((credit.state, credit.done_qty, credit.is_draft_waiting), ("running", 0.0, True))
        note = self._notes(credit)
        note.action_post()
        self.assertEqual((credit.state, credit.done_qty, credit.is_draft_waiting), ("done", 2.0, False))
        note.button_draft()
        self.assertEqual((credit.state, credit.done_qty), ("running", 0.0))
        note.button_cancel()
        self.assertEqual(credit.state, "approved")
        self._assert_order(order, delivered=5, invoiced=5)
        note.button_draft()
        note.unlink()
        self.assertEqual(credit.state, "approved")
        self._assert_order(order, delivered=5, invoiced=5)
        self._execute(credit)
        self.assertEqual(credit.credit_line_ids.quantity, 2.0)

    def test_pressed_again_makes_nothing(self):
        """Executing twice makes one draft."""
        credit = self._propose(self._complain(self._sell_and_invoice(5.0), 2.0), "credit")
        self._approve(credit)
        self._execute(credit)
        self._execute(credit)
        self.assertEqual(len(credit.credit_line_ids), 1)

    def test_finance_lowers_the_draft(self):
        """Finance lowers the draft to one of two: one is credited, one is still owed, and pressing again drafts it."""
        order = self._sell_and_invoice(5.0)
        credit = self._propose(self._complain(order, 2.0), "credit")
        self._approve(credit)
        self._execute(credit)
        self._notes(credit).invoice_line_ids.quantity = 1.0
        self._notes(credit).action_post()
        self.assertEqual((credit.state, credit.done_qty), ("running", 1.0))
        self._assert_order(order, delivered=4, invoiced=4)
        self._execute(credit)
        self.assertEqual(sorted(credit.credit_line_ids.mapped("parent_state")), ["draft", "posted"])
        self._notes(credit).filtered(lambda note: note.state == "draft").action_post()
        self.assertEqual((credit.state, credit.done_qty), ("done", 2.0))

    # Credit without goods

    def test_allowance_touches_neither_order_nor_stock(self):
        """An allowance of 30 is a service line on a reversal of the invoice; the order does not hear of it.

        [S2.02-32]
        """
        order = self._sell_and_invoice(5.0)
        line = self._complain(order, 2.0)
        allowance = self.env["cx.settlement"].create({
            "complaint_line_id": line.id, "kind": "allowance", "amount": 30.0, "reason": "Scratches, kept",
            "invoice_line_id": order.invoice_ids.invoice_line_ids.id})
        self._approve(allowance)
        self._execute(allowance)
        note = self._notes(allowance)
        self.assertEqual(note.reversed_entry_id, self._invoices(order))
        self.assertEqual(note.invoice_line_ids.product_id, self.env.ref("cx_complaint.product_allowance"))
        self.assertEqual(note.invoice_line_ids.name, "Scratches, kept")
        self.assertFalse(note.invoice_line_ids.sale_line_ids)
        self.assertEqual(note.invoice_line_ids.tax_ids, self._invoices(order).invoice_line_ids.tax_ids)
        self.assertEqual(note.amount_untaxed, 30.0)
        self._assert_order(order, delivered=5, invoiced=5)
        self._assert_nothing_to_invoice(order)
        self.assertEqual(allowance.state, "running")
        note.action_post()
        self.assertEqual(allowance.state, "done")

    def test_allowance_with_taxes_in_the_price(self):
        """The amount is untaxed, also where prices include taxes."""
        tax = self.env["account.tax"].create({
            "name": "Included 20", "amount": 20.0, "type_tax_use": "sale", "price_include_override": "tax_included"})
        self.product.taxes_id = tax
        order = self._sell_and_invoice(5.0)
        allowance = self.env["cx.settlement"].create({
            "complaint_line_id": self._complain(order, 2.0).id, "kind": "allowance", "amount": 50.0,
            "invoice_line_id": order.invoice_ids.invoice_line_ids.id})
        self._approve(allowance)
        self._execute(allowance)
        self.assertEqual(self._notes(allowance).amount_untaxed, 50.0)
        self.assertEqual(self._notes(allowance).amount_total, 60.0)

    def test_allowance_without_invoice(self):
        """Two allowances of a customer without an invoice share one draft."""
        line = self._complain(self._sell((self.product, 5.0)), 2.0)
        pair = self.env["cx.settlement"].create([
            {"complaint_line_id": line.id, "kind": "allowance", "amount": amount} for amount in (10.0, 15.0)])
        self._approve(pair)
        self._execute(pair)
        self.assertEqual(len(self._notes(pair)), 1)
        self.assertEqual(self._notes(pair).amount_untaxed, 25.0)

    def test_allowance_above_the_invoice(self):
        """More than the invoice is goodwill."""
        order = self._sell_and_invoice(5.0)
        allowance = self.env["cx.settlement"].create({
            "complaint_line_id": self._complain(order, 2.0).id, "kind": "allowance", "amount": 101.0,
            "invoice_line_id": order.invoice_ids.invoice_line_ids.id})
        self.assertEqual(self._codes(allowance, "approve", "cx_manager"), {"credited"})
        allowance.amount = 0.0
        self.assertEqual(self._codes(allowance, "approve", "cx_manager"), {"no_amount"})
        allowance.amount = 100.0
        self._approve(allowance)
