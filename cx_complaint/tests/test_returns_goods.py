from odoo import Command
from odoo.exceptions import UserError
from odoo.tests import tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestReturnedGoods(ReturnsCommon):
    """Serials, lots, kits, units, packages at the dock."""

    def test_serials(self):
        """Three of four serials announced; the clerk finds two of them and one that nobody announced.

        He records what he sees, it is not refused, and each serial is where it is.
        """
        product = self._create_product("Serial Pump", tracking="serial")
        serials = self._create_lots(product, "S1", "S2", "S3", "S4")
        delivery = self._deliver(product, 4, lots=dict.fromkeys(serials, 1.0))
        rma = self._authorise(delivery, 3, lot_ids=[(6, 0, serials[:3].ids)])
        receipt = self._as("stock_only", rma.picking_ids)
        self.assertEqual(receipt.move_line_ids.lot_id, serials[:3], "the announced ones are filled in")
        receipt.move_line_ids.filtered(lambda line: line.lot_id == serials[2]).lot_id = serials[3]
        self._receive(receipt)
        self._assert_line(rma.line_ids, received=3, quarantine=3)
        nobody = self.env["res.partner"]
        self.assertEqual(rma.line_ids._quantities_by_lot()[rma.line_ids], {
            (self.zone, serial, nobody): 1.0 for serial in serials[0] | serials[1] | serials[3]})
        self.assertIn("with S4, not announced", rma.line_ids.receipt_note)

    def test_no_lot_is_guessed(self):
        """Of a delivery of two lots nobody knows which comes: the clerk says. One lot only is filled in."""
        product = self._create_product("Lot Pump", tracking="lot")
        first, second = self._create_lots(product, "L1", "L2")
        mixed = self._authorise(self._deliver(product, 6, lots={first: 2, second: 4}), 3)
        self.assertFalse(mixed.picking_ids.move_line_ids.lot_id)
        with self.assertRaisesRegex(UserError, "Lot/Serial"):
            self._receive(mixed.picking_ids)
        receipt = self._as("stock_only", mixed.picking_ids)
        receipt.move_line_ids.write({"lot_id": first.id, "quantity": 1})
        receipt.move_ids.move_line_ids = [Command.create({
            "product_id": product.id, "lot_id": second.id, "quantity": 2, "picking_id": receipt.id,
            "location_id": receipt.location_id.id, "location_dest_id": receipt.location_dest_id.id})]
        self._receive(receipt)
        nobody = self.env["res.partner"]
        self.assertEqual(mixed.line_ids._quantities_by_lot()[mixed.line_ids], {
            (self.zone, first, nobody): 1.0, (self.zone, second, nobody): 2.0})
        whole = self._authorise(self._deliver(product, 3, lots={first: 1, second: 2}), 3)
        self.assertEqual(
            {line.lot_id: line.quantity for line in whole.picking_ids.move_line_ids}, {first: 1.0, second: 2.0})

    def test_unknown_lot_is_recorded(self):
        """The number on the unit is one we never had: the clerk types it, and it is there."""
        product = self._create_product("Lot Pump", tracking="lot")
        first, second = self._create_lots(product, "L1", "L2")
        rma = self._authorise(self._deliver(product, 6, lots={first: 2, second: 4}), 2)
        receipt = self._as("stock_only", rma.picking_ids)
        receipt.move_line_ids.lot_name = "NEVER-SEEN"
        self._receive(receipt)
        self.assertEqual(rma.picking_ids.move_line_ids.lot_id.name, "NEVER-SEEN")
        self.assertIn("with NEVER-SEEN, not announced", rma.line_ids.receipt_note)
        self._assert_line(rma.line_ids, received=2, quarantine=2)

    def test_kit_returned_in_parts(self):
        """Two kits of one A and two B; the A come today, the B later, one B is missing. [S2.05-3]"""
        part_a, part_b = self._create_product("Part A"), self._create_product("Part B")
        kit = self._create_product("Kit", is_storable=False)
        self.env["mrp.bom"].create({
            "product_tmpl_id": kit.product_tmpl_id.id, "type": "phantom", "product_qty": 1,
            "bom_line_ids": [Command.create({"product_id": part_a.id, "product_qty": 1}),
                             Command.create({"product_id": part_b.id, "product_qty": 2})]})
        self._put_in_stock(part_a, 3)
        self._put_in_stock(part_b, 6)
        order = self._sell((kit, 3))
        line = self._complain(kit, 2, sale_line_id=order.order_line.id)
        rma = self._draft(line)
        self.assertEqual({part.product_id: part.quantity for part in rma.line_ids}, {part_a: 2.0, part_b: 4.0})
        self.assertEqual(rma.line_ids.origin_move_id, order.picking_ids.move_ids)
        rma.action_authorise()
        first = rma.picking_ids
        self._receive(first, {part_b: 0})
        of_a, of_b = rma.line_ids.sorted("quantity")
        self._assert_line(of_a, received=2, expected=0)
        self._assert_line(of_b, received=0, expected=4)
        self.assertEqual(rma.state, "receiving")
        self._receive(rma.picking_ids - first, {part_b: 3})
        self._assert_line(of_b, received=3, expected=1, quarantine=3)
        self.assertEqual(order.order_line.qty_delivered, 3.0)

    def test_another_unit(self):
        """Delivered two dozen; a dozen comes back as a dozen, five come back as five units."""
        dozen = self.env.ref("uom.product_uom_dozen")
        self._put_in_stock(self.product, 24)
        order = self.env["sale.order"].create({"partner_id": self.customer.id, "order_line": [Command.create({
            "product_id": self.product.id, "product_uom_qty": 2, "product_uom_id": dozen.id})]})
        order.action_confirm()
        self._validate(order.picking_ids)
        delivery = order.picking_ids.move_ids
        whole, some = self._authorise(delivery, 12), self._authorise(delivery, 5)
        self.assertEqual((whole.picking_ids.move_ids.product_uom, whole.picking_ids.move_ids.product_uom_qty),
                         (delivery.product_uom, 1.0 if delivery.product_uom == dozen else 12.0))
        self._receive(whole.picking_ids)
        self._receive(some.picking_ids)
        self._assert_line(whole.line_ids, received=12, quarantine=12, returnable=7)
        self._assert_line(some.line_ids, received=5, quarantine=5)

    def test_goods_from_a_package_come_without_it(self):
        package = self.env["stock.package"].create({"name": "BOX"})
        self.env["stock.quant"]._update_available_quantity(
            self.product, self.warehouse.lot_stock_id, 5, package_id=package)
        order = self._sell((self.product, 5))
        delivery = order.picking_ids.move_ids
        self.assertEqual(delivery.move_line_ids.result_package_id, package)
        rma = self._authorise(delivery, 5)
        self._receive(rma.picking_ids)
        quant = self.env["stock.quant"].search([("product_id", "=", self.product.id), ("location_id", "=", self.zone.id)])
        self.assertFalse(quant.package_id)
        self._assert_line(rma.line_ids, received=5, quarantine=5)
