from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .profile_common import ProfileCommon


@tagged("post_install", "-at_install")
class TestDockParcels(ProfileCommon):
    """Parcels as they come: one for several complaints, several for one, in two steps, for the other company."""

    def test_one_parcel_with_lines_of_three_complaints(self):
        """Three complaints, three returns, one box: counted together, and each return knows what is its own."""
        rmas = self.env["cx.rma"].concat(*[
            self._authorise(self._deliver(self.product, 10), quantity) for quantity in (2, 3, 4)])
        self.assertEqual(len(rmas.complaint_ids), 3)
        self._as("cx_sales", rmas).action_announce_consignment()
        consignment = self._as("cx_warehouse", rmas.consignment_ids)
        self.assertEqual((len(consignment), len(consignment.picking_ids)), (1, 3))
        consignment.action_arrive()
        consignment.pieces_arrived = 1
        consignment.action_count()
        together = self.env["stock.picking"].browse(
            self._as("stock_only", rmas.picking_ids).action_cx_receive_together()["res_id"])
        self.assertEqual(together.cx_consignment_id, consignment.sudo())
        clerk = self._as("stock_only", together)
        by_line = {move.sudo().cx_rma_line_id: move for move in clerk.move_ids}
        for line, counted in zip(rmas.line_ids.sorted("quantity"), (2, 1, 4), strict=True):
            by_line[line].quantity = counted
        clerk.move_ids.picked = True
        clerk.button_validate()
        for line, received in zip(rmas.line_ids.sorted("quantity"), (2, 1, 4), strict=True):
            self._assert_line(line, received=received, quarantine=received, expected=line.quantity - received)
        self.assertEqual(rmas.sorted(lambda rma: rma.line_ids.quantity).mapped("state"),
                         ["received", "receiving", "received"])
        self.assertEqual(consignment.state, "placed", "what is missing comes with another parcel")
        self.assertEqual(self._in_quarantine(self.product), 7)

    def test_one_complaint_over_four_parcels(self):
        """Ten in four boxes: 3, 3, 2 and 2; after each box received, expected and the parcels' states agree."""
        line = self._authorise(self._deliver(self.product, 10), 10).line_ids
        received = 0
        parcels = self.Consignment
        for number, counted in enumerate((3, 3, 2, 2), 1):
            parcel = self._parcel(waybill=f"BOX-{number}", rma_ids=line.rma_id.ids)
            self.assertEqual(len(parcel.picking_ids), 1)
            self._receive(parcel.picking_ids, {self.product: counted})
            received += counted
            parcels |= parcel
            self._assert_line(line, received=received, quarantine=received, expected=10 - received, missing=0)
            self.assertEqual(set(parcels.mapped("state")), {"placed"})
            self.assertEqual(line.rma_id.state, "received" if received == 10 else "receiving")
        self.assertEqual(line.rma_id.consignment_count, 4)
        self.assertEqual(len(line.move_ids.picking_id.cx_consignment_id), 4)

    def test_two_step_receipt_with_backorder(self):
        """Counted at the dock in two goes, carried in in three: what is at the dock is not in quarantine yet."""
        dock = self.env["stock.location"].create({
            "name": "Dock", "usage": "internal", "location_id": self.warehouse.view_location_id.id})
        self.env["stock.route"].create({
            "name": "Dock to quarantine", "product_selectable": False, "warehouse_selectable": True,
            "warehouse_ids": [Command.set(self.warehouse.ids)],
            "rule_ids": [Command.create({
                "name": "Dock to quarantine", "action": "push", "location_src_id": dock.id,
                "location_dest_id": self.zone.id, "picking_type_id": self.warehouse.int_type_id.id})]})
        self.warehouse.cx_return_type_id.default_location_dest_id = dock
        line, first = self._announced(5)
        self._receive(first.picking_ids, {self.product: 3})
        self._assert_line(line, expected=5, received=0, quarantine=0)
        self.assertEqual(self._stands_in(dock), 3)
        backorder = line._open_receipt_moves().picking_id
        self.assertFalse(backorder.cx_consignment_id, "it comes with a parcel of its own")

        carried = self._as("stock_only", line.move_ids.filtered(
            lambda move: move.state != "done" and move.location_id == dock).picking_id)
        carried.move_ids.write({"quantity": 2, "picked": True})
        carried.with_context(skip_backorder=True).button_validate()
        self._assert_line(line, expected=3, received=2, quarantine=2, undecided=2)

        second = self._parcel(waybill="SECOND", rma_ids=line.rma_id.ids)
        self.assertEqual(second.picking_ids, backorder.with_env(second.env))
        self._receive(second.picking_ids)
        self._assert_line(line, expected=3, received=2, quarantine=2)
        self.assertEqual(self._stands_in(dock), 3)
        for picking in line.move_ids.filtered(lambda move: move.state not in ("done", "cancel")).picking_id:
            self._validate(picking)
        self._assert_line(line, expected=0, received=5, quarantine=5)
        self.assertEqual((self._stands_in(dock), self._stands_in(self.zone)), (0, 5))
        self.assertEqual(line.rma_id.state, "received")

    def _elsewhere(self):
        """A second company with a warehouse, and a clerk and somebody of customer service who work in both."""
        other = self.env["res.company"].create({"name": "Elsewhere"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", other.id)]) or self.env[
            "stock.warehouse"].create({"name": "Elsewhere", "code": "ELS", "company_id": other.id})
        both = (self.env.company | other).ids
        for login, groups in (("both_clerk", "cx_complaint.group_warehouse,stock.group_stock_user"),
                              ("both_service", "cx_complaint.group_service")):
            self.users_by_login[login] = new_test_user(
                self.env, login, groups=groups, company_id=self.env.company.id, company_ids=[Command.set(both)])
        return other, warehouse, both

    def test_goods_of_the_other_company_s_warehouse(self):
        """A clerk of both companies: each box goes into its own company's quarantine, and no line takes the other's."""
        other, warehouse, both = self._elsewhere()
        line = self._authorise(self._deliver(self.product, 5), 5).line_ids
        Consignment = self._as("both_clerk", self.Consignment).with_context(allowed_company_ids=both)
        box = Consignment.create({
            "waybill": "ELSE-1", "company_id": other.id, "partner_id": self.customer.id, "pieces_arrived": 1})
        self.assertEqual(box.warehouse_id, warehouse.with_env(box.env))
        box.action_arrive()
        with self.assertRaises(UserError):
            box.rma_ids = [Command.link(line.rma_id.id)]
        self.env.invalidate_all()
        self._as("both_clerk", self.env["cx.consignment.receive"]).with_context(allowed_company_ids=both).create({
            "consignment_id": box.id, "line_ids": [Command.create({"product_id": self.product.id, "quantity": 2})],
        }).action_receive()
        moves = box.sudo().picking_ids.move_ids
        self.assertEqual(moves.location_dest_id.cx_warehouse_id, warehouse)
        self.assertEqual(moves.company_id, other)
        self._assert_line(line, received=0, quarantine=0, expected=5)
        self.assertEqual(self._in_quarantine(self.product), 0, "nothing in the first company's quarantine")
        service = line.with_user(self.users_by_login["both_service"]).with_context(allowed_company_ids=both)
        with self.assertRaisesRegex(UserError, "is not what"):
            service._adopt(moves.with_env(service.env))
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", box).with_context(allowed_company_ids=self.env.company.ids).action_count()

    def test_one_announcement_is_for_one_warehouse(self):
        """RMAs of two companies in one selection are no parcel; nor are two warehouses of one. Nothing is made."""
        other, _warehouse, both = self._elsewhere()
        first = self._authorise(self._deliver(self.product, 5), 5)
        foreign = self.env["cx.rma"].with_company(other).create({
            "partner_id": self.customer.id, "company_id": other.id})
        foreign.sudo().decision = "authorised"
        second_house = self.env["stock.warehouse"].create({"name": "Second", "code": "SEC"})
        second = self._draft(self._complain(self._deliver(self.product, 5), 5), warehouse_id=second_house.id)
        second.action_authorise()
        before = self.Consignment.search_count([])
        for pair in (first | foreign, first | second):
            with self.assertRaisesRegex(UserError, "several customers or warehouses"):
                pair.with_user(self.users_by_login["both_service"]).with_context(
                    allowed_company_ids=both).action_announce_consignment()
        self.assertEqual(self.Consignment.search_count([]), before)

    def test_an_empty_or_wide_selection_gets_a_sentence(self):
        """A list's button pressed on nothing, or on two where one is meant: a sentence, no error of the program."""
        nothing = self._as("cx_service", self.env["cx.rma"])
        with self.assertRaisesRegex(UserError, "Choose the RMAs"):
            nothing.action_announce_consignment()
        boxes = self._parcel(waybill="A") | self._parcel(waybill="B")
        for some in (boxes, boxes.browse()):
            for verb in ("receive_unassigned", "identify"):
                with self.assertRaisesRegex(UserError, "one at a time"):
                    getattr(some, f"action_{verb}")()
        for model, verb in (("cx.disposition", "release_part"), ("cx.rma.line", "decide"), ("cx.inspection", "view_photos")):
            with self.subTest(model=model), self.assertRaisesRegex(UserError, "one at a time"):
                getattr(self._as("cx_quality", self.env[model]), f"action_{verb}")()
        line = self._as("cx_service", self.env["cx.rma.line"])
        with self.assertRaisesRegex(UserError, "Choose"):
            line.action_answer_difference("accepted", "Why")
        with self.assertRaisesRegex(UserError, "Choose"):
            self._as("cx_quality", line).action_report_mismatch("What")


@tagged("post_install", "-at_install")
class TestDockPickup(ProfileCommon):
    """Goods that we fetch, and the ways by which goods come."""

    def _to_fetch(self, **vals):
        rma = self._authorise(self._deliver(self.product, 5), 5)
        return rma, self._as("cx_sales", self.Consignment).create({
            "rma_ids": rma.ids, "pickup": "own", "driver_id": self.users_by_login["cx_employee"].id,
            "expected_date": "2026-12-01", **vals})

    def test_the_driver_gets_a_return_note(self):
        """Announced for our driver it has a number and lists what to fetch; a parcel that the customer sends has none.

        [S2.14-5]
        """
        rma, fetched = self._to_fetch()
        self.assertFalse(fetched.return_note)
        with self.assertRaises(AccessError):
            fetched.return_note = "RN-1"
        fetched.action_announce()
        self.assertTrue(fetched.return_note)
        paper = fetched._paper("return_note")
        self.assertEqual(paper["number"], fetched.return_note)
        goods = next(section for section in paper["sections"] if section["code"] == "goods")
        self.assertEqual([(row[1], row[4]) for row in goods["rows"]],
                         [(rma.return_number, f"5 {self.product.uom_id.name}")])
        sent = self._as("cx_sales", self.Consignment).create({"rma_ids": rma.ids})
        sent.action_announce()
        self.assertFalse(sent.return_note)
        _rma, second = self._to_fetch()
        second.action_announce()
        self.assertNotEqual(second.return_note, fetched.return_note)

    def test_the_return_note_lists_what_is_still_to_come(self):
        """What came with another parcel is not fetched once more."""
        rma, fetched = self._to_fetch()
        fetched.action_announce()
        self._receive(rma.picking_ids, {self.product: 2})
        self.env.invalidate_all()
        self.assertEqual([quantity for _line, quantity in fetched._expected_goods()], [3])

    def test_the_return_note_is_issued_as_a_controlled_paper(self):
        """Issued it is frozen like every paper; the company's own form gives title and number. [S2.14-5]"""
        self.env["cx.form"].create({
            "name": "Defective Return Note", "paper": "return_note", "company_id": self.env.company.id, "number": "QR-5"})
        _rma, fetched = self._to_fetch()
        fetched.action_announce()
        action = fetched.with_context(force_report_rendering=True).action_issue_paper()
        paper = self.env["cx.paper"].browse(action["res_id"])
        self.assertEqual((paper.form_number, paper.document_name), ("QR-5", fetched.return_note))
        self.assertEqual(paper.data["form"]["title"], "Defective Return Note")

    def test_channels_by_which_goods_come(self):
        """Post, express, air freight, carried by a person: filtered and grouped; our driver is a channel by itself.

        [S2.07-7]
        """
        boxes = {
            channel: self._parcel(waybill=f"C-{channel}", channel=channel)
            for channel in ("post", "express", "air", "person")}
        for channel, box in boxes.items():
            found = self.Consignment.search([("channel", "=", channel), ("waybill", "=like", "C-%")])
            self.assertEqual(found, box.sudo())
        groups = dict(self.Consignment._read_group(
            [("waybill", "=like", "C-%")], ["channel"], ["__count"]))
        self.assertEqual(groups, dict.fromkeys(boxes, 1))
        _rma, fetched = self._to_fetch()
        self.assertEqual(fetched.channel, "driver")
        fetched.pickup = "customer"
        self.assertFalse(fetched.channel)
