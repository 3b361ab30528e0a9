from odoo.exceptions import UserError
from odoo.tests import tagged

from ..rules import ways
from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestGoodsWays(ReworkCommon):
    """Every work and every destination: what is refused, which documents there are, where the goods stand after each step."""

    def _decide_badly(self, line, code, **vals):
        """The code of the blocker that a decision meets."""
        disposition = self._decide(line, approve=False, **vals)
        blockers = self._as("cx_quality", disposition)._blockers("approve")
        self.assertIn(code, [blocker.code for blocker in blockers], vals)
        disposition.unlink()
        return blockers

    def _send(self, disposition):
        """Execute and let the warehouse do the transfer."""
        self._execute(disposition)
        transfer = disposition._open_leaving_moves().picking_id
        self._as("stock_only", transfer).button_validate()
        self._assert_sums(disposition.rma_line_id)
        self.assertEqual((disposition.state, disposition.done_qty), ("done", disposition.quantity))
        return transfer

    # Which fit

    def test_works_and_destinations_that_do_not_fit(self):
        """Every pair of the table that does not fit is refused in a sentence, and the form does not offer it."""
        line = self._come_back(self.product, 1)
        for work in ways.WORKS:
            for destination in ways.DESTINATIONS:
                if not ways.fits(work, destination):
                    code = "scrap_needs_no_work" if destination == "scrap" else "misfit"
                    with self.subTest(work=work, destination=destination):
                        [blocker] = [found for found in self._decide_badly(
                            line, code, work=work, destination=destination) if found.code == code]
                        self.assertTrue(blocker.text.endswith(".") and blocker.way_out.endswith("."))
        disposition = self._decide(line, work="dismantle", approve=False)
        self.assertEqual(disposition.fitting_destinations, ["stock"])

    # Kept apart

    def test_discount_internal_and_sample(self):
        """Qualified goods that cannot be sold to dealers go straight to discount stock; others to internal sale and samples.

        [S2.05-24]
        """
        line = self._come_back(self.product, 9)
        on_hand = self.product.qty_available
        value = self.product.total_value
        places = {"discount": self.warehouse.cx_discount_loc_id, "internal": self.warehouse.cx_internal_loc_id,
                  "sample": self.warehouse.cx_sample_loc_id}
        for quantity, (destination, place) in zip((4, 3, 2), places.items(), strict=True):
            transfer = self._send(self._decide(line, quantity, destination=destination))
            self.assertEqual(transfer.picking_type_id, self.warehouse.cx_release_type_id)
            self.assertEqual(self._on_hand(self.product, place), quantity)
        self.assertEqual((line.received_qty, line.quarantine_qty, line.final_qty, line.undecided_qty), (9, 0, 9, 0))
        self.assertEqual(self.product.qty_available, on_hand, "nobody can promise them as new")
        self.assertAlmostEqual(self.product.total_value, value, 2)

    def test_the_gate_tells_the_places_apart(self):
        """Decided for discount stock, goods go neither to stock nor to the samples."""
        line = self._come_back(self.product, 2)
        disposition = self._decide(line, 2, destination="discount")
        self._execute(disposition)
        transfer = disposition._open_leaving_moves().picking_id
        for place in (self.warehouse.lot_stock_id, self.warehouse.cx_sample_loc_id):
            with self.assertRaisesRegex(UserError, "which decides otherwise"), self.env.cr.savepoint():
                transfer.move_line_ids.location_dest_id = place
                self._as("stock_only", transfer).button_validate()
        stock = self._decide(self._come_back(self.product, 1), 1)
        self._execute(stock)
        transfer = stock._open_leaving_moves().picking_id
        with self.assertRaisesRegex(UserError, "which decides otherwise"), self.env.cr.savepoint():
            transfer.move_line_ids.location_dest_id = self.warehouse.cx_discount_loc_id
            self._as("stock_only", transfer).button_validate()

    # Back to the vendor

    def test_back_to_vendor(self):
        """Five of eight go back to the vendor of the product, by a transfer of their own; value leaves with them."""
        vendor = self.env["res.partner"].create({"name": "Cx Foundry"})
        self.product.seller_ids = [(0, 0, {"partner_id": vendor.id})]
        line = self._come_back(self.product, 8)
        before = self.product.total_value
        disposition = self._decide(line, 5, destination="vendor")
        self.assertEqual(disposition.vendor_id, vendor)
        self._execute(disposition)
        transfer = disposition._open_leaving_moves().picking_id
        self.assertRecordValues(transfer, [{
            "picking_type_id": self.warehouse.cx_vendor_type_id.id, "partner_id": vendor.id,
            "location_id": self.returns_zone.id, "location_dest_id": vendor.property_stock_supplier.id}])
        self.assertEqual((line.quarantine_qty, line.final_qty), (8, 0))
        with self.assertRaisesRegex(UserError, "still allows 5"), self.env.cr.savepoint():
            transfer.move_ids.quantity = 6
            self._as("stock_only", transfer).button_validate()
        self._as("stock_only", transfer).button_validate()
        self._assert_sums(line)
        self.assertEqual((line.quarantine_qty, line.final_qty, line.undecided_qty), (3, 5, 3))
        self.assertEqual(disposition.state, "done")
        self.assertAlmostEqual(self.product.total_value, before - 5 * self.product.standard_price, 2)

    def test_back_to_vendor_wants_vendor_and_consent(self):
        """Without a vendor nothing goes; the customer's goods need his word."""
        theirs = self._come_back(self.product, 2, goods_owner="customer")
        self._decide_badly(theirs, "no_vendor", destination="vendor")
        vendor = self.env["res.partner"].create({"name": "Cx Foundry"})
        self._decide_badly(theirs, "no_consent", destination="vendor", vendor_id=vendor.id)
        disposition = self._decide(
            theirs, 2, destination="vendor", vendor_id=vendor.id, owner_consent="Ms Li by telephone, 3 May")
        with self.assertRaisesRegex(UserError, "Vendor"):
            disposition.vendor_id = self.customer
        self._send(disposition)
        self.assertEqual((theirs.quarantine_qty, theirs.final_qty), (0, 2))
