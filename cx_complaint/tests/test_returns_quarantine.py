from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..models.erp import stock_warehouse
from .common import CxCommon


class QuarantineCommon(CxCommon):
    """Goods put into quarantine by plain core moves, and what they are worth there."""

    @classmethod
    def _create_category(cls, method):
        return cls.env["product.category"].create({"name": method, "property_cost_method": method})

    @classmethod
    def _receive_from_vendor(cls, product, quantity, price, lots=None):
        move = cls.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "price_unit": price,
            "location_id": cls.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": cls.warehouse.lot_stock_id.id,
            "picking_type_id": cls.warehouse.in_type_id.id,
            "move_line_ids": [(0, 0, {"product_id": product.id, "quantity": lot_quantity, "lot_id": lot.id,
                                      "location_id": cls.env.ref("stock.stock_location_suppliers").id,
                                      "location_dest_id": cls.warehouse.lot_stock_id.id})
                              for lot, lot_quantity in (lots or {cls.env["stock.lot"]: quantity}).items()],
        })
        move.picked = True
        move._action_done()
        move.value_manual = quantity * price
        return move

    @classmethod
    def _shift(cls, product, quantity, destination, lot=None, owner=None, source=None):
        """Move goods by a plain internal move, as core does it."""
        source = source or cls.warehouse.lot_stock_id
        move = cls.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity,
            "location_id": source.id, "location_dest_id": destination.id,
            "move_line_ids": [(0, 0, {"product_id": product.id, "quantity": quantity, "lot_id": lot and lot.id,
                                      "owner_id": owner and owner.id,
                                      "location_id": source.id, "location_dest_id": destination.id})],
        })
        move.picked = True
        move._action_done()
        return move

    @classmethod
    def _values(cls, product):
        """Value per (location, lot, owner) as the Locations report shows it."""
        cls.env.invalidate_all()
        return {
            (quant.location_id, quant.lot_id, quant.owner_id): quant.value
            for quant in cls.env["stock.quant"].search([
                ("product_id", "=", product.id), ("location_id.usage", "=", "internal")])
        }


@tagged("post_install", "-at_install")
class TestQuarantineValue(QuarantineCommon):

    def setUp(self):
        super().setUp()
        self.zone = self.warehouse.cx_returns_loc_id
        self.stock = self.warehouse.lot_stock_id
        self.none = (self.env["stock.lot"], self.env["res.partner"])

    def _assert_agree(self, product, total):
        self.assertAlmostEqual(sum(self._values(product).values()), total, places=2)
        self.assertAlmostEqual(product.total_value, total, places=2)

    def test_average_cost_is_shared_between_stock_and_quarantine(self):
        """Ten in quarantine, fifteen on stock, at 7: 70 and 105, not 116.67 and 175."""
        product = self._create_product("Avco", categ_id=self._create_category("average").id)
        self._receive_from_vendor(product, 25, 7.0)
        self._shift(product, 10, self.zone)
        values = self._values(product)
        self.assertAlmostEqual(values[(self.zone, *self.none)], 70.0, places=2)
        self.assertAlmostEqual(values[(self.stock, *self.none)], 105.0, places=2)
        self._assert_agree(product, 175.0)

    def test_goods_only_in_quarantine_keep_their_value(self):
        for method in ("standard", "average", "fifo"):
            with self.subTest(method=method):
                product = self._create_product(method, categ_id=self._create_category(method).id)
                self._receive_from_vendor(product, 10, 10.0)
                self._shift(product, 10, self.zone)
                self.assertAlmostEqual(self._values(product)[(self.zone, *self.none)], 100.0, places=2)
                self._assert_agree(product, 100.0)

    def test_lots_valued_one_by_one(self):
        """Lot A at 10 and lot B at 13, ten of A in quarantine: worth 100 to the cent."""
        product = self._create_product(
            "Lots", tracking="lot", categ_id=self._create_category("average").id, lot_valuated=True)
        first, second = self._create_lots(product, "A", "B")
        self._receive_from_vendor(product, 20, 10.0, lots={first: 20})
        self._receive_from_vendor(product, 5, 13.0, lots={second: 5})
        self._shift(product, 10, self.zone, lot=first)
        self._shift(product, 5, self.zone, lot=second)
        values = self._values(product)
        nobody = self.env["res.partner"]
        self.assertAlmostEqual(values[self.zone, first, nobody], 100.0, places=2)
        self.assertAlmostEqual(values[self.stock, first, nobody], 100.0, places=2)
        self.assertAlmostEqual(values[self.zone, second, nobody], 65.0, places=2)
        self.assertAlmostEqual(first.total_value, 200.0, places=2)
        self._assert_agree(product, 265.0)

    def test_customers_goods_have_no_value_and_take_none(self):
        """Four of the customer's beside ten of ours: theirs are worth nothing, ours still 100."""
        for method in ("standard", "average", "fifo"):
            for lot_valuated in (False, True):
                with self.subTest(method=method, lot_valuated=lot_valuated):
                    product = self._create_product(
                        f"{method} {lot_valuated}", tracking="lot", categ_id=self._create_category(method).id,
                        lot_valuated=lot_valuated)
                    [lot] = self._create_lots(product, "A")
                    self._receive_from_vendor(product, 10, 10.0, lots={lot: 10})
                    self.env["stock.quant"]._update_available_quantity(
                        product, self.zone, 4, lot_id=lot, owner_id=self.customer)
                    values = self._values(product)
                    self.assertEqual(values[self.zone, lot, self.customer], 0.0)
                    self.assertAlmostEqual(values[self.stock, lot, self.env["res.partner"]], 100.0, places=2)
                    self._assert_agree(product, 100.0)

    def test_value_of_one_warehouse_leaves_quarantine_out(self):
        """Asked for one warehouse, six of ten units at 10 are 60: the four in quarantine belong to none."""
        product = self._create_product("Avco", categ_id=self._create_category("average").id)
        self._receive_from_vendor(product, 10, 10.0)
        self._shift(product, 4, self.zone)
        self.env.invalidate_all()
        self.assertAlmostEqual(product.with_context(warehouse_id=self.warehouse.id).total_value, 60.0, places=2)


@tagged("post_install", "-at_install")
class TestQuarantineTree(QuarantineCommon):

    def test_fence_is_not_moved_by_hand(self):
        manager = self.env["res.users"].create({
            "name": "Stock Manager", "login": "stock_manager",
            "group_ids": [(6, 0, [self.env.ref("stock.group_stock_manager").id])]})
        zone = self.warehouse.cx_returns_loc_id.with_user(manager)
        with self.assertRaises(AccessError):
            zone.cx_root_warehouse_id = self.warehouse
        with self.assertRaises(AccessError):
            zone.create({"name": "Trojan", "cx_root_warehouse_id": self.warehouse.id})
        self._put_in_stock(self.product, 3, location=self.warehouse.cx_returns_loc_id)
        with self.assertRaisesRegex(UserError, "in quarantine and cannot be moved out of it"):
            zone.location_id = self.warehouse.lot_stock_id

    def test_warehouse_with_goods_in_quarantine_is_not_archived(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        self._put_in_stock(self.product, 3, location=warehouse.cx_rohs_loc_id)
        with self.assertRaisesRegex(UserError, "still contain products"):
            warehouse.active = False

    def test_new_warehouse_brings_its_quarantine(self):
        """A tree outside the warehouse, behind it the types; neither on hand nor free, no route leads there."""
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        root = warehouse.cx_quarantine_loc_id
        self.assertEqual(root.usage, "view")
        self.assertEqual(root.barcode, "CX2-RET")
        tree = self.env["stock.location"].search([("cx_warehouse_id", "=", warehouse.id)])
        self.assertEqual(set(tree.mapped("cx_role")), {"root", "returns", "rohs", "reworked", "bonded", "aftersales"})
        self.assertFalse(tree.warehouse_id, "outside the warehouse's view location")
        self.assertEqual(warehouse.cx_rohs_loc_id.location_id, warehouse.cx_returns_loc_id)
        self.assertEqual(warehouse.cx_returns_loc_id.display_name, "CX2-RET/04")
        shelf = self.env["stock.location"].create({"name": "Shelf", "location_id": warehouse.cx_returns_loc_id.id})
        self.assertEqual(shelf.cx_warehouse_id, warehouse, "a shelf below belongs to the tree")
        types = warehouse._cx_operation_types()
        self.assertEqual(types.mapped("cx_role"), ["return", "back", "release", "vendor", "rework", "store"])
        others = self.env["stock.picking.type"].search([("warehouse_id", "=", warehouse.id), ("id", "not in", types.ids)])
        self.assertGreater(min(types.mapped("sequence")), max(others.mapped("sequence")))
        self.assertFalse(self.env["stock.rule"].search([("picking_type_id", "in", types.ids)]))
        self.assertFalse(warehouse.out_type_id.return_picking_type_id in types)
        self._put_in_stock(self.product, 3, location=warehouse.cx_returns_loc_id)
        self.assertEqual((self.product.qty_available, self.product.free_qty), (0.0, 0.0))

    def test_defaults_of_core_stay_with_core_types(self):
        company = self.env["res.company"].create({"name": "Cx Sister"})
        warehouse = self.env["stock.warehouse"].search([("company_id", "=", company.id)])
        self.assertEqual(warehouse.cx_returns_loc_id.company_id, company)
        for code, core_type in (("incoming", warehouse.in_type_id), ("mrp_operation", warehouse.manu_type_id)):
            first = self.env["stock.picking.type"].search(
                [("code", "=", code), ("company_id", "=", company.id)], limit=1)
            self.assertEqual(first, core_type)

    def test_ensuring_again_makes_nothing(self):
        warehouses = self.env["stock.warehouse"].search([])
        locations = self.env["stock.location"].with_context(active_test=False).search_count([])
        types = self.env["stock.picking.type"].with_context(active_test=False).search_count([])
        warehouses._cx_ensure_quarantine()
        self.assertEqual(self.env["stock.location"].with_context(active_test=False).search_count([]), locations)
        self.assertEqual(self.env["stock.picking.type"].with_context(active_test=False).search_count([]), types)

    def test_rename_and_archive_with_the_warehouse(self):
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        warehouse.code = "CX3"
        self.assertEqual(warehouse.cx_quarantine_loc_id.name, "CX3-RET")
        self.assertEqual(warehouse.cx_bonded_loc_id.barcode, "CX3-RET-BND")
        self.assertEqual(warehouse.cx_return_type_id.sequence_id.prefix, "CX3/RET/")
        warehouse.active = False
        tree = self.env["stock.location"].with_context(active_test=False).search(
            [("cx_warehouse_id", "=", warehouse.id)])
        self.assertEqual(len(tree), len(
            [place for place in stock_warehouse.PLACES if place.suffix.startswith("-RET")]))
        self.assertFalse(any(tree.mapped("active")))
        self.assertFalse(any(warehouse._cx_operation_types().mapped("active")))
        warehouse.active = True
        self.assertTrue(all(tree.mapped("active")))
        self.assertTrue(all(warehouse._cx_operation_types().mapped("active")))

    def test_leaving_keeps_what_holds_goods_and_coming_back_adopts_it(self):
        """Uninstalled with goods in the RoHS corner: it and its parents stay, the rest is archived; then all is found."""
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        rohs = warehouse.cx_rohs_loc_id
        tree = self.env["stock.location"].search([("cx_warehouse_id", "=", warehouse.id)])
        types = warehouse._cx_operation_types()
        self._put_in_stock(self.product, 3, location=rohs)
        with patch.object(stock_warehouse._logger, "info") as info:
            warehouse._cx_retire_quarantine()
        self.assertEqual([call.args[1] for call in info.call_args_list], ["CX2-RET/04/RoHS"])
        self.assertEqual(tree.filtered("active"), tree & (rohs | rohs.location_id | rohs.location_id.location_id))
        self.assertFalse(any(types.mapped("active")))
        # what dropping the addon's columns leaves behind
        tree.sudo().write({"cx_role": False, "cx_root_warehouse_id": False})
        warehouse.write({
            made.field: False for made in (*stock_warehouse.PLACES, *stock_warehouse.OPERATIONS)})
        warehouse._cx_ensure_quarantine()
        self.assertEqual(warehouse.cx_rohs_loc_id, rohs)
        self.assertEqual(self.env["stock.location"].search([("cx_warehouse_id", "=", warehouse.id)]), tree)
        self.assertEqual(warehouse._cx_operation_types(), types)
        self.assertTrue(all((tree | rohs).mapped("active")) and all(types.mapped("active")))

    def test_a_location_of_somebody_else_is_not_adopted(self):
        foreign = self.env["stock.location"].create({
            "name": "Mine", "usage": "internal", "barcode": "CX2-RET", "location_id": self.warehouse.lot_stock_id.id})
        warehouse = self.env["stock.warehouse"].create({"name": "Second", "code": "CX2"})
        self.assertNotEqual(warehouse.cx_quarantine_loc_id, foreign)
        self.assertFalse(warehouse.cx_quarantine_loc_id.barcode)
