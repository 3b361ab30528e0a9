from odoo import Command
from odoo.exceptions import UserError

from .common import CxCommon


class SettlementCommon(CxCommon):
    """An order that was delivered and invoiced, and words for what happens to it afterwards; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"
        cls._put_in_stock(cls.product, 100)

    @classmethod
    def _invoice(cls, order, post=True):
        invoices = order._create_invoices()
        invoices.invoice_date = "2026-11-02"
        if post:
            invoices.action_post()
        return invoices

    @classmethod
    def _sell_and_invoice(cls, quantity, product=None, **sell):
        order = cls._sell((product or cls.product, quantity), **sell)
        cls._invoice(order)
        return order

    @classmethod
    def _complain(cls, order, quantity, **vals):
        """A complaint line about goods of the order's first line."""
        sale_line = order.order_line[0]
        complaint = cls.env["cx.complaint"].create({
            "summary": "It leaks", "partner_id": order.partner_id.id,
            "line_ids": [Command.create({
                "product_id": sale_line.product_id.id,
                "quantity": quantity,
                "sale_line_id": sale_line.id,
                "origin_move_id": sale_line.move_ids.filtered(
                    lambda move: move.product_id == sale_line.product_id and move.state == "done"
                    and move.location_dest_id.usage == "customer")[:1].id,
                **vals,
            })],
        })
        return complaint.line_ids

    def _propose(self, line, kind, login="cx_service", **vals):
        """Propose with the button, as customer service does."""
        button = line.action_propose_credit if kind == "credit" else line.action_propose_replacement
        before = line.settlement_ids
        button = getattr(self._as(login, line), button.__name__)
        button()
        settlements = line.settlement_ids - before
        if vals:
            settlements.write(vals)
        return settlements.with_env(self.env)

    def _approve(self, settlements):
        self._as("cx_manager", settlements).action_approve()

    def _execute(self, settlements, login="cx_service"):
        self._as(login, settlements).action_execute()

    def _invoices(self, orders):
        return orders.invoice_ids.filtered(lambda move: move.move_type == "out_invoice")

    def _notes(self, settlements):
        return settlements.credit_line_ids.move_id

    def _assert_order(self, order, delivered, invoiced, line=0):
        sale_line = order.order_line[line]
        self.assertEqual((sale_line.qty_delivered, sale_line.qty_invoiced), (delivered, invoiced))

    def _assert_nothing_to_invoice(self, order):
        """*Create Invoice* makes nothing, with and without deduction of what was paid."""
        self.assertEqual(order.order_line.mapped("qty_to_invoice"), [0.0] * len(order.order_line))
        for final in (False, True):
            with self.assertRaises(UserError):
                order._create_invoices(final=final)

    def _codes(self, settlement, verb, login=None):
        record = self._as(login, settlement) if login else settlement
        return {blocker.code for blocker in record._blockers(verb)}
