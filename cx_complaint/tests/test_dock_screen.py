import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .dock_screen_common import DockScreenCommon

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestDockScreen(DockScreenCommon):
    """The screen of the dock: find the parcel, photo, what a code means."""

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
