from odoo.tests import tagged

from .after_common import AfterCommon


@tagged("post_install", "-at_install")
class TestAfterValues(AfterCommon):

    def test_kit_with_the_same_component_twice(self):
        """A kit names its clamp on two lines: one kit back in quarantine and one kept apart are worth 40 of 100."""
        lamp = self._create_product("Cx Lamp Set", is_storable=True, standard_price=0.0)
        self.env["mrp.bom"].create({
            "product_tmpl_id": lamp.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                (0, 0, {"product_id": self.product.id, "product_qty": 1}),
                (0, 0, {"product_id": self.product.id, "product_qty": 1})]})
        self._put_in_stock(self.product, 6)
        self._put_in_stock(self.product, 2, location=self.warehouse.cx_returns_loc_id)
        self._put_in_stock(self.product, 2, location=self.discount_place)
        self.env.invalidate_all()
        self.assertEqual((lamp.qty_available, self.product.qty_available), (3, 6))
        self.assertAlmostEqual(self.product.total_value, 100, 2)
        quants = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("location_id.usage", "=", "internal")])
        self.assertAlmostEqual(sum(quants.mapped("value")), 100, 2)
        apart = quants.filtered(lambda quant: not quant.location_id.warehouse_id)
        self.assertAlmostEqual(sum(apart.mapped("value")), 40, 2)

    def test_kit_of_discount_stock_is_sold(self):
        """A kit out of discount stock takes both of its components from there, and from nowhere else."""
        kit = self._create_product("Cx Lamp Set", taxes_id=[(5,)])
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "bom_line_ids": [
                (0, 0, {"product_id": self.product.id, "product_qty": 1}),
                (0, 0, {"product_id": self.product.id, "product_qty": 1})]})
        self._put_in_stock(self.product, 10)
        self._put_in_stock(self.product, 4, location=self.discount_place)
        self.env["cx.discount.rate"].create({"product_id": kit.id, "discount": 40})
        order = self._quote(kit, 2, cx_from_discount=True)
        order.action_confirm()
        self.assertEqual(order.picking_ids.location_id, self.discount_place)
        self._validate(order.picking_ids)
        self.assertEqual(order.order_line.qty_delivered, 2)
        self.assertEqual(self._standing(self.product, self.discount_place), 0)
        self.assertEqual(self.product.qty_available, 10)
