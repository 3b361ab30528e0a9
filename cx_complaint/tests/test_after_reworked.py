from odoo.exceptions import UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestAfterReworked(ReworkCommon):
    """The mark of reworked goods, and customers who refuse them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.picky = cls.env["res.partner"].create({
            "name": "Cx Picky", "is_company": True, "cx_refuses_reworked": True})
        cls.branch = cls.env["res.partner"].create({"name": "Branch", "parent_id": cls.picky.id, "type": "delivery"})

    def _rework(self, product, quantity, lots=None):
        """Come back, be reworked, pass the check, and stand released in stock."""
        line = self._come_back(product, quantity, lots)
        disposition = self._execute(self._decide(line, quantity, "rework", "reworked", lots))
        self._finish(disposition.production_ids)
        self._as("cx_quality", disposition).action_release()
        release = disposition.move_ids.filtered(lambda move: move.state == "assigned").picking_id
        release.move_ids.picked = True
        self._as("stock_only", release).button_validate()
        return line

    def _reserve(self, product, quantity, partner):
        order = self._sell((product, quantity), partner=partner, deliver=False)
        return order.picking_ids

    def test_serial_is_marked_and_skipped(self):
        """SN1 and SN2 were reworked, SN3 is new. He who refuses gets SN3 only; another customer gets all. [S2.14-12]"""
        reworked, new = self.serials[:2], self.serials[2]
        self._rework(self.serial_product, 2, reworked)
        self._put_in_stock(self.serial_product, 1, new)
        self.assertEqual(self.serials.mapped("cx_is_reworked"), [True, True, False])
        marked = self.env["stock.lot"].search([("product_id", "=", self.serial_product.id), ("cx_is_reworked", "=", True)])
        self.assertEqual(marked, reworked)
        self.assertEqual(self.env["stock.lot"].search([
            ("product_id", "=", self.serial_product.id), ("cx_is_reworked", "=", False)]), new)
        picking = self._reserve(self.serial_product, 2, self.branch)
        self.assertEqual(picking.move_ids.quantity, 1)
        self.assertEqual(picking.move_line_ids.lot_id, new)
        other = self._reserve(self.serial_product, 2, self.customer)
        self.assertEqual(other.move_line_ids.lot_id, reworked)

    def test_picked_by_hand_is_refused(self):
        """A reworked unit typed on his delivery is refused at validation with the way out; for others it goes."""
        self._rework(self.serial_product, 1, self.serials[0])
        for partner, refused in ((self.picky, True), (self.customer, False)):
            picking = self._reserve(self.serial_product, 1, partner)
            self._move_lots(picking.move_ids, 1, self.serials[0])
            if refused:
                with self.assertRaises(UserError) as caught:
                    self._as("stock_only", picking).button_validate()
                self.assertRegex(str(caught.exception), r"Cx Picky takes no reworked goods, and Cx Drive \(SN1\) was "
                                 r"reworked. Pick another unit, or ask sales")
                picking.action_cancel()
            else:
                self._as("stock_only", picking).button_validate()
                self.assertEqual(picking.state, "done")

    def test_untracked_goods_stand_apart(self):
        """Three reworked and two new ones on stock: he gets the two, and not from the reworked shelf by hand either."""
        self._rework(self.product, 3)
        self._put_in_stock(self.product, 2)
        shelf = self.warehouse.cx_reworked_stock_loc_id
        self.assertEqual(self._on_hand(self.product, shelf), 3)
        marked = self.env["stock.quant"].search([
            ("product_id", "=", self.product.id), ("cx_is_reworked", "=", True), ("quantity", ">", 0)])
        self.assertEqual(marked.location_id, shelf)
        picking = self._reserve(self.product, 4, self.picky)
        self.assertEqual(picking.move_ids.quantity, 2)
        self.assertFalse(picking.move_line_ids.location_id & shelf)
        picking.move_line_ids = [(0, 0, {
            "product_id": self.product.id, "quantity": 2, "move_id": picking.move_ids.id,
            "location_id": shelf.id, "location_dest_id": picking.location_dest_id.id})]
        picking.move_ids.picked = True
        with self.assertRaises(UserError) as caught:
            self._as("stock_only", picking).button_validate()
        self.assertIn("takes no reworked goods", str(caught.exception))
        picking.action_cancel()
        other = self._reserve(self.product, 5, self.customer)
        self.assertEqual(other.move_ids.quantity, 5)

    def test_lot_is_marked(self):
        """Of a reworked lot nothing goes to him; of another lot it does."""
        reworked, new = self._create_lots(self.lot_product, "L1", "L2")
        self._rework(self.lot_product, 5, reworked)
        self._put_in_stock(self.lot_product, 2, new)
        picking = self._reserve(self.lot_product, 4, self.picky)
        self.assertEqual(picking.move_line_ids.lot_id, new)
        self.assertEqual(picking.move_ids.quantity, 2)

    def test_two_steps_are_watched_at_the_first(self):
        self._rework(self.serial_product, 1, self.serials[0])
        self.warehouse.delivery_steps = "pick_ship"
        picking = self._reserve(self.serial_product, 1, self.picky)
        self.assertFalse(picking.move_line_ids)
        self._move_lots(picking.move_ids, 1, self.serials[0])
        with self.assertRaises(UserError) as caught:
            self._as("stock_only", picking).button_validate()
        self.assertIn("takes no reworked goods", str(caught.exception))

    def test_his_own_repaired_unit_goes_back_to_him(self):
        """What is repaired for him is his own unit: it is sent back, refusing or not."""
        line = self._come_back(self.serial_product, 1, self.serials[0], goods_owner="customer")
        disposition = self._execute(self._decide(line, 1, "repair", "customer", self.serials[0]))
        self._finish(disposition.production_ids)
        self._as("cx_quality", disposition).action_release()
        self.customer.cx_refuses_reworked = True
        back = disposition.move_ids.filtered(lambda move: move.state == "assigned").picking_id
        back.move_ids.picked = True
        self._as("stock_only", back).button_validate()
        self.assertEqual(back.state, "done")

    def test_delivery_slip_marks_the_reworked_unit(self):
        """SN1 was reworked, SN3 is new: the slip says so of SN1 only, and of none where the company does not want it."""
        self.env.user.group_ids |= self.env.ref("stock.group_lot_on_delivery_slip")
        self._rework(self.serial_product, 1, self.serials[0])
        self._put_in_stock(self.serial_product, 1, self.serials[2])
        picking = self._reserve(self.serial_product, 2, self.customer)
        self._move_lots(picking.move_ids, 2, self.serials[0] | self.serials[2])
        self._as("stock_only", picking).button_validate()
        for wanted, marks in ((True, 1), (False, 0)):
            self.env.company.cx_is_reworked_printed = wanted
            html, _kind = self.env["ir.actions.report"]._render_qweb_html("stock.action_report_delivery", picking.ids)
            self.assertEqual(html.decode().count("(reworked)"), marks)
