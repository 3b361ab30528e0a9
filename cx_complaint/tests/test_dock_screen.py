import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .dock_common import DockCommon

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


class DockScreenCommon(DockCommon):
    """A clerk who may work at the dock and has no stock rights at all; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "dock_clerk", groups="cx_complaint.group_warehouse")
        cls.dock = cls.env["cx.dock"].with_user(cls.clerk)
        cls.product.barcode = "4006381333931"

    def _announce(self, *rmas, waybill="WB 1", **vals):
        rma = self.env["cx.rma"].concat(*rmas)
        consignment = self._as("cx_service", self.Consignment).create({
            "waybill": waybill, "partner_id": rma[:1].partner_id.id, "rma_ids": rma.ids, **vals})
        consignment.action_announce()
        return consignment

    def _scan(self, consignment, code, counts=(), asked=None):
        return self.dock.scan(consignment.id, code, list(counts), asked)

    def _place(self, consignment, counts, token="token-0001", pieces=1, **facts):
        answer = self.dock.place(consignment.id, counts, {"pieces_arrived": pieces, **facts}, token)
        self.env.invalidate_all()
        return answer["screen"]

    def _assert_not_placed(self, message, consignment, counts, **facts):
        """The count is refused with this sentence, as a whole."""
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            self._place(consignment, counts, **facts)

    def _count(self, rma_or_line, quantity, **vals):
        """An entry of what is expected of an RMA of one line."""
        line = rma_or_line.line_ids if rma_or_line._name == "cx.rma" else rma_or_line
        return {"move_id": line._open_receipt_moves().id, "quantity": quantity, **vals}


@tagged("post_install", "-at_install")
class TestDockScreen(DockScreenCommon):
    """The screen of the dock: find the parcel, count, photo, place."""

    # Refused

    def test_only_the_warehouse_has_the_screen(self):
        """Every door is shut for everybody else."""
        consignment = self._parcel()
        for login in ("cx_service", "cx_sales", "cx_quality", "stock_only", "cx_employee"):
            dock = self._as(login, self.env["cx.dock"])
            for call in (
                dock.awaited, lambda dock=dock: dock.find("1"), lambda dock=dock: dock.start("token-0001"),
                lambda dock=dock: dock.show(consignment.id), lambda dock=dock: dock.scan(consignment.id, "1", []),
                lambda dock=dock: dock.add_photo(consignment.id, "a", PNG),
                lambda dock=dock: dock.place(consignment.id, [], {}, "token-0001"),
            ):
                with self.assertRaises(AccessError):
                    call()

    def test_posted_ids_are_checked(self):
        """A parcel of another company, none at all, a move that is not of the parcel, a lot of another product."""
        company = self.env["res.company"].create({"name": "Elsewhere"})
        foreign = self.Consignment.create({"waybill": "F", "company_id": company.id})
        with self.assertRaises(AccessError):
            self.dock.show(foreign.id)
        for nonsense in (False, "1", None, True, [1], 2**31 - 1):
            with self.assertRaisesRegex(UserError, "does not exist"):
                self.dock.show(nonsense)
        consignment = self._parcel()
        other = self._authorise(self._deliver(self.product, 5), 5)
        tracked = self._create_product("Tracked", tracking="lot")
        lot = self._create_lots(tracked, "L1")
        for entry in (
            self._count(other, 1), {"product_id": self.product.id, "quantity": -1},
            {"product_id": self.product.id, "lot_id": lot.id, "quantity": 1},
        ):
            self._assert_not_placed("does not fit this parcel", consignment, [entry])
        self.assertFalse(consignment.picking_ids)

    def test_incomplete_counts(self):
        """Nothing counted, no lot, several units of one serial number, a half unit, no pieces: one sentence each."""
        serial = self._create_product("Serial", tracking="serial")
        consignment = self._parcel(pieces_arrived=0)
        for counts, pieces, message in (
            ([], 1, "nothing is counted"),
            ([{"product_id": self.product.id, "quantity": 0}], 1, "nothing is counted"),
            ([{"product_id": serial.id, "quantity": 1}], 1, "Lot Unreadable"),
            ([{"product_id": serial.id, "quantity": 2, "lot_name": "S1"}], 1, "one number is one unit"),
            ([{"product_id": serial.id, "quantity": 0.5, "is_unreadable": True}], 1, "whole units"),
            ([{"product_id": self.product.id, "quantity": 1}], 0, "pieces are not counted"),
        ):
            self._assert_not_placed(message, consignment, counts, pieces=pieces)
        self._assert_not_placed("out of date", consignment, [{"product_id": self.product.id, "quantity": 1}], token="x")
        self.assertFalse(consignment.picking_ids)

    def test_a_photo_is_a_photo(self):
        """No text, no drawing with a program in it; the same photo is kept once."""
        consignment = self._parcel()
        for data in ("", "no base64!", base64.b64encode(b"<svg xmlns='http://www.w3.org/2000/svg'/>").decode(), None):
            with self.assertRaisesRegex(UserError, "no photo"):
                self.dock.add_photo(consignment.id, "a.png", data)
        for _try in range(2):
            photos = self.dock.add_photo(consignment.id, "a.png", PNG)["photos"]
        self.assertEqual([photo["name"] for photo in photos], ["a.png"])
        self.assertEqual(consignment.photo_ids.with_user(self.users_by_login["cx_service"]).raw, base64.b64decode(PNG))

    def test_company_wants_photo_and_signature(self):
        """What the company wants before a parcel is counted holds here too."""
        self.env.company.cx_is_arrival_photo_needed = self.env.company.cx_is_driver_signature_needed = True
        consignment = self._parcel()
        screen = self.dock.show(consignment.id)["screen"]
        self.assertTrue(screen["is_photo_needed"] and screen["is_signature_needed"])
        counts = [{"product_id": self.product.id, "quantity": 1}]
        self._assert_not_placed("did not sign[^\n]*\n[^\n]*no photo", consignment, counts)
        self.dock.add_photo(consignment.id, "a.png", PNG)
        self.assertEqual(self._place(consignment, counts, is_driver_signed=True)["state"], "Placed")
        self.assertTrue(consignment.is_driver_signed)

    # Finding the parcel

    def test_waybill_finds_the_parcel(self):
        """However it is written; it is at the dock from then on. One that nobody announced starts as unannounced."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        announced = self._announce(rma, waybill="1Z-47/11")
        screen = self.dock.find("1z 4711")["screen"]
        self.assertEqual((screen["id"], announced.state), (announced.id, "arrived"))
        self.assertEqual([line["expected"] for group in screen["groups"] for line in group["lines"]], [5])
        stranger = self.dock.find("NEW-1")["screen"]
        self.assertEqual(self.dock.find("new 1")["screen"]["id"], stranger["id"], "scanned again: the same parcel")
        record = self.Consignment.browse(stranger["id"])
        self.assertEqual((record.state, record.is_announced, record.partner_id.id), ("arrived", False, False))
        self.assertIn("Who sent it?", self._todos(record, "cx_service").mapped("summary"))
        self.assertLessEqual({announced.id, record.id}, {row["id"] for row in self.dock.awaited()})

    def test_codes_that_are_no_waybill(self):
        """A product, nothing at all: one sentence with the way out, and no parcel."""
        before = self.Consignment.search_count([])
        with self.assertRaisesRegex(UserError, "is a product. Scan the waybill"):
            self.dock.find("4006381333931")
        with self.assertRaisesRegex(UserError, "no number of a waybill"):
            self.dock.find(" -- ")
        self.assertEqual(self.Consignment.search_count([]), before)

    def test_several_parcels_of_one_waybill(self):
        """The clerk chooses."""
        parcels = self._parcel(waybill="TWIN") | self._parcel(waybill="TWIN")
        self.assertEqual({row["id"] for row in self.dock.find("twin")["rows"]}, set(parcels.ids))

    def test_no_waybill(self):
        """A parcel without waybill and sender: one tap, and a call that is repeated starts no second one."""
        before = self.Consignment.search([])
        self.dock.start("token-start")
        with self.assertRaisesRegex(UserError, "in the list already"):
            self.dock.start("token-start")
        record = self.Consignment.search([]) - before
        self.assertEqual((len(record), record.state), (1, "arrived"))
        self.assertIn("Who sent it?", self._todos(record, "cx_service").mapped("summary"))

    def test_the_rma_on_the_label(self):
        """Its label finds the parcel of an RMA, or starts one; in an unannounced parcel its lines join it."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        screen = self.dock.find(rma.name)["screen"]
        self.assertEqual(screen["customer"], self.customer.display_name)
        self.assertEqual(self.dock.find(rma.name)["screen"]["id"], screen["id"])
        second = self._authorise(self._deliver(self.product, 3), 3)
        stranger = self._parcel(partner=self.env["res.partner"], waybill="S")
        answer = self._scan(stranger, second.name)
        self.assertEqual((answer["kind"], answer["screen"]["customer"]), ("rma", self.customer.display_name))
        self.assertEqual([line["expected"] for group in answer["screen"]["groups"] for line in group["lines"]], [3])
        self.assertIn("expected with", self._scan(stranger, rma.name)["message"])
        foreign = self._authorise(
            self._deliver(self.product, 1, partner=(partner := self.env["res.partner"].create({"name": "Other"}))), 1,
            partner=partner)
        self.assertEqual(self._scan(stranger, foreign.name)["kind"], "refused")
        self.assertNotIn(foreign, stranger.rma_ids)

    def test_an_rma_that_expects_nothing(self):
        """The label of an expired RMA: the parcel is its customer's, the goods are received without RMA."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        rma.action_expire()
        screen = self.dock.find(rma.name)["screen"]
        self.assertEqual((screen["customer"], screen["groups"]), (self.customer.display_name, []))
        stranger = self._parcel(partner=self.env["res.partner"], waybill="S")
        answer = self._scan(stranger, rma.name)
        self.assertIn("expects nothing", answer["message"])
        self.assertEqual(stranger.partner_id, self.customer)
        self._place(stranger, [{"product_id": self.product.id, "quantity": 5}])
        self._assert_line(rma.line_ids, received=0)
        self.assertEqual(self._unassigned().mapped("quantity"), [5])

    def test_from_the_consignment(self):
        """Its form opens the screen with this parcel."""
        consignment = self._parcel()
        action = consignment.with_user(self.clerk).action_view_dock()
        self.assertEqual((action["tag"], action["params"]), ("cx_complaint.dock", {"consignment_id": consignment.id}))

    def test_list_of_parcels(self):
        """What stands here comes first, then what is expected, the most urgent on top; what is placed is not there."""
        announced = self.Consignment.browse()
        for day in ("2026-03-02", "2026-03-01", False):
            announced |= self._announce(
                self._authorise(self._deliver(self.product, 1), 1), waybill=f"D {day}", expected_date=day)
        here, placed = self._parcel(waybill="HERE"), self._parcel(waybill="PLACED")
        self._place(placed, [{"product_id": self.product.id, "quantity": 1}])
        own = announced | here | placed
        rows = [row for row in self.dock.awaited() if row["id"] in own.ids]
        self.assertEqual([row["id"] for row in rows], [here.id, announced[1].id, announced[0].id, announced[2].id])
        self.assertEqual([row["is_here"] for row in rows], [True, False, False, False])

    # Scanning goods

    def test_plain_barcodes(self):
        """The product's own barcode, that of its packaging, a code that nobody knows."""
        rma = self._authorise(self._deliver(self.product, 20), 20)
        consignment = self._announce(rma)
        answer = self._scan(consignment, "4006381333931")
        self.assertEqual([(fill["move_id"], fill["quantity"]) for fill in answer["fills"]],
                         [(rma.line_ids._open_receipt_moves().id, 1)])
        dozen = self.env.ref("uom.product_uom_dozen")
        self.env["product.uom"].create({"product_id": self.product.id, "uom_id": dozen.id, "barcode": "DOZEN-1"})
        self.assertEqual(self._scan(consignment, "DOZEN-1")["fills"][0]["quantity"], 12)
        answer = self._scan(consignment, "WHATEVER")
        self.assertEqual((answer["kind"], answer["fills"]), ("unknown", []))
        self.assertIn("Unknown Product", answer["message"])

    def test_gs1_codes(self):
        """Article number, lot, serial number, pieces, kilograms; with Odoo's own nomenclature or the company's."""
        lotted = self._create_product("Lotted", tracking="lot", barcode="5901234123457")
        lots = self._create_lots(lotted, "LOT-A", "LOT-B")
        rma = self._authorise(self._deliver(lotted, 9, {lots[0]: 5, lots[1]: 4}), 9)
        serial = self._create_product("Serial", tracking="serial", barcode="9780201379624")
        number = self._create_lots(serial, "SN-1")
        one = self._authorise(self._deliver(serial, 1, {number: 1}), 1)
        weighed = self._create_product("Weighed", barcode="4012345678901", uom_id=self.env.ref("uom.product_uom_kgm").id)
        consignment = self._announce(rma, one)
        for nomenclature in ("barcodes.default_barcode_nomenclature", "barcodes_gs1_nomenclature.default_gs1_nomenclature"):
            self.env.company.nomenclature_id = self.env.ref(nomenclature)
            fill = self._scan(consignment, "010590123412345710LOT-B\x1d3704")["fills"][0]
            self.assertEqual((fill["product_id"], fill["lot_id"], fill["quantity"]), (lotted.id, lots[1].id, 4))
            fill = self._scan(consignment, "]C1010978020137962421SN-1")["fills"][0]
            self.assertEqual((fill["product_id"], fill["lot_id"], fill["quantity"]), (serial.id, number.id, 1))
            fill = self._scan(consignment, "01040123456789013103001250")["fills"][0]
            self.assertEqual((fill["product_id"], fill["move_id"], fill["quantity"]), (weighed.id, False, 1.25))
            answer = self._scan(consignment, "01059012341234573003")
            self.assertEqual((answer["kind"], answer["asked"]["quantity"]), ("ask_lot", 3))
            fill = self._scan(consignment, "LOT-A", asked=answer["asked"])["fills"][0]
            self.assertEqual((fill["lot_id"], fill["quantity"]), (lots[0].id, 3), "the first code said how many")
            answer = self._scan(consignment, "]C1010123456789012810LOT-A")
            self.assertEqual((answer["kind"], answer["fills"]), ("unknown", []), "an article that nobody knows")
            answer = self._scan(consignment, "1012345", asked={"product_id": lotted.id, "quantity": 0})
            self.assertEqual(answer["fills"][0]["lot_name"], "1012345", "a lot that only looks like GS1")

    def test_lots_and_serials_by_name(self):
        """A lot is scanned alone, a serial number only once."""
        serial = self._create_product("Serial", tracking="serial")
        lots = self._create_lots(serial, "SN-1", "SN-2")
        rma = self._authorise(self._deliver(serial, 2, {lots[0]: 1, lots[1]: 1}), 2)
        consignment = self._announce(rma)
        fill = self._scan(consignment, "SN-2")["fills"][0]
        self.assertEqual(fill["lot_id"], lots[1].id)
        self.assertEqual(self._scan(consignment, "SN-2", [fill])["kind"], "already")

    # Placing

    def test_two_rmas_of_one_parcel(self):
        """Three lines of two RMAs, counted in full: received, in quarantine, quality is told. [S2.02-22]"""
        valve = self._create_product("Valve")
        first = self._authorise(self._deliver(self.product, 2), 2)
        second = self._draft(self._complain(self._deliver(self.product, 3), 3))
        self._complain_more(second, valve, 4)
        second.action_authorise()
        consignment = self._announce(first, second)
        screen = self.dock.find("WB1")["screen"]
        self.assertEqual([(group["name"], [line["expected"] for line in group["lines"]]) for group in screen["groups"]],
                         [(first.name, [2]), (second.name, [3, 4])])
        answer = self._scan(consignment, "4006381333931")
        self.assertEqual(answer["fills"][0]["move_id"], first.line_ids._open_receipt_moves().id)
        screen = self._place(consignment, [
            {"move_id": line["id"], "quantity": line["expected"]} for group in screen["groups"] for line in group["lines"]])
        self.assertEqual((screen["state"], len(screen["received"]), screen["expected"]), ("Placed", 3, []))
        self._assert_line(first.line_ids, received=2, quarantine=2, expected=0)
        self.assertEqual(second.line_ids.mapped("received_qty"), [3, 4])
        self.assertEqual((consignment.state, consignment.pieces_arrived, consignment.counted_by_id),
                         ("placed", 1, self.clerk))
        self.assertTrue(self._todos(consignment, "cx_quality"))
        self.assertFalse(self._unassigned())

    def _complain_more(self, rma, product, quantity):
        """One more line of a draft RMA, of another delivery."""
        move = self._deliver(product, quantity)
        complaint_line = self._complain(move, quantity)
        rma.line_ids = [(0, 0, {
            "complaint_line_id": complaint_line.id, "product_id": product.id, "origin_move_id": move.id,
            "quantity": quantity})]

    def test_not_everything_came(self):
        """Two of five, and nothing of the other RMA: only what was counted is received, the rest stays expected.

        [S2.01-27]
        """
        first = self._authorise(self._deliver(self.product, 5), 5)
        valve = self._create_product("Valve")
        second = self._authorise(self._deliver(valve, 3), 3)
        consignment = self._announce(first, second)
        screen = self._place(consignment, [self._count(first, 2)])
        self._assert_line(first.line_ids, received=2, quarantine=2, expected=3)
        self._assert_line(second.line_ids, received=0, expected=3)
        self.assertEqual([row["quantity"] for row in screen["expected"]], [3, 3])
        self.assertEqual(consignment.state, "placed")
        self.assertEqual(len(consignment.picking_ids), 1, "what did not come is of no parcel yet")
        later = self._parcel(waybill="LATER")
        self._scan(later, first.name)
        self._scan(later, second.name)
        self._place(later, [self._count(first, 3), self._count(second, 3)], token="token-0002")
        self._assert_line(first.line_ids, received=5, quarantine=5, expected=0)
        self._assert_line(second.line_ids, received=3, quarantine=3, expected=0)

    def test_more_and_other_than_announced(self):
        """Seven of five and a valve that nobody announced: the line says seven, the valve waits for an RMA."""
        rma = self._authorise(self._deliver(self.product, 10), 5)
        valve = self._create_product("Valve")
        consignment = self._announce(rma)
        self._place(consignment, [self._count(rma, 7), {"product_id": valve.id, "quantity": 1}])
        self._assert_line(rma.line_ids, received=7, quarantine=7)
        self.assertIn("7 of 5", rma.line_ids.receipt_note)
        self.assertEqual(self._unassigned().product_id, valve)
        self.assertIn("Goods without RMA", self._todos(consignment, "cx_service").mapped("summary"))

    def test_lots_unreadable_and_new(self):
        """One lot read, one unreadable, one that the books do not know: each unit has its lot, nothing is refused."""
        tracked = self._create_product("Tracked", tracking="lot")
        lots = self._create_lots(tracked, "L1", "L2")
        rma = self._authorise(self._deliver(tracked, 6, {lots[0]: 3, lots[1]: 3}), 6)
        consignment = self._announce(rma)
        self._place(consignment, [
            self._count(rma, 3, lot_id=lots[0].id), self._count(rma, 2, is_unreadable=True),
            self._count(rma, 1, lot_name="NEW")])
        received = rma.line_ids.move_ids.move_line_ids
        self.assertEqual(sorted(received.mapped("quantity")), [1, 2, 3])
        unreadable = received.lot_id.filtered("cx_is_return_lot")
        self.assertEqual(unreadable.cx_candidate_lot_ids, lots)
        self.assertIn("NEW", received.lot_id.mapped("name"))
        self.assertIn("Which lot is it?", self._todos(consignment, "cx_service").mapped("summary"))
        self._assert_line(rma.line_ids, received=6, quarantine=6)

    def test_serials_unreadable(self):
        """Two units whose serial number cannot be read get a number each, announced or not."""
        serial = self._create_product("Serial", tracking="serial")
        lots = self._create_lots(serial, "SN-1", "SN-2", "SN-3")
        rma = self._authorise(self._deliver(serial, 3, dict.fromkeys(lots, 1)), 3)
        consignment = self._announce(rma)
        self._place(consignment, [
            self._count(rma, 1, lot_id=lots[2].id), self._count(rma, 2, is_unreadable=True),
            {"product_id": self.product.id, "quantity": 1},
        ])
        received = rma.line_ids.move_ids.move_line_ids
        self.assertEqual(len(received.lot_id), 3)
        self.assertEqual(len(received.lot_id.filtered("cx_is_return_lot")), 2)
        other = self._parcel(waybill="OTHER")
        self._place(other, [{"product_id": serial.id, "quantity": 2, "is_unreadable": True}])
        self.assertEqual(len(other.sudo().picking_ids.move_ids.move_line_ids.lot_id.filtered("cx_is_return_lot")), 2)

    def test_unknown_product_of_an_unknown_sender(self):
        """Received all the same; customer service is asked who and what."""
        consignment = self.Consignment.browse(self.dock.find("NOBODY-1")["screen"]["id"])
        screen = self._place(consignment, [{"quantity": 3}])
        self.assertEqual(self._in_quarantine(self.unidentified), 3)
        self.assertEqual((consignment.state, screen["received"][0]["quantity"]), ("placed", 3))
        self.assertLessEqual({"Who sent it?", "Which product is it?", "Goods without RMA"},
                             set(self._todos(consignment, "cx_service").mapped("summary")))

    def test_missing_pieces_are_asked_for(self):
        """Two of three boxes on the waybill: customer service is to ask."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        consignment = self._announce(rma, pieces_announced=3)
        self._place(consignment, [self._count(rma, 5)], pieces=2)
        self.assertEqual(consignment.missing_pieces, 1)
        self.assertIn("Pieces are missing", self._todos(consignment, "cx_service").mapped("summary"))

    def test_other_unit_than_delivered(self):
        """Delivered by the dozen, counted by the unit."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self._put_in_stock(self.product, 24)
        order = self._sell((self.product, 24), deliver=False)
        order.action_cancel()
        order.action_draft()
        order.order_line.write({"product_uom_id": dozen.id, "product_uom_qty": 2})
        order.action_confirm()
        delivery = order.picking_ids.filtered(lambda picking: picking.state != "cancel")
        self._validate(delivery)
        rma = self._authorise(delivery.move_ids, 24)
        consignment = self._announce(rma)
        self.assertEqual(self.dock.show(consignment.id)["screen"]["groups"][0]["lines"][0]["expected"], 24)
        self._place(consignment, [self._count(rma, 15)])
        self._assert_line(rma.line_ids, received=15, quarantine=15, expected=9)

    # Once

    def test_a_repeated_call_receives_nothing_twice(self):
        """The answer was lost, the phone sends the count again: the same receipts, also of what nobody announced."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        valve = self._create_product("Valve")
        consignment = self._announce(rma)
        counts = [self._count(rma, 3), {"product_id": valve.id, "quantity": 1}]
        first = self._place(consignment, counts)
        self.assertEqual(self._place(consignment, counts), first)
        self._assert_line(rma.line_ids, received=3, expected=2)
        self.assertEqual(self._in_quarantine(valve), 1)

    def test_a_failed_call_is_repeated(self):
        """Refused for a reason, mended, sent again with the same token: received once."""
        consignment = self._parcel()
        counts = [{"product_id": self.product.id, "quantity": 2}]
        receive = patch.object(self.env.registry["cx.consignment"], "_receive_others", side_effect=UserError("No"))
        with receive:
            self._assert_not_placed("No", consignment, counts)
        self._place(consignment, counts)
        self.assertEqual(self._in_quarantine(self.product), 2)

    def test_somebody_else_received_it(self):
        """Received on the transfer meanwhile: the sentence names it, and nothing is received."""
        rma = self._authorise(self._deliver(self.product, 5), 5)
        consignment = self._announce(rma)
        counts = [self._count(rma, 5)]
        self._receive(rma.line_ids.move_ids.picking_id)
        self._assert_not_placed("called off meanwhile", consignment, counts)
        self._assert_line(rma.line_ids, received=5)
