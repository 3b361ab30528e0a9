from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkValues(ReworkCommon):
    """What goods are worth before, during and after work, to the cent."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.part = cls._create_product("Cx Chip", standard_price=3.33)
        cls._put_in_stock(cls.part, 1000)
        center = cls.env["mrp.workcenter"].create({"name": "Bench", "costs_hour": 60})
        cls.scheme = cls._create_scheme({
            "name": "Chip", "part_ids": [(0, 0, {"product_id": cls.part.id, "quantity": 2})],
            "operation_ids": [(0, 0, {"name": "Solder", "workcenter_id": center.id, "minutes": 10})],
        })

    @classmethod
    def _create_valued(cls, method, tracking="none", **vals):
        category = cls.env["product.category"].create({"name": method, "property_cost_method": method})
        return cls._create_product(f"Cx {method}", tracking=tracking, categ_id=category.id, **vals)

    @classmethod
    def _buy(cls, product, quantity, price, lots=None):
        """Receive at a price of its own."""
        move = cls.env["stock.move"].create({
            "product_id": product.id, "product_uom_qty": quantity, "price_unit": price,
            "location_id": cls.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": cls.warehouse.lot_stock_id.id, "picking_type_id": cls.warehouse.in_type_id.id,
        })
        cls._move_lots(move, quantity, lots)
        move._action_done()
        move.value_manual = quantity * price

    def _rework(self, line, quantity, lots=None):
        disposition = self._execute(
            self._decide(line, quantity, "rework", "stock", lots=lots, scheme_id=self.scheme.id))
        self._finish(disposition.production_ids)
        self._as("cx_quality", disposition).action_release()
        disposition._open_leaving_moves().picking_id.button_validate()
        self.assertEqual(disposition.state, "done")
        self.env.invalidate_all()
        return disposition.production_ids

    def _take_back(self, product, quantity, lots=None):
        order = self._sell((product, quantity), deliver=False)
        delivered = order.picking_ids.move_ids
        self._move_lots(delivered, quantity, lots)
        order.picking_ids.button_validate()
        line = self._create_rma_line(delivered, quantity, lots)
        self._receive(line, quantity, lots)
        return line

    def test_units_keep_their_value(self):
        """Rework with parts and work changes neither the value of the goods nor their cost, whatever the method."""
        for method in ("standard", "average", "fifo"):
            with self.subTest(method=method):
                product = self._create_valued(method)
                self._buy(product, 7, 10.01)
                self._buy(product, 3, 13.37)
                line = self._take_back(product, 5)
                before = (product.total_value, product.standard_price, product.qty_available)
                order = self._rework(line, 5)
                self.assertAlmostEqual(product.total_value, before[0], 2)
                self.assertAlmostEqual(product.standard_price, before[1], 2)
                self.assertAlmostEqual(
                    order._cx_returned_moves().value, order.move_finished_ids.value, 2)
                self.assertEqual(product.qty_available, before[2] + 5)

    def test_capitalised(self):
        """With the setting, parts (2 x 3.33) and ten minutes at 60 an hour raise each unit by 16.66."""
        self.env.company.cx_capitalise_rework = True
        product = self._create_valued("average")
        self._buy(product, 4, 10.0)
        line = self._take_back(product, 4)
        self.assertAlmostEqual(product.total_value, 40.0, 2)
        self._rework(line, 4)
        self.assertAlmostEqual(product.total_value, 40.0 + 4 * 16.66, 2)

    def test_serials_with_values_of_their_own(self):
        """Serials bought at 10 and 14 are still worth 10 and 14: valued by lot, each has an order of its own."""
        product = self._create_valued("average", tracking="serial", lot_valuated=True)
        cheap, dear = self._create_lots(product, "V1", "V2")
        self._buy(product, 1, 10.0, cheap)
        self._buy(product, 1, 14.0, dear)
        self.assertEqual((cheap.standard_price, dear.standard_price), (10.0, 14.0))
        line = self._take_back(product, 1, cheap)
        line.origin_move_id = self._take_back(product, 1, dear).move_ids.origin_returned_move_id
        line.move_ids |= self.env["stock.move"].search([("origin_returned_move_id", "=", line.origin_move_id.id)])
        orders = self._rework(line, 2, cheap | dear)
        self.assertEqual(len(orders), 2)
        self.assertEqual((cheap.standard_price, dear.standard_price), (10.0, 14.0))
        self.assertAlmostEqual(product.total_value, 24.0, 2)

    def test_scrap_takes_its_value_along(self):
        product = self._create_valued("average")
        self._buy(product, 4, 12.5)
        line = self._take_back(product, 4)
        self._execute(self._decide(line, 1, destination="scrap"))
        self.env.invalidate_all()
        self.assertAlmostEqual(product.total_value, 37.5, 2)

    def test_work_is_no_cost_of_the_goods(self):
        """With entries in real time no labour is booked into the goods, unless the company capitalises rework."""
        accounts = self.env["account.account"]
        account = accounts.create({"name": "In work", "code": "CXWIP", "account_type": "asset_current"})
        self.product.property_stock_production.valuation_account_id = account
        product = self._create_valued("average")
        product.categ_id.property_valuation = "real_time"
        self._buy(product, 4, 10.0)
        line = self._take_back(product, 4)
        self._rework(line, 2)
        labour = [("account_id", "=", account.id), ("name", "ilike", "Labour")]
        self.assertFalse(self.env["account.move.line"].search(labour))
        self.env.company.cx_capitalise_rework = True
        self._rework(line, 2)
        self.assertTrue(self.env["account.move.line"].search(labour))

    def test_unbuild_gives_the_value_back(self):
        product = self._create_valued("average")
        self._buy(product, 4, 12.34)
        line = self._take_back(product, 4)
        before = product.total_value
        disposition = self._execute(self._decide(line, 4, "rework"))
        self._finish(disposition.production_ids)
        self.env["mrp.unbuild"].create({
            "mo_id": disposition.production_ids.id, "product_id": product.id, "product_qty": 4,
            "location_id": self.reworked_zone.id, "location_dest_id": self.warehouse.lot_stock_id.id,
        }).action_unbuild()
        self.env.invalidate_all()
        self.assertAlmostEqual(product.total_value, before, 2)
        self.assertEqual(self._on_hand(product, self.returns_zone), 4)
        self.assertEqual((disposition.worked_qty, disposition.next_step), (0, "execute"))
