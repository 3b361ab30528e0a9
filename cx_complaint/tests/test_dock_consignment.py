from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .dock_common import DockCommon


@tagged("post_install", "-at_install")
class TestDockConsignment(DockCommon):
    """A parcel from its announcement to the department that collects it."""

    def test_facts_of_the_dock_belong_to_the_warehouse(self):
        """Who announces a parcel does not say how many pieces arrived, nor that it arrived."""
        consignment = self._as("cx_service", self.Consignment).create({"waybill": "A1", "pieces_announced": 3})
        for vals in ({"pieces_arrived": 3}, {"packing": "sound"}, {"is_driver_signed": True}):
            with self.assertRaises(AccessError):
                consignment.write(vals)
        with self.assertRaises(AccessError):
            consignment.action_arrive()
        with self.assertRaises(AccessError):
            consignment.write({"arrived_on": fields.Datetime.now()})
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", consignment).action_announce()
        with self.assertRaises(AccessError):
            self._as("cx_quality", consignment).action_cancel()

    def test_what_arrived_stays_on_record(self):
        """A consignment that arrived is neither deleted nor cancelled."""
        consignment = self._parcel()
        with self.assertRaisesRegex(UserError, "stays on record"):
            consignment.unlink()
        with self.assertRaisesRegex(UserError, "It is Arrived"):
            consignment.action_cancel()

    def test_pieces_are_counted_before_the_parcel_is_placed(self):
        """Without a count it is not counted, without being counted not placed. [S2.02-22]"""
        consignment = self._parcel(pieces_arrived=0)
        with self.assertRaisesRegex(UserError, "pieces are not counted"):
            consignment.action_count()
        with self.assertRaisesRegex(UserError, "It is Arrived"):
            consignment.action_place()
        consignment.pieces_arrived = 2
        consignment.action_count()
        consignment.action_place()
        self.assertEqual(consignment.state, "placed")
        self.assertEqual(consignment.placed_by_id, self.users_by_login["cx_warehouse"])

    def test_the_driver_signs(self):
        """Where the company wants it, a parcel is counted only when the driver signed. [S2.12-20]"""
        self.env.company.cx_is_driver_signature_needed = True
        consignment = self._parcel()
        self.assertIn("driver_not_signed", [blocker.code for blocker in consignment._blockers("count")])
        with self.assertRaisesRegex(UserError, "driver did not sign"):
            consignment.action_count()
        consignment.driver_signature = "R0lGODlhAQABAAD/ACwAAAAAAQABAAACADs="
        self.assertTrue(consignment.is_driver_signed)
        consignment.action_count()
        self.assertEqual(consignment.state, "counted")

    def test_a_photo_of_what_arrived(self):
        """Where the company wants it, a parcel is counted only with a photo; everybody involved sees it."""
        self.env.company.cx_is_arrival_photo_needed = True
        consignment = self._parcel()
        with self.assertRaisesRegex(UserError, "no photo"):
            consignment.action_count()
        photo = self._as("cx_warehouse", self.env["ir.attachment"]).create({"name": "box.png", "raw": b"png"})
        consignment.photo_ids = photo
        consignment.action_count()
        self.assertEqual(self._as("cx_service", photo).raw, b"png")

    def test_missing_pieces_are_asked_for(self):
        """Three on the waybill, two arrived: one is missing, and customer service is to ask. [S2.02-23]"""
        consignment = self._parcel(pieces_announced=3, pieces_arrived=2)
        self.assertEqual(consignment.missing_pieces, 0, "nobody has counted yet")
        consignment.action_count()
        self.assertEqual(consignment.missing_pieces, 1)
        self.assertIn("2 of 3 pieces", self._todos(consignment, "cx_service").note)
        self.assertIn(consignment.sudo(), self.Consignment.search([("missing_pieces", ">", 0)]))

    def test_sales_arranges_the_loading(self):
        """From the RMA sales announces the parcel; our driver is told to bring it. [S2.12-18] [S2.14-4]"""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_sales", rma).action_announce_consignment()
        self.assertEqual(rma.consignment_ids.state, "announced")
        self.assertTrue(rma.consignment_ids.is_announced)
        self.assertEqual(rma.consignment_ids.partner_id, self.customer)
        driver = self.users_by_login["cx_employee"]
        second = self._as("cx_sales", self.Consignment).create({
            "rma_ids": rma.ids, "pickup": "own", "driver_id": driver.id, "pieces_announced": 4})
        self.assertFalse(self._todos(second, "cx_employee"))
        second.action_announce()
        self.assertIn("4 pieces", self._todos(second, "cx_employee").note)

    def test_only_what_is_on_its_way_is_announced(self):
        """A draft RMA, or RMAs of two customers, are no parcel."""
        other = self.env["res.partner"].create({"name": "Other"})
        draft = self._draft(self._complain(self._deliver(self.product, 5), 5))
        with self.assertRaisesRegex(UserError, "is Draft"):
            self._as("cx_sales", draft).action_announce_consignment()
        draft.action_authorise()
        foreign = self._draft(self._complain(self._deliver(self.product, 5, partner=other), 5, partner=other))
        foreign.action_authorise()
        with self.assertRaisesRegex(UserError, "several customers"):
            self._as("cx_sales", draft | foreign).action_announce_consignment()

    def test_the_receipt_places_the_parcel_and_tells_who_handles_it(self):
        """The clerk validates the receipt: the parcel is placed, quality is told to collect it. [S2.02-14]"""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_service", rma).action_announce_consignment()
        consignment = self._as("cx_warehouse", rma.consignment_ids)
        self.assertEqual(consignment.picking_ids, rma.picking_ids)
        consignment.action_arrive()
        consignment.pieces_arrived = 1
        consignment.action_count()
        with self.assertRaisesRegex(UserError, "not received yet"):
            consignment.action_place()
        self._receive(rma.picking_ids, login="stock_only")
        self.assertEqual(consignment.state, "placed")
        self.assertEqual(self._todos(consignment, "cx_quality").date_deadline, consignment.collect_by_date)
        self._assert_line(rma.line_ids, received=5, quarantine=5)

    def test_what_did_not_come_comes_with_another_parcel(self):
        """Three of five come: the parcel is placed, the rest waits for a parcel of its own."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_service", rma).action_announce_consignment()
        first = self._as("cx_warehouse", rma.consignment_ids)
        first.action_arrive()
        self._receive(rma.picking_ids, {self.product: 3}, login="cx_warehouse")
        self.assertEqual(first.state, "placed")
        rest = rma.picking_ids.filtered(lambda picking: picking.state != "done")
        self.assertFalse(rest.cx_consignment_id)
        second = self._parcel(rma_ids=rma.ids, waybill="B2")
        self.assertEqual(second.picking_ids, rest)
        self._receive(rest)
        self.assertEqual((first.state, second.state), ("placed", "placed"))
        self._assert_line(rma.line_ids, received=5, quarantine=5)

    def test_departments_collect_in_time(self):
        """Three days to collect; who collected is on record; what stands longer is listed. [S2.02-15]"""
        self.env.company.cx_collect_days = 3
        consignment = self._parcel()
        consignment.action_count()
        consignment.action_place()
        today = fields.Date.context_today(consignment)
        self.assertEqual(consignment.collect_by_date, fields.Date.add(today, days=3))
        late = [("state", "=", "placed"), ("collect_by_date", "<", "today")]
        self.assertNotIn(consignment.sudo(), self.Consignment.search(late))
        consignment.sudo().placed_on = fields.Datetime.subtract(fields.Datetime.now(), days=5)
        self.assertIn(consignment.sudo(), self.Consignment.search(late))
        with self.assertRaisesRegex(UserError, "not said who collected"):
            consignment.action_collect()
        consignment.collected_department_id = self.quality
        consignment.action_collect()
        self.assertEqual(consignment.state, "collected")
        self.assertFalse(self._todos(consignment, "cx_quality"), "the task to collect is done")
        self.assertNotIn(consignment.sudo(), self.Consignment.search(late))

    def test_no_limit_to_collect(self):
        """0 days: there is no last day."""
        self.env.company.cx_collect_days = 0
        consignment = self._parcel()
        consignment.action_count()
        consignment.action_place()
        self.assertFalse(consignment.collect_by_date)

    def _scan(self, waybill):
        action = self._as("cx_warehouse", self.env["cx.consignment.scan"]).create({"waybill": waybill}).action_find()
        return self.Consignment.browse(action["res_id"])

    def test_the_waybill_finds_the_parcel(self):
        """Scanned in another spelling it finds the announced parcel and records its arrival."""
        announced = self._as("cx_service", self.Consignment).create({"waybill": "sf 12-34"})
        announced.action_announce()
        self.assertEqual(self._scan("SF1234"), announced.sudo())
        self.assertEqual(announced.state, "arrived")
        self.assertEqual(self._scan("SF1234"), announced.sudo(), "scanned twice it is one parcel")
        self.assertIn(announced.id, [found[0] for found in self.Consignment.name_search("SF12-34")] + [
            found[0] for found in self.Consignment.name_search("sf 12")])

    def test_a_waybill_that_nobody_announced(self):
        """A number from the customer's message finds his RMA; an unknown one starts a parcel without customer.

        [S2.05-19]
        """
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self._as("cx_quality", rma).action_ship(carrier="DHL", tracking="JJD-77")
        found = self._scan("jjd77")
        self.assertEqual((found.rma_ids, found.partner_id, found.state), (rma, self.customer, "arrived"))
        self.assertEqual(found.picking_ids, rma.picking_ids)
        unknown = self._scan("???-unknown-1")
        self.assertFalse(unknown.partner_id)
        self.assertTrue(self._todos(unknown, "cx_service"), "somebody asks who sent it")
        with self.assertRaisesRegex(UserError, "no number of a waybill"):
            self._scan("???")

    def test_companies_do_not_see_each_other(self):
        """A parcel of another company is neither found nor linked."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        self.env["stock.warehouse"].search([("company_id", "=", other.id)]) or self.env["stock.warehouse"].create(
            {"name": "Elsewhere", "code": "ELS", "company_id": other.id})
        foreign = self.Consignment.create({"waybill": "X9", "company_id": other.id})
        self.assertEqual(foreign.warehouse_id.company_id, other)
        self.assertFalse(self._as("cx_service", self.Consignment).search([("waybill", "=", "X9")]))
        rma = self._authorise(self._deliver(self.product, 5), 5)
        with self.assertRaises(UserError):
            foreign.rma_ids = [Command.link(rma.id)]
