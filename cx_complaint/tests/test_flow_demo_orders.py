from odoo.exceptions import UserError
from odoo.tests import tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestFlowDemoOrders(CxCommon):
    """The whole way on orders, deliveries and invoices that nobody of us wrote: those of Odoo's demo data."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        theirs = cls.env["ir.model.data"].search([
            ("model", "=", "sale.order"), ("module", "!=", "cx_complaint")]).mapped("res_id")
        cls.orders = cls.env["sale.order"].search([
            ("id", "in", theirs), ("state", "=", "sale"), ("company_id", "=", cls.env.company.id),
            ("picking_ids", "!=", False),
        ])

    def test_every_demo_order_goes_the_whole_way(self):
        """Delivered, invoiced, complained of, back, judged, settled, closed: for each demo order, to the last unit.

        [S2.01-1] [S2.05-2] [S2.14-15]
        """
        orders = self.orders.filtered(lambda order: self._deliver(order))
        self.assertTrue(orders, "the demo data has no order to deliver: this test would prove nothing")
        for order in orders:
            with self.subTest(order=order.name):
                self._whole_way(order)

    # the story of one order

    def _whole_way(self, order):
        lines_before = len(order.order_line)
        invoice = order._create_invoices()
        invoice.action_post()

        complaint = self._complain(order)
        rma = self._return(complaint)
        self._receive(rma)
        self._judge(rma)
        self._settle(complaint)
        self._close(complaint)

        self.assertEqual(rma.state, "done")
        self.assertEqual(complaint.state, "closed")
        self.assertEqual(len(order.order_line), lines_before, "the order got another line")
        with self.assertRaises(UserError, msg="the order wants to be invoiced again"):
            order._create_invoices()

    def _deliver(self, order):
        pickings = order.picking_ids.filtered(lambda picking: picking.state not in ("done", "cancel"))
        for move in pickings.move_ids.filtered(lambda move: move.product_id.tracking == "none"):
            self._put_in_stock(move.product_id, move.product_uom_qty)
        pickings = pickings.filtered(lambda picking: set(picking.move_ids.product_id.mapped("tracking")) == {"none"})
        self._validate(pickings)
        return pickings and all(picking.state == "done" for picking in order.picking_ids) and pickings

    def _complain(self, order):
        """Customer service registers what the customer says, line by line, and reads it back."""
        moves = order.picking_ids.move_ids.filtered(lambda move: move.state == "done")
        complaint = self._as("cx_service", self.env["cx.complaint"]).create({
            "partner_id": order.partner_id.id, "summary": "Scratched on arrival", "phone": "+1 555 0100", "is_read_back": True,
            "kind_id": self.env.ref("cx_complaint.complaint_kind_complaint").id,
            "line_ids": [(0, 0, {
                "product_id": move.product_id.id, "quantity": move.quantity, "origin_move_id": move.id,
                "sale_line_id": move.sale_line_id.id, "wish": "credit", "return_decision": "return",
                "defect_id": self.env.ref("cx_complaint.defect_surface").id,
            }) for move in moves],
        })
        complaint.action_confirm()
        self.assertNotEqual(complaint.state, "new")
        return complaint

    def _return(self, complaint):
        """Everything may come back, and nothing more than that."""
        complaint.action_create_rma()
        rma = complaint.line_ids.rma_line_ids.rma_id
        self.assertEqual(sum(rma.line_ids.mapped("quantity")), sum(complaint.line_ids.mapped("quantity")))
        rma.action_authorise()
        self.assertEqual(rma.state, "authorised")
        self.assertTrue(all(line.returnable_qty == 0 for line in rma.line_ids))
        return rma

    def _receive(self, rma):
        """A clerk with stock rights only counts it into quarantine."""
        on_hand = {product: product.qty_available for product in rma.line_ids.product_id.sudo()}
        pickings = rma.line_ids.move_ids.picking_id.sudo()
        for picking in pickings:
            for move in picking.move_ids:
                move.quantity = move.product_uom_qty
            picking.move_ids.picked = True
            picking.with_user(self.users_by_login["stock_only"]).button_validate()
        rma.invalidate_recordset()
        self.assertEqual(rma.state, "received")
        for line in rma.line_ids:
            self.assertEqual((line.received_qty, line.quarantine_qty, line.undecided_qty),
                             (line.quantity, line.quantity, line.quantity))
        for product, before in on_hand.items():
            product.invalidate_recordset()
            self.assertEqual(product.qty_available, before, "quarantine counts as on hand")

    def _judge(self, rma):
        """Quality scraps one of each, the rest goes back to stock."""
        Disposition = self._as("cx_quality", self.env["cx.disposition"])
        for line in rma.line_ids:
            dispositions = Disposition.create([
                {"rma_line_id": line.id, "quantity": quantity, "destination": destination}
                for quantity, destination in ((1, "scrap"), (line.quantity - 1, "stock")) if quantity
            ])
            dispositions.action_approve()
            dispositions.action_execute()
            transfers = dispositions.move_ids.picking_id.sudo().filtered(lambda p: p.state not in ("done", "cancel"))
            self._validate(transfers)
            line.invalidate_recordset()
            self.assertEqual((line.quarantine_qty, line.undecided_qty, line.final_qty), (0, 0, line.quantity))

    def _settle(self, complaint):
        """Customer service proposes the credit, the manager approves, finance posts."""
        settlements = self._as("cx_service", self.env["cx.settlement"]).create([{
            "complaint_line_id": line.id, "partner_id": complaint.partner_id.id, "kind": "credit",
            "product_id": line.product_id.id, "quantity": line.quantity, "origin_move_id": line.origin_move_id.id,
            "sale_line_id": line.sale_line_id.id, "invoice_line_id": line.sale_line_id.sudo().invoice_lines[:1].id,
        } for line in complaint.line_ids])
        self._as("cx_manager", settlements).action_approve()
        settlements.action_execute()
        note = settlements.sudo().credit_line_ids.move_id
        self.assertEqual(note.mapped("state"), ["draft"] * len(note))
        self._as("cx_finance", note).action_post()
        settlements.invalidate_recordset()
        self.assertEqual(set(settlements.mapped("state")), {"done"})

    def _close(self, complaint):
        with self.assertRaises(UserError):
            complaint.action_close()
        complaint.line_ids.write({"is_answered": True, "answer": "Credited", "is_solved": True})
        complaint.write({"outcome": "established", "answer": "<p>We have credited it.</p>"})
        complaint.action_answer()
        complaint.action_close()
