from odoo.tests import HttpCase, tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestBrowserDock(CxCommon, HttpCase):
    """The dock, on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_clerk_receives_on_a_phone(self):
        """A clerk with stock rights only opens the receipt on his phone and validates what he counted.

        [S2.01-26]
        """
        self._put_in_stock(self.product, 5)
        order = self._sell((self.product, 5))
        complaint = self.env["cx.complaint"].create({
            "partner_id": self.customer.id, "summary": "Leaks", "line_ids": [(0, 0, {
                "product_id": self.product.id, "quantity": 2, "origin_move_id": order.picking_ids.move_ids.id,
                "return_decision": "return",
            })],
        })
        rma = self.env["cx.rma"].create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id, "line_ids": [(0, 0, {
                "complaint_line_id": complaint.line_ids.id, "product_id": self.product.id, "quantity": 2,
                "origin_move_id": order.picking_ids.move_ids.id,
            })],
        })
        rma.action_authorise()
        receipt = rma.line_ids.move_ids.picking_id
        clerk = self.users_by_login["stock_only"]
        clerk.password = "stock_only"

        self.start_tour(f"/odoo/action-stock.stock_picking_action_picking_type/{receipt.id}",
                        "cx_receive_on_a_phone", login="stock_only")

        self.assertEqual(receipt.state, "done")
        self.assertEqual((rma.state, rma.line_ids.received_qty, rma.line_ids.quarantine_qty), ("received", 2, 2))
