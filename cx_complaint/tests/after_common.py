import base64
from contextlib import contextmanager
from io import BytesIO

from PIL import Image

from odoo.exceptions import UserError

from .common import CxCommon


class AfterCommon(CxCommon):
    """Goods that are kept apart, grades and a photo; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.discount_place = cls.warehouse.cx_discount_loc_id
        cls.internal_place = cls.warehouse.cx_internal_loc_id
        cls.sample_place = cls.warehouse.cx_sample_loc_id
        cls.grade_b, cls.grade_c = cls.env["cx.grade"].create([
            {"name": "B", "discount": 30.0, "internal_discount": 60.0}, {"name": "C", "discount": 50.0}])
        cls.serial_product = cls._create_product("Cx Drive", tracking="serial", list_price=200.0, taxes_id=[(5,)])
        [cls.serial] = cls._create_lots(cls.serial_product, "SN1")
        cls.product.taxes_id = [(5,)]
        buffer = BytesIO()
        Image.new("RGB", (8, 8), "teal").save(buffer, "PNG")
        cls.photo = base64.b64encode(buffer.getvalue())

    @classmethod
    def _offer(cls, product, lot=None, **vals):
        """An item that stands for internal sale and is published."""
        cls._put_in_stock(product, 1.0, lot and [lot], location=cls.internal_place)
        item = cls.env["cx.internal.sale.item"].create({
            "product_id": product.id, "lot_id": lot and lot.id, "price": 70.0, "image_1920": cls.photo,
            "warehouse_id": cls.warehouse.id, **vals})
        item.action_publish()
        return item

    @classmethod
    def _quote(cls, product, quantity, partner=None, **line_vals):
        return cls.env["sale.order"].create({
            "partner_id": (partner or cls.customer).id, "warehouse_id": cls.warehouse.id,
            "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity, **line_vals})],
        })

    @classmethod
    def _create_transfer(cls, product, quantity, source, destination, lot=None, **move_vals):
        """A transfer made by hand, counted and ready to be validated."""
        picking = cls.env["stock.picking"].create({
            "picking_type_id": cls.warehouse.int_type_id.id,
            "location_id": source.id, "location_dest_id": destination.id,
            "move_ids": [(0, 0, {
                "product_id": product.id, "product_uom_qty": quantity,
                "location_id": source.id, "location_dest_id": destination.id, **move_vals})],
        })
        picking.action_confirm()
        picking.move_ids.move_line_ids.unlink()
        picking.move_ids.move_line_ids = [(0, 0, {
            "product_id": product.id, "quantity": quantity, "lot_id": lot and lot.id,
            "location_id": source.id, "location_dest_id": destination.id})]
        picking.move_ids.picked = True
        return picking

    @contextmanager
    def _refused(self, message):
        """Refused in a sentence that matches, and nothing of it stays."""
        with self.assertRaises(UserError) as caught:
            yield
        self.assertRegex(str(caught.exception), message)

    def _standing(self, product, place):
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", product.id), ("location_id", "child_of", place.ids)]).mapped("quantity"))
