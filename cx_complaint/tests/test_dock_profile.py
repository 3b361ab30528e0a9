from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.returns.dock import Counted
from ..rules import receipt_steps
from ..rules.receipt_steps import Step
from .profile_common import ProfileCommon


@tagged("post_install", "-at_install")
class TestDockProfile(ProfileCommon):
    """The order in which a company receives: what is missing stands in the way of the next step, never of the door."""

    def test_rules_of_the_order(self):
        """Only what is required and stands before is missing; a receipt tells count and place by itself."""
        order = (Step("count", True), Step("papers", True), Step("inspect", False), Step("place", True))
        self.assertEqual(receipt_steps.missing_before(order, "place", {"count"}), ["papers"])
        self.assertEqual(receipt_steps.missing_before(order, "count", set()), [])
        self.assertEqual(receipt_steps.missing_before(order, None, {"count", "papers"}), ["place"])
        self.assertEqual(receipt_steps.follows(order, "count"), "papers")
        self.assertIsNone(receipt_steps.follows(order, "place"))
        self.assertEqual(receipt_steps.reached_by_receipt(order), "counted")
        self.assertEqual(receipt_steps.reached_by_receipt((Step("inspect", True), *order[:1])), "arrived")
        self.assertEqual(receipt_steps.reached_by_receipt(order[:1] + order[2:]), "placed")
        self.assertEqual(receipt_steps.reached_by_receipt(()), "placed")

    def test_without_a_profile_nothing_waits(self):
        """Nobody chose an order: the receipt places the parcel, and nobody is told more than before."""
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self.assertFalse(consignment.profile_id)
        self.assertEqual(consignment.state, "placed")
        self._inspect(line, (self.rework, 5)).action_finish()
        self.assertEqual(self._stands_in(self.zone), 5)
        self.assertFalse(line.rma_id.activity_ids.filtered(lambda todo: todo.summary))

    def test_kind_then_warehouse_then_company(self):
        """The order of the RMA's kind wins over the warehouse's, that over the company's; per company."""
        first, second, third = self.env["cx.receipt.profile"].search([], limit=3)
        self.env.company.cx_receipt_profile_id = first
        rma = self._authorise(self._deliver(self.product, 5), 5)
        self.assertEqual(rma._receipt_profile(), first)
        self.warehouse.cx_receipt_profile_id = second
        self.assertEqual(rma._receipt_profile(), second)
        other = self.env["res.company"].create({"name": "Elsewhere"})
        rma.kind_id.with_company(other).receipt_profile_id = third
        self.assertEqual(rma._receipt_profile(), second, "the other company's choice")
        rma.kind_id.receipt_profile_id = third
        self.assertEqual(rma._receipt_profile(), third)
        self.assertEqual(self.Consignment.create({"rma_ids": rma.ids}).profile_id, third)
        self.assertEqual(self.Consignment.create({"waybill": "X"}).profile_id, second)
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", third).is_difference_blocking = False

    def test_inspection_before_stock_in(self):
        """Goods go into quarantine at once; counted and placed is the parcel after the inspection report only.

        [S2.05-23]
        """
        self._choose("inspect_first")
        line, consignment = self._announced(5)
        with self.assertRaisesRegex(UserError, "not inspected yet"):
            consignment.action_count()
        self._receive(line.rma_id.picking_ids)
        self._assert_line(line, received=5, quarantine=5)
        self.assertEqual(consignment.state, "arrived", "in quarantine, but not stocked in")
        self.assertFalse(consignment.counted_on)
        self.assertIn("step_inspect", self._codes(consignment, "count"))
        self._inspect(line, (self.good, 4), (self.rework, 1)).action_finish()
        self.assertIn("4 Good", self._todos(line.rma_id, "cx_warehouse").note)
        consignment.action_count()
        consignment.action_place()
        self.assertEqual(consignment.state, "placed")
        self.assertTrue(self._todos(consignment, "cx_quality"))

    def test_the_screen_of_the_dock_refuses_nothing(self):
        """Counted on the phone where the company inspects first: received at once, counted after the inspection."""
        self._choose("inspect_first")
        line, consignment = self._announced(5)
        no_lot = self.env["stock.lot"]
        consignment._receive_counted(
            [Counted(consignment._open_receipts().move_ids, self.product, no_lot, "", False, 5.0)], {"pieces_arrived": 2})
        self._assert_line(line, received=5, quarantine=5)
        self.assertEqual((consignment.state, consignment.pieces_arrived), ("arrived", 2))

    def test_no_decision_before_the_inspection(self):
        """Where the inspection is required, units without a verdict are not decided about."""
        self._choose("inspect_first")
        line, _consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        disposition = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 5, "destination": "scrap"})
        self.assertEqual(self._codes(disposition, "approve"), ["not_inspected"])
        disposition.action_cancel()
        self._inspect(line, (self.scrap, 5)).action_finish()
        line.disposition_ids.filtered(lambda d: d.state == "proposed").with_user(
            self.users_by_login["cx_quality"]).action_approve()

    def test_papers_go_to_the_clerk(self):
        """Counted: the clerk gets the papers to enter. Without them the parcel is not placed; nor is it refused.

        [S2.14-6]
        """
        self._choose("papers")
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self._assert_line(line, received=5, quarantine=5)
        self.assertEqual(consignment.state, "counted")
        self.assertIn("Enter the papers", self._summaries(consignment, "cx_service"))
        self.assertIn("step_papers", self._codes(consignment, "place"))
        clerk = self._as("cx_service", consignment)
        with self.assertRaisesRegex(UserError, "not entered and signed"):
            clerk.action_enter_papers()
        with self.assertRaises(AccessError):
            self._as("cx_quality", consignment).action_enter_papers()
        clerk.write({"customer_note": "RT-77", "is_note_signed": True})
        clerk.action_enter_papers()
        self.assertEqual(consignment.papers_by_id, self.users_by_login["cx_service"])
        self.assertIn("RT-77", self._todos(consignment, "cx_quality").note)
        with self.assertRaisesRegex(UserError, "entered already"):
            clerk.action_enter_papers()
        consignment.action_place()
        self.assertEqual(consignment.state, "placed")

    def test_came_without_papers(self):
        """A parcel without papers is not stuck: the clerk says so."""
        self._choose("papers")
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        consignment.is_without_papers = True
        consignment.action_enter_papers()
        consignment.action_place()
        self.assertEqual(consignment.state, "placed")

    def test_unannounced_goods_are_taken_in_whatever_is_missing(self):
        """Nobody announced it, no papers, not inspected: the goods are in the place of the profile at once."""
        self._choose("aftersales")
        self._receive_without_rma(self._parcel(), (self.product, 3))
        self.assertEqual(self._stands_in(self.aftersales), 3)

    def test_days_to_collect_of_the_profile(self):
        """The profile's days win over the company's; 0 leaves the company's."""
        self._choose("count_first")
        self.env.company.cx_collect_days = 3
        profile = self.env.company.cx_receipt_profile_id
        for days, expected in ((0, 3), (7, 7)):
            profile.collect_days = days
            consignment = self._parcel(waybill=f"D{days}")
            consignment.action_count()
            consignment.action_place()
            placed = consignment.placed_on.date()
            self.assertEqual((consignment.collect_by_date - placed).days, expected)

    def test_two_step_receipt_goes_where_its_route_says(self):
        """At a dock outside quarantine the profile does not replace the warehouse's own first place."""
        self._choose("aftersales")
        dock = self.env["stock.location"].create({"name": "Dock", "location_id": self.warehouse.view_location_id.id})
        self.assertEqual(self.warehouse._cx_first_place(dock, self.product, self.env.company.cx_receipt_profile_id), dock)
        self.product.cx_is_rohs = True
        self.assertEqual(self.warehouse._cx_first_place(
            self.zone, self.product, self.env.company.cx_receipt_profile_id), self.warehouse.cx_rohs_loc_id)


@tagged("post_install", "-at_install")
class TestDockAftersales(ProfileCommon):
    """Goods that after-sales keeps for the time being, and repaired ones that wait for the customer's word."""

    def test_repaired_and_back_by_the_aftersales_warehouse(self):
        """Signed for and kept, inspected, repaired, checked, kept again, and shipped as agreed: quantities at each step.

        [S2.18-11] [S2.18-16] [S2.18-20]
        """
        self._choose("aftersales")
        line, consignment = self._announced(5, customer_note="T-1", is_note_signed=True)
        self._receive(line.rma_id.picking_ids)
        self.assertEqual((self._stands_in(self.aftersales), self._stands_in(self.zone)), (5, 0))
        self._assert_line(line, received=5, quarantine=5)
        self.assertEqual(consignment.state, "counted")
        consignment.action_enter_papers()
        consignment.action_place()
        self.assertIn("Enter the papers", self._summaries(consignment, "cx_employee"))

        self.repair = self.env.ref("cx_complaint.verdict_rework").copy({
            "name": "Repair", "work": "repair", "destination": "customer"})
        self._inspect(line, (self.repair, 4), (self.scrap, 1)).action_finish()
        self.assertEqual(self._summaries(line.rma_id, "cx_planning"), ["Schedule the repair"])
        self.assertFalse(line._open_store_moves(), "they stand there already")

        repair = line.disposition_ids.filtered(lambda d: d.work == "repair")
        self._as("cx_quality", repair).action_approve()
        self.assertEqual(repair.source_location_id, self.aftersales)
        self._as("cx_planning", repair).action_execute()
        repair.production_ids.with_context(skip_redirection=True).button_mark_done()
        self.assertEqual((self._stands_in(self.aftersales), self._stands_in(self.warehouse.cx_reworked_loc_id)), (1, 4))
        self._as("cx_quality", repair).action_release()
        stock_in = line._open_store_moves().picking_id
        self.assertEqual(stock_in.location_dest_id, self.aftersales)
        self.assertEqual(repair.next_step, "move")
        self.assertFalse(self._todos(line.rma_id, "cx_employee"), "not before the goods are there")

        self._carry_out(stock_in)
        self.assertEqual((self._stands_in(self.aftersales), self._stands_in(self.warehouse.cx_reworked_loc_id)), (5, 0))
        self._assert_line(line, received=5, quarantine=5, in_work=0, final=0)
        self.assertEqual(self._summaries(line.rma_id, "cx_employee"), ["Repaired goods are there"])
        self.assertEqual(repair.next_step, "execute", "after-sales goes on as agreed with the customer")

        self._as("cx_planning", repair).action_execute()
        back = repair.move_ids.picking_id - stock_in
        self.assertEqual((back.location_id, back.location_dest_id.usage), (self.aftersales, "customer"))
        self._as("cx_planning", repair).action_execute()
        self.assertEqual(repair.move_ids.picking_id - stock_in, back, "pressed twice it ships once")
        self._carry_out(back)
        self.assertEqual(repair.state, "done")
        self._assert_line(line, received=5, quarantine=1, final=4)

    def test_serials_wait_each_for_itself(self):
        """One of two repaired serials passes the check: it alone is kept, and it alone goes back."""
        self._choose("aftersales")
        product = self._create_product("Cx Drive", tracking="serial")
        lots = self._create_lots(product, "S1", "S2")
        line = self._receive_goods(product, 2, lots={lots[0]: 1, lots[1]: 1})
        repair = self._as("cx_quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "lot_ids": [(6, 0, lots.ids)], "work": "repair", "destination": "customer"})
        repair.action_approve()
        self._as("cx_planning", repair).action_execute()
        for order in repair.sudo().production_ids:
            order.with_context(skip_redirection=True).button_mark_done()
        self._as("cx_quality", self.env["cx.disposition.release"]).create(
            {"disposition_id": repair.id, "lot_ids": [(6, 0, lots[0].ids)]}).action_release()
        stock_in = line._open_store_moves()
        self.assertEqual(stock_in.move_line_ids.lot_id, lots[0])
        self._carry_out(stock_in.picking_id)
        self._as("cx_planning", repair).action_execute()
        out = repair.sudo().move_ids.filtered(lambda move: move.location_dest_id.usage == "customer")
        self.assertEqual(out.move_line_ids.lot_id, lots[0])
        self._carry_out(out.picking_id)
        self._assert_line(line, received=2, quarantine=1, final=1)

    def test_inspected_goods_are_put_into_the_aftersales_warehouse(self):
        """Received into the return zone, they are put away after the inspection; decisions follow them.

        [S2.18-16]
        """
        self._choose("aftersales")
        self.env.company.cx_receipt_profile_id.first_place = "returns"
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self._enter_and_place(consignment)
        self.assertEqual(self._stands_in(self.zone), 5)
        self._inspect(line, (self.scrap, 2)).action_finish()
        transfer = line._open_store_moves().picking_id
        self.assertEqual(sum(transfer.move_ids.mapped("product_uom_qty")), 5)
        scrap = self._as("cx_quality", line.disposition_ids)
        scrap.action_approve()
        self.assertEqual(self._codes(scrap, "execute"), ["being_stored"])
        self._carry_out(transfer)
        self.assertEqual(self._stands_in(self.aftersales), 5)
        self.assertEqual(scrap.source_location_id, self.aftersales)
        scrap.action_execute()
        self._assert_line(line, received=5, quarantine=3, final=2)
        self.assertEqual(self._stands_in(self.aftersales), 3)

    def test_nothing_leaves_by_a_transfer_within_quarantine(self):
        """The clerk redirects the transfer to stock: the gate holds."""
        self._choose("aftersales")
        self.env.company.cx_receipt_profile_id.first_place = "returns"
        line, consignment = self._announced(5)
        self._receive(line.rma_id.picking_ids)
        self._enter_and_place(consignment)
        self._inspect(line, (self.good, 5)).action_finish()
        transfer = self._as("cx_warehouse", line._open_store_moves().picking_id)
        transfer.move_ids.move_line_ids.location_dest_id = self.warehouse.lot_stock_id
        transfer.move_ids.picked = True
        with self.assertRaises(UserError):
            transfer.button_validate()
        self._assert_line(line, received=5, quarantine=5)
