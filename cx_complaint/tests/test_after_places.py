from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from ..models.erp import stock_warehouse
from .common import CxCommon

APART = ("cx_discount_loc_id", "cx_internal_loc_id", "cx_sample_loc_id")


@tagged("post_install", "-at_install")
class TestApartPlaces(CxCommon):
    """Discount stock, internal sale and sample store: ours, but out of reach of ordinary orders."""

    def _worth(self, product):
        """What the Locations report shows, per place."""
        self.env.invalidate_all()
        return {quant.location_id: quant.value for quant in self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id.usage", "=", "internal")])}

    def _shift(self, product, quantity, destination, lot=None):
        stock = self.warehouse.lot_stock_id
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity,
            "location_id": stock.id, "location_dest_id": destination.id,
            "move_line_ids": [(0, 0, {
                "product_id": product.id, "quantity": quantity, "lot_id": lot and lot.id,
                "location_id": stock.id, "location_dest_id": destination.id})],
        })
        move.picked = True
        move._action_done()

    def _buy(self, product, quantity, price, lot=None):
        supplier = self.env.ref("stock.stock_location_suppliers")
        stock = self.warehouse.lot_stock_id
        move = self.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "price_unit": price,
            "location_id": supplier.id, "location_dest_id": stock.id, "picking_type_id": self.warehouse.in_type_id.id,
            "move_line_ids": [(0, 0, {
                "product_id": product.id, "quantity": quantity, "lot_id": lot and lot.id,
                "location_id": supplier.id, "location_dest_id": stock.id})],
        })
        move.picked = True
        move._action_done()
        move.value_manual = quantity * price

    def test_stock_manager_does_not_move_the_fence(self):
        manager = new_test_user(self.env, "apart_stock_manager", groups="stock.group_stock_manager")
        place = self.warehouse.cx_discount_loc_id.with_user(manager)
        for name, value in (("cx_apart_role", False), ("cx_apart_warehouse_id", False), ("cx_role", False)):
            with self.assertRaises(AccessError):
                place[name] = value
        empty = self.env["stock.warehouse"].create({"name": "Empty", "code": "EMP"})
        with self.assertRaisesRegex(UserError, "ordinary orders would reserve them"):
            empty.cx_discount_loc_id.with_user(manager).location_id = empty.view_location_id

    def test_a_place_with_goods_is_not_moved(self):
        place = self.warehouse.cx_discount_loc_id
        self._put_in_stock(self.product, 3, location=place)
        with self.assertRaisesRegex(UserError, "is kept apart, and cannot be moved elsewhere"):
            place.location_id = self.warehouse.view_location_id

    def test_ordinary_orders_do_not_reach_what_is_kept_apart(self):
        """Three in each place, none on stock: nothing on hand, free or forecast, and the order stays unreserved."""
        for field in APART:
            self._put_in_stock(self.product, 3, location=self.warehouse[field])
        self.assertEqual(
            (self.product.qty_available, self.product.free_qty, self.product.virtual_available), (0, 0, 0))
        order = self._sell((self.product, 2), deliver=False)
        self.assertEqual(order.picking_ids.state, "confirmed")
        self.assertFalse(order.picking_ids.move_line_ids)

    def test_values_agree_to_the_cent(self):
        """Ten at 7.33: one in each place and seven on stock are 73.30 together, however they are valued."""
        for method in ("standard", "average", "fifo"):
            for tracking, lot_valuated in (("none", False), ("lot", True)):
                with self.subTest(method=method, lot_valuated=lot_valuated):
                    category = self.env["product.category"].create({"name": method, "property_cost_method": method})
                    product = self._create_product(
                        f"{method} {tracking}", tracking=tracking, categ_id=category.id, lot_valuated=lot_valuated,
                        standard_price=7.33)
                    lot = self._create_lots(product, "A") if tracking == "lot" else None
                    self._buy(product, 10, 7.33, lot)
                    for field in APART:
                        self._shift(product, 1, self.warehouse[field], lot)
                    worth = self._worth(product)
                    for field in APART:
                        self.assertAlmostEqual(worth[self.warehouse[field]], 7.33, 2)
                    self.assertAlmostEqual(worth[self.warehouse.lot_stock_id], 51.31, 2)
                    self.assertAlmostEqual(product.total_value, 73.3, 2)
                    self.assertAlmostEqual(product.with_context(warehouse_id=self.warehouse.id).total_value, 51.31, 2)

    def test_warehouse_brings_its_places_and_takes_them_along(self):
        """Made with the warehouse, outside of it, renamed and archived with it; a shelf below belongs to its place."""
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        places = self.env["stock.location"].browse([warehouse[field].id for field in APART])
        self.assertEqual(places.mapped("cx_apart_role"), ["discount", "internal", "sample"])
        self.assertEqual(places.cx_apart_warehouse_id, warehouse)
        self.assertFalse(places.warehouse_id, "outside the warehouse's view location")
        self.assertFalse(places.cx_warehouse_id, "kept apart is not quarantine")
        self.assertEqual(warehouse.cx_sample_loc_id.display_name, "CX2-APT/Sample Store")
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": warehouse.cx_sample_loc_id.id})
        self.assertEqual((shelf.cx_apart_role, shelf.cx_apart_warehouse_id), ("sample", warehouse))
        warehouse.code = "CX3"
        self.assertEqual((warehouse.cx_apart_loc_id.name, warehouse.cx_discount_loc_id.barcode),
                         ("CX3-APT", "CX3-APT-DSC"))
        warehouse.active = False
        self.assertFalse(any(places.mapped("active")) or warehouse.cx_apart_loc_id.active)
        warehouse.active = True
        self.assertTrue(all(places.mapped("active")) and warehouse.cx_apart_loc_id.active)

    def test_warehouses_of_yesterday_get_the_places(self):
        self.warehouse.write(dict.fromkeys(["cx_apart_loc_id", *APART], False))
        left = self.env["stock.location"].search([("cx_apart_warehouse_id", "=", self.warehouse.id)])
        self.env["stock.warehouse"]._cx_ensure_all()
        self.assertTrue(all(self.warehouse[field] in left for field in APART), "found again by their barcodes")
        before = self.env["stock.location"].with_context(active_test=False).search_count([])
        self.env["stock.warehouse"]._cx_ensure_all()
        self.assertEqual(self.env["stock.location"].with_context(active_test=False).search_count([]), before)

    def test_leaving_keeps_what_holds_goods_and_coming_back_adopts_it(self):
        """Uninstalled with goods in the sample store: it and its parent stay, the rest is archived; all is found again."""
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        sample, discount, root = warehouse.cx_sample_loc_id, warehouse.cx_discount_loc_id, warehouse.cx_apart_loc_id
        self._put_in_stock(self.product, 3, location=sample)
        with patch.object(stock_warehouse._logger, "info") as info:
            warehouse._cx_retire_quarantine()
        self.assertEqual([call.args[1] for call in info.call_args_list], ["CX2-APT/Sample Store"])
        self.assertEqual((sample.active, root.active, discount.active), (True, True, False))
        # what dropping the addon's columns leaves behind
        (sample | discount | root).sudo().write({"cx_role": False, "cx_root_warehouse_id": False})
        warehouse.write(dict.fromkeys(["cx_apart_loc_id", *APART], False))
        warehouse._cx_ensure_quarantine()
        self.assertEqual((warehouse.cx_sample_loc_id, warehouse.cx_discount_loc_id), (sample, discount))
        self.assertTrue(sample.active and root.active and discount.active)
        self.assertEqual(sample.cx_apart_role, "sample")
