from odoo.exceptions import AccessError
from odoo.tests import tagged

from .after_common import AfterCommon


@tagged("post_install", "-at_install")
class TestAfterRelease(AfterCommon):
    """Samples and other goods kept apart leave by a release, to where it says and no further."""

    def setUp(self):
        super().setUp()
        self._put_in_stock(self.product, 4, location=self.sample_place)

    def _propose(self, login="cx_quality", **vals):
        return self._as(login, self.env["cx.apart.release"]).create({
            "warehouse_id": self.warehouse.id, "location_id": self.sample_place.id, "product_id": self.product.id,
            "quantity": 3, "reason": "No longer needed", **vals})

    def _codes(self, release, verb="approve"):
        return [blocker.code for blocker in release._blockers(verb)]

    def test_samples_stay_without_a_release(self):
        transfer = self._create_transfer(self.product, 1, self.sample_place, self.warehouse.lot_stock_id)
        with self._refused("is a sample .* stays until quality releases it"):
            self._as("stock_only", transfer).button_validate()

    def test_who_decides(self):
        """Quality lets samples go, finance does not; others decide nothing."""
        release = self._propose()
        self.assertEqual(self._codes(self._as("cx_finance", release)), ["sample"])
        for login in ("cx_warehouse", "cx_service", "cx_sales"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, release).action_approve()

    def test_what_is_in_the_way_is_said_at_once(self):
        release = self._propose(
            destination="customer", quantity=9, location_id=self.warehouse.lot_stock_id.id)
        self.assertEqual(self._codes(release), ["not_apart", "no_customer", "too_much"])
        self.assertEqual(self._codes(self._propose(destination="sample")), ["same_place"])

    def test_no_more_and_nowhere_else_than_released(self):
        """Three to stock: four are refused, scrap is refused, three go; then nothing is left of the release."""
        release = self._propose()
        release.action_approve()
        picking = release.sudo().picking_id
        self.assertEqual(picking.state, "assigned")
        picking.move_ids.quantity = 4
        picking.move_ids.picked = True
        with self._refused("lets 3 Units go, not 4 Units"):
            self._as("stock_only", picking).button_validate()
        other = self._create_transfer(
            self.product, 1, self.sample_place, self.discount_place, cx_apart_release_id=release.id)
        with self._refused("and nothing else. Ask for a release of its own"):
            other.button_validate()
        other.action_cancel()
        picking.move_ids.quantity = 3
        self._as("stock_only", picking).button_validate()
        self.assertEqual((release.done_qty, self.product.qty_available), (3, 3))
        self.assertEqual(self._standing(self.product, self.sample_place), 1)
        more = self._create_transfer(
            self.product, 1, self.sample_place, self.warehouse.lot_stock_id, cx_apart_release_id=release.id)
        with self._refused("lets 3 Units go, not 4 Units"):
            more.button_validate()
        with self._refused("Its goods were moved"):
            release.action_cancel()

    def test_to_scrap_and_to_the_customer(self):
        """One is scrapped, one goes to the customer; what remains is a sample still, with its value."""
        scrap = self._propose(quantity=1, destination="scrap")
        send = self._propose(quantity=1, destination="customer", partner_id=self.customer.id)
        (scrap | send).action_approve()
        for picking in (scrap | send).sudo().picking_id:
            picking.move_ids.picked = True
            self._as("stock_only", picking).button_validate()
        self.assertEqual(scrap.sudo().move_ids.location_dest_id.usage, "inventory")
        self.assertEqual(send.sudo().move_ids.location_dest_id.usage, "customer")
        self.assertEqual(self._standing(self.product, self.sample_place), 2)
        self.assertAlmostEqual(self.product.total_value, 20, 2)

    def test_finance_gives_discount_goods_back_to_stock(self):
        self._put_in_stock(self.product, 2, location=self.discount_place)
        release = self._propose("cx_finance", location_id=self.discount_place.id, quantity=2)
        release.action_approve()
        picking = release.sudo().picking_id
        picking.move_ids.picked = True
        self._as("stock_only", picking).button_validate()
        self.assertEqual(self.product.qty_available, 2)

    def test_cancelled_release_lets_nothing_go(self):
        release = self._propose()
        release.action_approve()
        release.action_cancel()
        self.assertEqual(release.sudo().picking_id.state, "cancel")
        late = self._create_transfer(
            self.product, 1, self.sample_place, self.warehouse.lot_stock_id, cx_apart_release_id=release.id)
        with self._refused("once it is approved"):
            late.button_validate()

    def test_decided_goods_are_not_swapped(self):
        release = self._propose()
        release.action_approve()
        with self._refused("is decided; its goods and their way"):
            release.quantity = 4
        with self._refused("kept as a record"):
            release.unlink()
        self.assertTrue(release.sudo().picking_id.move_ids.cx_apart_release_id)
        with self._refused("cannot be changed"):
            self._as("stock_only", release.sudo().picking_id.move_ids).cx_apart_release_id = False

    def test_the_list_says_since_when_and_proposes(self):
        """What stands in the sample store is listed with its day, and a release is proposed from the list."""
        action = self.env["ir.actions.act_window"]._for_xml_id("cx_complaint.stock_quant_action_apart")
        self.assertIn("cx_apart_role", action["domain"])
        quant = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id.cx_apart_role", "=", "sample")])
        self.assertTrue(quant.in_date)
        release = self.env["cx.apart.release"].browse(quant.action_cx_release()["res_id"])
        self.assertEqual((release.quantity, release.location_id, release.state), (4, self.sample_place, "proposed"))
