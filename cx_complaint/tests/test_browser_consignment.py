from odoo.tests import HttpCase, tagged

from .dock_common import DockCommon


@tagged("post_install", "-at_install")
class TestBrowserConsignment(DockCommon, HttpCase):
    """What customer service clicks for goods that nobody announced."""

    def test_new_case_takes_four_clicks(self):
        """From the list of parcels to a case with an authorised RMA that has the goods, in at most four clicks."""
        self._deliver(self.product, 5)
        consignment = self._parcel(waybill="TOUR-1")
        self._receive_without_rma(consignment, (self.product, 5))
        self.users_by_login["cx_service"].password = "cx_service"

        self.start_tour("/odoo/consignments", "cx_case_from_consignment", login="cx_service")

        rma = self.env["cx.rma"].search([("partner_id", "=", self.customer.id)])
        self.assertEqual(rma.state, "received")
        self._assert_line(rma.line_ids, received=5, quarantine=5)


@tagged("post_install", "-at_install")
class TestBrowserConsignmentPhone(DockCommon, HttpCase):
    """What the clerk taps at the dock, on a phone."""

    browser_size = "390x844"
    touch_enabled = True

    def test_waybill_is_scanned_and_counted(self):
        """Scanned, counted, one piece missing: two taps."""
        announced = self._as("cx_service", self.Consignment).create({
            "waybill": "TOUR-2", "partner_id": self.customer.id, "pieces_announced": 4})
        announced.action_announce()
        self.users_by_login["cx_warehouse"].password = "cx_warehouse"
        action = self.env.ref("cx_complaint.consignment_scan_action")

        self.start_tour(f"/odoo/action-{action.id}", "cx_scan_waybill", login="cx_warehouse")

        self.env.invalidate_all()
        self.assertEqual((announced.state, announced.pieces_arrived, announced.missing_pieces), ("counted", 3, 1))
