from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from .after_common import AfterCommon


@tagged("post_install", "-at_install")
class TestAfterDiscount(AfterCommon):
    """Goods out of discount stock: by a line that says so, at the discount that was decided."""

    def setUp(self):
        super().setUp()
        self._put_in_stock(self.product, 5, location=self.discount_place)

    def _set_rate(self, discount, grade=None):
        return self._as("cx_finance", self.env["cx.discount.rate"]).create({
            "product_id": self.product.id, "discount": discount, "grade_id": grade and grade.id})

    def test_without_a_decided_discount_nothing_is_sold(self):
        order = self._quote(self.product, 2, cx_from_discount=True)
        with self._refused("has no price in discount stock. Ask finance or the head of sales"):
            order.action_confirm()

    def test_nobody_sells_below_the_discount(self):
        """20 at 40 % off are 12: 50 % off, or a price of 10, are refused before and after the confirmation."""
        self._set_rate(40)
        order = self._quote(self.product, 2, cx_from_discount=True)
        self.assertEqual(order.order_line.discount, 40)
        order.order_line.discount = 50
        with self._refused("40 % off, which is .*12.00.*; S.* gives it for .*10.00"):
            order.action_confirm()
        order.order_line.write({"discount": 40, "price_unit": 10})
        with self._refused("Take the price that is set"):
            order.action_confirm()
        order.order_line.price_unit = 20
        order.action_confirm()
        with self._refused("Take the price that is set"):
            order.order_line.discount = 60
        with self._refused("is confirmed; where Cx Pump is taken from"):
            order.order_line.cx_from_discount = False

    def test_only_finance_and_the_head_of_sales_decide(self):
        manager = new_test_user(self.env, "head_of_sales", groups="sales_team.group_sale_manager")
        self.env["cx.discount.rate"].with_user(manager).create({"product_id": self.product.id, "discount": 10})
        for login in ("cx_sales", "sales_only", "cx_service", "cx_warehouse", "cx_employee"):
            with self.subTest(login=login), self.assertRaises(AccessError):
                self._as(login, self.env["cx.discount.rate"]).create({"product_id": self.product.id, "discount": 90})

    def test_ordinary_line_does_not_take_from_discount_stock(self):
        """None on stock, five in discount stock: the ordinary order waits, by transfer they do not get out either."""
        order = self._quote(self.product, 2)
        order.action_confirm()
        self.assertFalse(order.picking_ids.move_line_ids)
        picking = order.picking_ids
        picking.move_ids.move_line_ids = [(0, 0, {
            "product_id": self.product.id, "quantity": 2, "location_id": self.discount_place.id,
            "location_dest_id": picking.location_dest_id.id})]
        picking.move_ids.picked = True
        with self._refused("stands in discount stock .* leaves it by an order line marked"):
            self._as("stock_only", picking).button_validate()
        transfer = self._create_transfer(self.product, 1, self.discount_place, self.warehouse.lot_stock_id)
        with self._refused("Mark the line, or ask finance or quality"):
            self._as("stock_only", transfer).button_validate()

    def test_sold_by_a_salesman_with_nothing_but_sales_rights(self):
        """Qualified goods that no dealer takes any more, discounted together: five in discount stock are collected on
        one list, finance takes 40 % off, a salesman sells two for 24, the clerk delivers them from there; stock and
        forecast never move, the value goes with the goods. [S2.05-24]"""
        rates = self._as("cx_finance", self.env["cx.discount.rate"])
        rates.action_collect()
        rates.action_collect()
        rate = rates.search([("product_id", "=", self.product.id)])
        self.assertEqual(rate.mapped("standing_qty"), [5], "listed once")
        rate.discount = 40
        order = self._as("sales_only", self.env["sale.order"]).create({
            "partner_id": self.customer.id, "warehouse_id": self.warehouse.id,
            "order_line": [(0, 0, {"product_id": self.product.id, "product_uom_qty": 2, "cx_from_discount": True})]})
        self.assertEqual((order.order_line.discount, order.amount_untaxed), (40, 24))
        order.action_confirm()
        picking = order.picking_ids
        self.assertEqual((picking.location_id, picking.state), (self.discount_place, "assigned"))
        self.assertEqual(
            (self.product.qty_available, self.product.free_qty, self.product.virtual_available), (0, 0, 0))
        self.assertAlmostEqual(self.product.total_value, 50, 2)
        picking.move_ids.picked = True
        self._as("stock_only", picking).button_validate()
        self.env.invalidate_all()
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(self._standing(self.product, self.discount_place), 3)
        self.assertEqual((self.product.qty_available, self.product.virtual_available), (0, 0))
        self.assertAlmostEqual(self.product.total_value, 30, 2)
        rate.invalidate_recordset()
        self.assertEqual(rate.standing_qty, 3)

    def test_more_than_stands_there_waits_and_is_neither_bought_nor_made(self):
        self._set_rate(40)
        self.product.route_ids = self.env.ref("mrp.route_warehouse0_manufacture")
        order = self._quote(self.product, 7, cx_from_discount=True)
        order.action_confirm()
        self.assertEqual(order.picking_ids.move_ids.quantity, 5)
        self.assertEqual(order.picking_ids.move_ids.procure_method, "make_to_stock")

    def test_ordinary_and_discounted_line_of_one_order(self):
        """The two lines are two transfers: one from stock, one from discount stock."""
        self._set_rate(40)
        self._put_in_stock(self.product, 1)
        order = self._quote(self.product, 1, cx_from_discount=True)
        order.order_line = [(0, 0, {"product_id": self.product.id, "product_uom_qty": 1})]
        order.action_confirm()
        self.assertEqual(order.picking_ids.location_id, self.discount_place | self.warehouse.lot_stock_id)
        self._validate(order.picking_ids)
        self.assertEqual(order.order_line.mapped("qty_delivered"), [1, 1])
        self.assertEqual(self._standing(self.product, self.discount_place), 4)

    def test_picked_and_shipped_in_two_steps(self):
        self._set_rate(40)
        self.warehouse.delivery_steps = "pick_ship"
        order = self._quote(self.product, 2, cx_from_discount=True)
        order.action_confirm()
        pick = order.picking_ids
        self.assertEqual(pick.location_id, self.discount_place)
        self._validate(pick)
        ship = order.picking_ids - pick
        self._validate(ship)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(self._standing(self.product, self.discount_place), 3)

    def test_grade_decides_the_discount_and_the_unit(self):
        """A unit of grade C is not sold as B; own discount of the product in a grade goes before the grade's."""
        second = self._create_lots(self.serial_product, "SN2")
        self.serial.cx_grade_id, second.cx_grade_id = self.grade_b, self.grade_c
        self._put_in_stock(self.serial_product, 1, [second, self.serial], location=self.discount_place)
        order = self._quote(self.serial_product, 1, cx_from_discount=True, cx_grade_id=self.grade_b.id)
        self.assertEqual(order.order_line.discount, 30)
        self.env["cx.discount.rate"].create({"product_id": self.serial_product.id, "discount": 20})
        order.order_line.cx_grade_id = self.grade_c
        self.assertEqual(order.order_line.discount, 20, "the product's goes before the grade's")
        self.env["cx.discount.rate"].create({
            "product_id": self.serial_product.id, "discount": 55, "grade_id": self.grade_b.id})
        order.order_line.cx_grade_id = self.grade_b
        self.assertEqual(order.order_line.discount, 55)
        order.action_confirm()
        self.assertEqual(order.picking_ids.move_line_ids.lot_id, self.serial, "reserved by grade")
        order.picking_ids.move_line_ids.lot_id = second
        order.picking_ids.move_ids.picked = True
        with self._refused("SN2 of Cx Drive is of grade C, S.* sells grade B"):
            order.picking_ids.button_validate()

    def test_mark_taken_off_again(self):
        self._set_rate(40)
        order = self._quote(self.product, 2, cx_from_discount=True)
        order.order_line.cx_from_discount = False
        self.assertEqual(order.order_line.discount, 0)
