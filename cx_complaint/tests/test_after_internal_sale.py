from odoo.exceptions import AccessError, UserError
from odoo.tests import new_test_user, tagged

from .after_common import AfterCommon


@tagged("post_install", "-at_install")
class TestAfterInternalSale(AfterCommon):
    """Units for employees, at the price that finance sets and at no other."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.employee = cls.users_by_login["cx_employee"]
        cls.colleague = new_test_user(cls.env, "cx_colleague", groups="base.group_user")

    def _codes(self, item, verb):
        return [blocker.code for blocker in item._blockers(verb)]

    def test_employees_read_what_is_offered_and_nothing_else(self):
        """Every employee sees the offer with its photos; not what is to be priced, not whose return it was. [S2.18-26]"""
        offered = self._offer(self.serial_product, self.serial)
        hidden = self.env["cx.internal.sale.item"].create({
            "product_id": self.product.id, "price": 5, "warehouse_id": self.warehouse.id})
        items = self._as("cx_employee", self.env["cx.internal.sale.item"])
        self.assertEqual(items.search([("id", "in", (offered | hidden).ids)]), offered)
        read = items.browse(offered.id).read(["display_name", "price", "serial", "image_512", "condition", "list_price"])
        self.assertEqual((read[0]["price"], read[0]["serial"]), (70, "SN1"))
        self.assertTrue(read[0]["image_512"])
        for field in ("lot_id", "sale_line_ids", "value"):
            with self.assertRaises(AccessError):
                items.browse(offered.id).read([field])
        for vals in ({"price": 1.0}, {"requested_by_id": self.employee.id}, {"condition": "x"}):
            with self.assertRaises(AccessError):
                items.browse(offered.id).write(vals)
        with self.assertRaises(AccessError):
            items.browse(hidden.id).action_request()
        self.assertFalse(self._as("cx_employee", self.env["cx.complaint"]).search([]))

    def test_only_finance_prices_and_publishes(self):
        """Without price, photo and the unit in its place nothing is published; others than finance never publish."""
        item = self._as("cx_finance", self.env["cx.internal.sale.item"]).create({
            "product_id": self.serial_product.id, "warehouse_id": self.warehouse.id})
        self.assertEqual(self._codes(item, "publish"), ["no_price", "no_photo", "no_lot", "not_there"])
        with self.assertRaises(UserError):
            item.action_publish()
        for login in ("cx_sales", "cx_quality", "cx_employee", "cx_manager"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, item).action_publish()

    def test_published_price_is_not_changed_under_the_reader(self):
        item = self._as("cx_finance", self._offer(self.serial_product, self.serial))
        with self._refused("is published at .*70.00; what is offered and its price"):
            item.price = 60
        self._as("cx_employee", item).action_request()
        with self._refused("It is Reserved"):
            item.action_reprice()
        self._as("cx_employee", item).action_let_go()
        item.action_reprice()
        item.price = 60
        item.action_publish()
        self.assertEqual(item.price, 60)

    def test_first_come_first_served(self):
        item = self._offer(self.serial_product, self.serial)
        self._as("cx_employee", item).action_request()
        self.assertEqual((item.state, item.requested_by_id), ("reserved", self.employee))
        with self._refused("is not to be had any more"):
            item.with_user(self.colleague).action_request()
        with self._refused("is reserved for .*. Only he or finance can give it back"):
            item.with_user(self.colleague).action_let_go()
        self._as("cx_employee", item).action_let_go()
        item.with_user(self.colleague).action_request()
        self.assertEqual(item.requested_by_id, self.colleague)

    def test_sold_at_that_price_only(self):
        """Another price, a discount, another buyer, a second order: each is refused in a sentence. [S2.18-26]"""
        item = self._offer(self.serial_product, self.serial)
        self._as("cx_employee", item).action_request()
        buyer = self.employee.partner_id
        for partner, vals, message in (
            (buyer, {"price_unit": 60}, "is sold at .*70.00, as finance set it"),
            (buyer, {"discount": 10}, "is sold at .*70.00, as finance set it"),
            (buyer, {"product_uom_qty": 2}, "and as a whole"),
            (buyer, {"product_id": self.product.id}, "is not offered"),
            (self.customer, {}, "is sold to the employee who wants it, not to Cx Customer"),
            (self.colleague.partner_id, {}, "is sold to the employee who wants it"),
        ):
            with self.subTest(message=message, vals=vals), self._refused(message):
                self._quote(self.serial_product, 1, partner=partner, **{"cx_internal_item_id": item.id, **vals})
        self._as("cx_finance", item).action_sell()
        order = item.sale_line_ids.order_id
        self.assertEqual((order.state, order.amount_untaxed, order.partner_id), ("sale", 70, buyer))
        for vals in ({"price_unit": 60}, {"discount": 5}, {"product_uom_qty": 3}):
            with self._refused("as finance set it"):
                order.order_line.write(vals)
        with self._refused("is sold already"):
            self._quote(self.serial_product, 1, partner=buyer, cx_internal_item_id=item.id)
        with self._refused("It is Sold"):
            self._as("cx_finance", item).action_sell()

    def test_repaired_unit_that_became_ours_goes_to_an_employee(self):
        """It stands for internal sale, is listed once, priced from its grade, published, wanted, sold, and the very unit
        is delivered; stock, forecast and the other units never move. [S2.18-21]"""
        other = self._create_lots(self.serial_product, "SN2")
        self.serial.cx_grade_id = self.grade_b
        self._put_in_stock(self.serial_product, 1, [other, self.serial], location=self.internal_place)
        items = self._as("cx_finance", self.env["cx.internal.sale.item"])
        items.action_collect()
        items.action_collect()
        listed = items.search([("product_id", "=", self.serial_product.id)])
        self.assertEqual(sorted(listed.mapped("serial")), ["SN1", "SN2"], "each unit once")
        item = listed.filtered(lambda item: item.serial == "SN1")
        self.assertEqual(item.price, 80, "200 less 60 %")
        item.image_1920 = self.photo
        item.action_publish()
        self._as("cx_employee", item).action_request()
        item.action_sell()
        picking = item.sudo().sale_line_ids.order_id.picking_ids
        self.assertEqual(picking.move_line_ids.lot_id, self.serial, "the very unit is reserved")
        self.assertEqual((self.serial_product.qty_available, self.serial_product.virtual_available), (0, 0))
        picking.move_line_ids.lot_id = other
        picking.move_ids.picked = True
        with self._refused(r"was sold; Cx Drive \(SN2\) is another unit"):
            self._as("stock_only", picking).button_validate()
        picking.move_line_ids.lot_id = self.serial
        self._as("stock_only", picking).button_validate()
        self.assertEqual((picking.state, item.state), ("done", "sold"))
        self.assertEqual(self._standing(self.serial_product, self.internal_place), 1)
        self.assertAlmostEqual(self.serial_product.total_value, 10, 2)
        items.action_collect()
        self.assertEqual(items.search_count([("product_id", "=", self.serial_product.id)]), 2, "what left is not listed")

    def test_untracked_units_are_offered_one_by_one(self):
        self._put_in_stock(self.product, 3, location=self.internal_place)
        items = self._as("cx_finance", self.env["cx.internal.sale.item"])
        items.action_collect()
        listed = items.search([("product_id", "=", self.product.id)])
        self.assertEqual(listed.mapped("quantity"), [1, 1, 1])

    def test_leaving_another_way_is_refused(self):
        """By transfer, scrap or a count, goods for internal sale do not leave; a complaint manager's count does."""
        self._offer(self.serial_product, self.serial)
        transfer = self._create_transfer(
            self.serial_product, 1, self.internal_place, self.warehouse.lot_stock_id, self.serial)
        with self._refused("stands for internal sale .* leaves it as an item sold to an employee"):
            self._as("stock_only", transfer).button_validate()
        transfer.action_cancel()
        scrap = self._as("stock_only", self.env["stock.scrap"]).create({
            "product_id": self.serial_product.id, "lot_id": self.serial.id, "scrap_qty": 1,
            "location_id": self.internal_place.id})
        with self._refused("stands for internal sale"):
            scrap.action_validate()
        quant = self.env["stock.quant"].search([
            ("lot_id", "=", self.serial.id), ("location_id", "=", self.internal_place.id)])
        keeper = new_test_user(self.env, "keeper", groups="stock.group_stock_manager")
        with self._refused("stands for internal sale"):
            quant.with_user(keeper).with_context(inventory_mode=True).write({"inventory_quantity": 0})
            quant.with_user(keeper).action_apply_inventory()

    def test_cancelled_order_gives_the_item_back_to_who_wanted_it(self):
        item = self._offer(self.serial_product, self.serial)
        self._as("cx_employee", item).action_request()
        self._as("cx_sales", item).action_sell()
        self.assertEqual(item.state, "sold")
        item.sale_line_ids.order_id._action_cancel()
        self.assertEqual(item.state, "reserved")
        self._as("cx_sales", item).action_sell()
        self.assertEqual(len(item.sale_line_ids), 2)

    def test_published_items_are_records(self):
        item = self._offer(self.serial_product, self.serial)
        with self._refused("is kept as a record"):
            self._as("cx_finance", item).unlink()
        self._as("cx_quality", item).action_withdraw()
        self.assertEqual(item.state, "withdrawn")
        self.assertFalse(self._as("cx_employee", item).search([("id", "=", item.id)]))
