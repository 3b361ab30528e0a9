from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .returns_common import ReturnsCommon


@tagged("post_install", "-at_install")
class TestAdoptGoods(ReturnsCommon):
    """Scraps and manufacturing orders made outside, of goods that core's own return put straight into stock."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.move = cls._deliver(cls.product, 5)
        cls.line = cls._authorise(cls.move, 5).line_ids
        cls.line._open_receipt_moves()._action_cancel()
        cls.line._adopt(cls._return_by_core(cls.move, 5))

    @classmethod
    def _return_by_core(cls, move, quantity):
        wizard = cls.env["stock.return.picking"].with_context(
            active_id=move.picking_id.id, active_model="stock.picking").create({})
        wizard.product_return_moves.quantity = quantity
        picking = cls.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        picking.move_ids.picked = True
        picking.button_validate()
        return picking.move_ids

    def _scrap(self, quantity, product=None):
        scrap = self._as("stock_only", self.env["stock.scrap"]).create({
            "product_id": (product or self.product).id, "scrap_qty": quantity,
            "location_id": self.warehouse.lot_stock_id.id})
        scrap.action_validate()
        return scrap.sudo(False).with_env(self.env)

    def _rework(self, quantity, product=None):
        """A manufacturing order that takes units and brings them out again, as a planner helps himself."""
        consumed = product or self.product
        order = self.env["mrp.production"].create({
            "product_id": self.product.id, "product_qty": quantity, "bom_id": False,
            "picking_type_id": self.warehouse.manu_type_id.id,
            "move_raw_ids": [Command.create({
                "product_id": consumed.id, "product_uom_qty": quantity, "location_id": self.warehouse.lot_stock_id.id,
                "location_dest_id": consumed.property_stock_production.id})]})
        order.action_confirm()
        order.qty_producing = quantity
        order.move_raw_ids.write({"quantity": quantity, "picked": True})
        order.with_context(skip_redirection=True).button_mark_done()
        self.assertEqual(order.state, "done")
        return order

    def _link(self, documents, login="cx_quality"):
        self._as(login, self.line)._link_documents(documents)

    def _against(self, document):
        return {blocker.code for blocker in self.line._blockers_link(document)}

    # Refused

    def test_documents_about_something_else(self):
        """Another product, more than came, an order that made something of something else, linked already."""
        other = self._create_product("Other")
        self._put_in_stock(other, 5)
        self.assertEqual(self._against(self._scrap(1, other)), {"other_product"})
        self._put_in_stock(self.product, 10)
        self.assertEqual(self._against(self._scrap(6)), {"not_in_stock"})
        self.assertEqual(self._against(self._rework(2, other)), {"other_units"})
        scrap = self._scrap(2)
        with self.assertRaises(AccessError):
            self._link(scrap, "cx_service")
        self._link(scrap)
        self.assertEqual(self._against(scrap), {"linked_already"})
        self.assertEqual(self._against(self._scrap(4)), {"not_in_stock"})
        with self.assertRaisesRegex(UserError, "4 Units of .*3 came straight into stock"):
            self._link(self._scrap(4))

    def test_goods_in_quarantine_are_not_meant(self):
        """Three more stand in quarantine: a scrap of stock is not theirs."""
        move = self._deliver(self.product, 3)
        rma = self._authorise(move, 3)
        self._receive(rma.picking_ids)
        self._put_in_stock(self.product, 3)
        self.assertEqual({blocker.code for blocker in rma.line_ids._blockers_link(self._scrap(1))}, {"not_in_stock"})

    # Linked

    def test_scrapped_and_reworked_outside(self):
        """Five came straight into stock; two were scrapped, three reworked with core's screens: linked, all is told."""
        self._assert_line(self.line, received=5, final=5, planned=0, undecided=0)
        scrap = self._scrap(2)
        action = self._as("cx_quality", self.line).action_link_documents()
        link = self._as("cx_quality", self.env["cx.document.link"]).browse(action["res_id"])
        link.row_ids.filtered(lambda row: row.sudo().scrap_id == scrap).is_chosen = True
        link.action_link()
        disposition = self.line.disposition_ids
        self.assertEqual((disposition.destination, disposition.quantity, disposition.done_qty, disposition.state),
                         ("scrap", 2, 2, "done"))
        self.assertEqual(scrap.cx_disposition_id, disposition)
        self._assert_line(self.line, received=5, final=5, planned=2, undecided=0)
        order = self._rework(3)
        self._link(order)
        rework = self.line.disposition_ids - disposition
        self.assertEqual((rework.work, rework.done_qty, rework.worked_qty, rework.state), ("rework", 3, 3, "done"))
        self._assert_line(self.line, received=5, final=5, in_work=0, planned=5, undecided=0)
        self.assertEqual(self.product.qty_available, 3)
        self.assertEqual(self.line.rma_id.state, "done")

    def test_unlinked_again(self):
        """A wrong scrap is taken off; what was decided by it is cancelled, the next one can be linked."""
        scrap = self._scrap(2)
        self._link(scrap)
        self._as("cx_quality", self.line.disposition_ids.adoption_ids).action_take_back()
        self.assertEqual(self.line.disposition_ids.state, "cancelled")
        self.assertFalse(scrap.cx_disposition_id or scrap.move_ids.cx_rma_line_id)
        self._assert_line(self.line, received=5, final=5, planned=0)
        self._link(scrap)
        self._assert_line(self.line, planned=2)

    def test_nobody_declares_it_by_hand(self):
        """A disposition done outside is made by linking only: written by hand it would hide undecided goods."""
        self._link(self._scrap(1))
        with self.assertRaises(AccessError):
            self._as("cx_quality", self.line.disposition_ids).is_linked = False
