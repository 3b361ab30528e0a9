from odoo.exceptions import UserError
from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkGate(ReworkCommon):
    """Every way out of quarantine, tried by people who hold the keys of the warehouse and nothing else."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._come_back(cls.product, 5)
        cls.env["res.users"].browse(cls.users_by_login["stock_only"].id).group_ids += cls.env.ref(
            "stock.group_stock_manager")
        cls.quant = cls.env["stock.quant"].search([
            ("product_id", "=", cls.product.id), ("location_id", "=", cls.returns_zone.id)])

    def _transfer(self, login, destination, picking_type, **move_vals):
        picking = self._as(login, self.env["stock.picking"]).create({
            "picking_type_id": picking_type.id, "location_id": self.returns_zone.id,
            "location_dest_id": destination.id,
            "move_ids": [(0, 0, {
                "product_id": self.product.id, "product_uom_qty": 2, "location_id": self.returns_zone.id,
                "location_dest_id": destination.id})],
        })
        picking.sudo().move_ids.write(move_vals)  # as documents of dispositions have it; nobody writes it by hand
        picking.action_confirm()
        picking.move_ids.quantity = 2
        picking.move_ids.picked = True
        picking.button_validate()
        return picking

    # The ways out

    def _leave_by_internal_transfer(self, login):
        self._transfer(login, self.warehouse.lot_stock_id, self.warehouse.int_type_id)

    def _leave_by_delivery(self, login):
        self._transfer(login, self.customer.property_stock_customer, self.warehouse.out_type_id)

    def _leave_by_release_type(self, login):
        self._transfer(login, self.warehouse.lot_stock_id, self.warehouse.cx_release_type_id)

    def _leave_by_back_type(self, login):
        self._transfer(login, self.customer.property_stock_customer, self.warehouse.cx_back_type_id)

    def _leave_to_other_quarantine(self, login):
        other = self.env["stock.warehouse"].create({"name": "Other", "code": "OTH"})
        self._transfer(login, other.cx_returns_loc_id, self.warehouse.int_type_id)

    def _leave_by_scrap(self, login):
        self._as(login, self.env["stock.scrap"]).create({
            "product_id": self.product.id, "scrap_qty": 2, "location_id": self.returns_zone.id,
        }).action_validate()

    def _leave_by_consumption(self, login):
        order = self._as(login, self.env["mrp.production"]).create({
            "product_id": self.serial_product.id, "product_qty": 1, "bom_id": False,
            "lot_producing_ids": [(6, 0, self.serials[0].ids)],
            "move_raw_ids": [(0, 0, {"product_id": self.product.id, "product_uom_qty": 1,
                                     "location_id": self.returns_zone.id})],
        })
        order.action_confirm()
        order.button_mark_done()

    def _leave_by_unbuild(self, login):
        bom = self.env["mrp.bom"].create({
            "product_tmpl_id": self.product.product_tmpl_id.id,
            "bom_line_ids": [(0, 0, {"product_id": self._create_product("Cx Screw").id, "product_qty": 1})],
        })
        self._as(login, self.env["mrp.unbuild"]).create({
            "product_id": self.product.id, "bom_id": bom.id, "product_qty": 1,
            "location_id": self.returns_zone.id, "location_dest_id": self.warehouse.lot_stock_id.id,
        }).action_unbuild()

    def _leave_by_count(self, login):
        quant = self._as(login, self.quant).with_context(inventory_mode=True)
        quant.inventory_quantity = 3
        quant.action_apply_inventory()

    def _leave_by_relocation(self, login):
        self._as(login, self.quant).move_quants(self.warehouse.lot_stock_id)

    def _leave_by_done_line(self, login):
        """A line added to a transfer that is done long since."""
        done = self._as(login, self._sell((self._create_stocked(), 1)).picking_ids)
        self._as(login, self.env["stock.move.line"]).create({
            "picking_id": done.id, "product_id": self.product.id, "quantity": 1,
            "location_id": self.returns_zone.id, "location_dest_id": done.location_dest_id.id,
        })

    def _leave_by_editing_done_source(self, login):
        """A done transfer of the same product is told to have taken its goods from quarantine."""
        self._put_in_stock(self.product, 1)
        done = self._sell((self.product, 1)).picking_ids
        self._as(login, done.move_line_ids).location_id = self.returns_zone

    def _leave_by_editing_receipt(self, login):
        """The done receipt is told to have brought the goods to stock."""
        receipt = self.line.move_ids.filtered(lambda move: move.state == "done")
        self._as(login, receipt.move_line_ids).location_dest_id = self.warehouse.lot_stock_id

    def _leave_by_rewriting_the_quant(self, login):
        self._as(login, self.quant).location_id = self.warehouse.lot_stock_id

    def _leave_by_other_quantity_of_the_quant(self, login):
        self._as(login, self.quant).write({"quantity": 1})

    def _leave_under_a_disposition_of_other_goods(self, login):
        """A move that names a disposition but not its goods would not be counted, and could be repeated for ever."""
        disposition = self._decide(self.line, 2)
        self._transfer(login, self.warehouse.lot_stock_id, self.warehouse.int_type_id,
                       cx_disposition_id=disposition.id)

    def _create_stocked(self):
        product = self._create_product("Cx Other")
        self._put_in_stock(product, 1)
        return product

    def test_every_way_out(self):
        """Who has only stock or only manufacturing rights takes nothing out of quarantine. [S2.05-23]"""
        ways = [
            ("stock_only", self._leave_by_internal_transfer), ("stock_only", self._leave_by_delivery),
            ("stock_only", self._leave_by_release_type), ("stock_only", self._leave_by_back_type),
            ("stock_only", self._leave_to_other_quarantine), ("stock_only", self._leave_by_scrap),
            ("mrp_only", self._leave_by_consumption), ("mrp_only", self._leave_by_unbuild),
            ("stock_only", self._leave_by_count), ("stock_only", self._leave_by_relocation),
            ("stock_only", self._leave_by_done_line), ("stock_only", self._leave_by_editing_done_source),
            ("stock_only", self._leave_by_editing_receipt), ("stock_only", self._leave_by_rewriting_the_quant),
            ("stock_only", self._leave_by_other_quantity_of_the_quant),
            ("stock_only", self._leave_under_a_disposition_of_other_goods),
        ]
        for login, way in ways:
            with self.subTest(login=login, way=way.__name__):
                with self.assertRaisesRegex(UserError, "quarantine|disposition") as caught, self.env.cr.savepoint():
                    way(login)
                self.assertIn(self.product.display_name, str(caught.exception))
                self.env.invalidate_all()
                self.assertEqual(self._on_hand(self.product, self.returns_zone), 5)

    def test_moves_that_stay_are_free(self):
        """The warehouse arranges quarantine as it likes."""
        self._transfer("stock_only", self.warehouse.cx_bonded_loc_id, self.warehouse.int_type_id)
        self.assertEqual(self._on_hand(self.product, self.warehouse.cx_bonded_loc_id), 2)

    def test_complaint_manager_writes_off_a_loss(self):
        """A loss found by counting is no disposition; a complaint manager may book it."""
        manager = self.users_by_login["cx_manager"]
        manager.group_ids += self.env.ref("stock.group_stock_manager")
        self._leave_by_count("cx_manager")
        self.assertEqual(self._on_hand(self.product, self.returns_zone), 3)

    def test_other_than_decided(self):
        """A disposition lets go its own product, quantity and destination, and only while it is approved."""
        disposition = self._decide(self.line, 2, destination="stock", approve=False)
        links = {"cx_rma_line_id": self.line.id, "cx_disposition_id": disposition.id}
        stock, internal = self.warehouse.lot_stock_id, self.warehouse.int_type_id
        with self.assertRaisesRegex(UserError, "is not approved"), self.env.cr.savepoint():
            self._transfer("stock_only", stock, internal, **links)
        disposition.sudo().action_approve()
        with self.assertRaisesRegex(UserError, "decides otherwise"), self.env.cr.savepoint():
            self._transfer("stock_only", self.customer.property_stock_customer, self.warehouse.out_type_id, **links)
        self._transfer("stock_only", stock, internal, **links)
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 2))
        with self.assertRaisesRegex(UserError, "2 Units of .* would leave quarantine, .* still allows 0"), \
                self.env.cr.savepoint():
            self._transfer("stock_only", stock, internal, **links)

    def test_done_line_raised_later(self):
        """A done release is not raised above what was decided."""
        disposition = self._execute(self._decide(self.line, 2))
        transfer = disposition._open_leaving_moves().picking_id
        transfer.button_validate()
        with self.assertRaisesRegex(UserError, "4 Units of .* would leave quarantine, .* still allows 2"), \
                self.env.cr.savepoint():
            self._as("stock_only", transfer.move_line_ids).quantity = 4
        self._as("stock_only", transfer.move_line_ids).quantity = 1
        self.assertEqual((disposition.done_qty, disposition.state), (1, "running"))

    def test_done_moves_are_not_forgotten(self):
        """What was done for a disposition is not taken off its account afterwards."""
        disposition = self._execute(self._decide(self.line, 2))
        move = disposition._open_leaving_moves()
        move.picking_id.button_validate()
        for vals in ({"cx_disposition_id": False}, {"cx_rma_line_id": False}):
            with self.subTest(vals=vals), self.assertRaisesRegex(UserError, "cannot be changed any more"), \
                    self.env.cr.savepoint():
                self._as("stock_only", move).write(vals)
        self._as("stock_only", move).write({"cx_disposition_id": disposition.id})

    def test_goods_of_another_owner(self):
        """Under a disposition of the customer's goods ours do not leave, nor his under one of ours."""
        his = self._come_back(self.product, 2, goods_owner="customer")
        disposition = self._execute(self._decide(his, 2, destination="customer"))
        transfer = disposition._open_leaving_moves().picking_id
        transfer.move_line_ids.owner_id = False
        with self.assertRaisesRegex(UserError, "belong to somebody else"):
            self._as("stock_only", transfer).button_validate()

    def test_receipt_is_not_counted_down_below_what_is_decided(self):
        self._decide(self.line, 4)
        receipt = self.line.move_ids.filtered(lambda move: move.location_dest_id == self.returns_zone)
        self._as("stock_only", receipt.move_line_ids).quantity = 4
        with self.assertRaisesRegex(UserError, "4 Units of .* would be decided, 3 are in quarantine"), \
                self.env.cr.savepoint():
            self._as("stock_only", receipt.move_line_ids).quantity = 3

    def test_ordinary_delivery_costs_nothing(self):
        """Deliveries that do not touch quarantine are no slower: not a query more than without the gate."""
        product = self._create_stocked()
        self._put_in_stock(product, 10)
        self._deliver_counted(product)
        with_gate = self._deliver_counted(product)
        MoveLine = self.env.registry["stock.move.line"]
        self.patch(MoveLine, "_cx_check_leaving", lambda lines, are_done=False: None)
        self.assertEqual(with_gate, self._deliver_counted(product))

    def _deliver_counted(self, product):
        order = self._sell((product, 1), deliver=False)
        picking = order.picking_ids
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        picking.button_validate()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before
