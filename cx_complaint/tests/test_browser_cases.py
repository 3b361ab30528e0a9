from odoo.tests import HttpCase, tagged

from .common import CxCommon


@tagged("post_install", "-at_install")
class TestBrowserCases(CxCommon, HttpCase):
    """What people click, in a real browser, with the rights they have."""

    def test_return_from_order_takes_four_clicks(self):
        """From the sales order to a submitted return in at most four clicks, by a salesman of complaints."""
        self._put_in_stock(self.product, 5)
        order = self._sell((self.product, 5))
        order.user_id = self.users_by_login["cx_sales"]  # a salesman reads his own orders
        self._login("cx_sales")

        self.start_tour(f"/odoo/sales/{order.id}", "cx_return_from_order", login="cx_sales")

        rma = self.env["cx.rma"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual((rma.state, rma.line_ids.quantity), ("submitted", 5))
        self.assertEqual(rma.line_ids.origin_move_id, order.picking_ids.move_ids)

    def test_any_employee_registers_a_call(self):
        """Every employee registers what he hears: name, phone and one sentence are enough. [S2.13-14] [S3-II.2b]"""
        self._login("cx_employee")
        action = self.env.ref("cx_complaint.complaint_intake_action")

        self.start_tour(f"/odoo/action-{action.id}", "cx_register_by_phone", login="cx_employee")

        complaint = self.env["cx.complaint"].search([("caller_name", "=", "Mrs Tour")])
        self.assertEqual(complaint.state, "new")
        self.assertEqual(complaint.receiver_id, self.users_by_login["cx_employee"])
        self.assertFalse(complaint.partner_id, "the customer may be unknown")

    def _login(self, login):
        """Test users get their login as password."""
        self.users_by_login[login].password = login
