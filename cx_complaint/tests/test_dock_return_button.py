from lxml import etree

from odoo.tests import tagged

from .dock_common import DockCommon


@tagged("post_install", "-at_install")
class TestDockReturnButton(DockCommon):
    """Odoo's Return button on a delivery: as it was, into quarantine, or a request."""

    def _return(self, delivery, quantity, login="stock_only"):
        """The move of a return made by core's dialog, validated."""
        wizard = self._as(login, self.env["stock.return.picking"]).with_context(
            active_id=delivery.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = quantity
        picking = self._as(login, self.env["stock.picking"]).browse(wizard.action_create_returns()["res_id"])
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.move_ids.sudo()

    def test_as_it_was(self):
        """Out of the box the button does what it always did: into stock, and the order's quantity is lowered."""
        delivery = self._deliver(self.product, 5)
        move = self._return(delivery, 2)
        self.assertEqual(move.location_dest_id, self.warehouse.lot_stock_id)
        self.assertEqual(delivery.sale_line_id.qty_delivered, 3)

    def test_into_quarantine(self):
        """Two of five come back into quarantine without RMA: not on hand, without value, waiting in the queue."""
        self.env.company.cx_return_button = "quarantine"
        delivery = self._deliver(self.product, 5)
        on_hand, value = self.product.qty_available, self.product.total_value
        move = self._return(delivery, 2)
        self.env.invalidate_all()
        self.assertEqual(move.location_dest_id, self.zone)
        self.assertEqual((self.product.qty_available, self.product.total_value), (on_hand, value))
        self.assertEqual(self._in_quarantine(self.product, self.customer), 2)
        self.assertEqual(self._unassigned(), move)
        self.assertEqual(delivery.sale_line_id.qty_delivered, 5)
        rma = self._draft(self._complain(delivery, 5))
        rma.line_ids.quantity = 5
        self._as("cx_service", rma.line_ids)._adopt(move)
        self._assert_line(rma.line_ids, received=2, quarantine=2, expected=3)

    def test_returns_to_vendors_stay_core(self):
        """Only deliveries to customers are meant."""
        self.env.company.cx_return_button = "quarantine"
        receipt = self.env["stock.picking"].create({
            "picking_type_id": self.warehouse.in_type_id.id,
            "location_id": self.env.ref("stock.stock_location_suppliers").id,
            "location_dest_id": self.warehouse.lot_stock_id.id,
            "move_ids": [(0, 0, {
                "product_id": self.product.id, "product_uom_qty": 3,
                "location_id": self.env.ref("stock.stock_location_suppliers").id,
                "location_dest_id": self.warehouse.lot_stock_id.id})]})
        receipt.action_confirm()
        receipt.move_ids.picked = True
        receipt.button_validate()
        back = self._return(receipt.move_ids, 3)
        self.assertEqual(back.location_dest_id.usage, "supplier")

    def test_opens_a_request(self):
        """Who may write requests finds ours in its place; a stock user's return goes into quarantine."""
        self.env.company.cx_return_button = "request"
        delivery = self._deliver(self.product, 5)
        self.assertTrue(self._as("cx_sales", delivery.picking_id).cx_is_return_requested)
        self.assertFalse(self._as("stock_only", delivery.picking_id).cx_is_return_requested)
        arch = etree.fromstring(self._as("cx_warehouse", self.env["stock.picking"]).get_view(view_type="form")["arch"])
        core = arch.xpath(f"//header/button[@name='{self.env.ref('stock.act_stock_return_picking').id}']")
        self.assertIn("cx_is_return_requested", core[0].get("invisible"))
        request = self.env["cx.return.request"].browse(
            self._as("cx_sales", delivery.picking_id).action_cx_return()["res_id"])
        self.assertEqual(request.line_ids.product_id, self.product)
        self.assertEqual(self._return(delivery, 1).location_dest_id, self.zone)
