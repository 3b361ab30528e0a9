from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ..rules import dismantling
from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestGoodsUsedUp(ReworkCommon):
    """Goods that become something else: converted into another product, or taken apart."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.average = cls.env["product.category"].create({"name": "Average", "property_cost_method": "average"})
        cls.pump = cls._create_product("Cx Motor Pump", categ_id=cls.average.id)
        cls.motor = cls._create_product("Cx Motor", categ_id=cls.average.id, standard_price=6.0)
        cls.housing = cls._create_product("Cx Housing", categ_id=cls.average.id, standard_price=2.0)
        cls.seal = cls._create_product("Cx Seal", categ_id=cls.average.id, standard_price=1.0)
        cls.bom = cls.env["mrp.bom"].create({
            "product_tmpl_id": cls.pump.product_tmpl_id.id,
            "bom_line_ids": [(0, 0, {"product_id": product.id, "product_qty": quantity})
                             for product, quantity in ((cls.motor, 1), (cls.housing, 1), (cls.seal, 2))]})

    def _where(self, line):
        return line.quarantine_qty, line.in_work_qty, line.final_qty, line.undecided_qty

    def _values(self, *products):
        return [round(product.total_value, 2) for product in products]

    # Dismantling

    def test_one_component_kept_one_scrapped(self):
        """Two of three pumps are taken apart: motors and seals go to stock, the housings are scrapped. [S2.09-4]"""
        line = self._come_back(self.pump, 3)
        worth = self.pump.total_value
        disposition = self._decide(line, 2, "dismantle", approve=False)
        self.assertEqual([(part.product_id, part.quantity, part.fate) for part in disposition.component_ids], [
            (self.motor, 1, "keep"), (self.housing, 1, "keep"), (self.seal, 2, "keep")])
        self._as("cx_quality", disposition.component_ids[1]).fate = "scrap"
        self._as("cx_quality", disposition).action_approve()
        self.assertEqual(self._where(line), (3, 0, 0, 1))
        self._execute(disposition, "cx_warehouse")
        self.assertEqual((disposition.state, disposition.done_qty), ("done", 2))
        self.assertEqual(self._where(line), (1, 0, 2, 1))
        unbuild = disposition.unbuild_ids
        self.assertEqual((unbuild.state, unbuild.product_qty, disposition.unbuild_count), ("done", 2, 1))
        stock = self.warehouse.lot_stock_id
        self.assertEqual([self._on_hand(product, stock) for product in (self.motor, self.housing, self.seal)], [2, 0, 4])
        scrap = self.env["stock.quant"].search([
            ("product_id", "=", self.housing.id), ("location_id", "=", self.env.company._cx_scrap_location().id)])
        self.assertEqual(scrap.quantity, 2)
        # worth 20 as pumps, motors and seals would cost 16 new
        self.assertAlmostEqual(self.pump.total_value, worth - 20, 2)
        self.assertEqual(self._values(self.motor, self.housing, self.seal), [12.0, 0.0, 4.0])

    def test_components_are_never_worth_more_than_the_unit(self):
        """Pumps worth 10 whose parts would cost 20 new: the parts come in for 10 together."""
        self.motor.standard_price = 18.0
        line = self._come_back(self.pump, 3)
        worth = self.pump.total_value
        disposition = self._execute(self._decide(line, 1, "dismantle"))
        self.assertEqual(disposition.state, "done")
        self.assertAlmostEqual(self.pump.total_value, worth - 10, 2)
        self.assertAlmostEqual(sum(self._values(self.motor, self.housing, self.seal)), 10.0, 1)

    def test_prices(self):
        """As new where the unit was worth as much, in proportion where it was not, nothing out of nothing."""
        motor, seal = dismantling.Kept(2.0, 6.0), dismantling.Kept(4.0, 1.0)
        self.assertEqual(dismantling.prices(20.0, [motor, seal]), [6.0, 1.0])
        self.assertEqual(dismantling.prices(8.0, [motor, seal]), [3.0, 0.5])
        self.assertEqual(dismantling.prices(0.0, [motor, seal]), [0.0, 0.0])
        self.assertEqual(dismantling.prices(20.0, [dismantling.Kept(1.0, 0.0)]), [0.0])
        self.assertEqual(dismantling.prices(20.0, []), [])

    def test_numbers_of_components_are_asked(self):
        """Serial drives with a tracked board each: the boards are named before, and follow their drive."""
        board = self._create_product("Cx Board", tracking="serial")
        boards = self._create_lots(board, "B1", "B2")
        first, second, _third = self.serials
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._decide(line, 2, "dismantle", lots=first | second, component_ids=[
            (0, 0, {"product_id": board.id, "quantity": 1})])
        with self.assertRaisesRegex(UserError, "2 Units come out, 0 numbers are named"):
            self._execute(disposition)
        self._as("cx_warehouse", disposition.component_ids).lot_ids = boards
        with self.assertRaisesRegex(UserError, "components cannot be changed"):
            self._as("cx_quality", disposition.component_ids).fate = "scrap"
        with self.assertRaises(AccessError):
            self._as("cx_warehouse", disposition.component_ids).unlink()
        self._execute(disposition)
        self.assertEqual(self._where(line), (1, 0, 2, 1))
        stock = self.warehouse.lot_stock_id
        self.assertEqual((self._places(boards[0]), self._places(boards[1])), (stock, stock))
        self.assertEqual(disposition.unbuild_ids.lot_id, first | second)
        origin = self.env["stock.move.line"].search([
            ("lot_id", "=", boards[0].id), ("location_dest_id", "=", stock.id), ("state", "=", "done")])
        self.assertEqual(origin.consume_line_ids.lot_id, first, "the board remembers its drive")
        with self.assertRaisesRegex(UserError, "cannot be changed any more"):
            disposition.component_ids.lot_ids = boards[0]

    def test_what_is_not_taken_apart(self):
        """Customer's goods, goods of which nothing is kept, and goods that are somewhere else stay whole."""
        theirs = self._come_back(self.pump, 1, goods_owner="customer")
        with self.assertRaisesRegex(UserError, "belong to Cx Customer .* Take them over first"), self.env.cr.savepoint():
            self._decide(theirs, 1, "dismantle")
        line = self._come_back(self.pump, 2)
        disposition = self._decide(line, 2, "dismantle", approve=False)
        disposition.component_ids.fate = "scrap"
        with self.assertRaisesRegex(UserError, "not said which component is kept"), self.env.cr.savepoint():
            self._as("cx_quality", disposition).action_approve()
        disposition.component_ids[0].fate = "keep"
        self._as("cx_quality", disposition).action_approve()
        self.env["stock.quant"].search([
            ("product_id", "=", self.pump.id), ("location_id", "=", self.returns_zone.id),
            ("owner_id", "=", False)]).move_quants(self.warehouse.cx_bonded_loc_id)
        with self.assertRaisesRegex(UserError, "2 Units of .* are to be dismantled, 0 stand in"), self.env.cr.savepoint():
            self._execute(disposition)
        self.assertEqual(self._where(line), (2, 0, 0, 0))

    def test_nobody_takes_apart_more_by_hand(self):
        """An unbuild order of core's own screen does not reach into quarantine, named disposition or not."""
        line = self._come_back(self.pump, 2)
        disposition = self._decide(line, 1, "dismantle")
        vals = {"product_id": self.pump.id, "bom_id": self.bom.id, "product_qty": 2, "location_id": self.returns_zone.id,
                "location_dest_id": self.warehouse.lot_stock_id.id}
        with self.assertRaisesRegex(UserError, "quarantine"), self.env.cr.savepoint():
            self._as("mrp_only", self.env["mrp.unbuild"]).create(vals).action_unbuild()
        with self.assertRaisesRegex(UserError, "not written by hand"), self.env.cr.savepoint():
            self._as("mrp_only", self.env["mrp.unbuild"]).create({**vals, "cx_disposition_id": disposition.id})
        with self.assertRaisesRegex(UserError, "still allows 1"), self.env.cr.savepoint():
            self.env["mrp.unbuild"].create({**vals, "cx_disposition_id": disposition.id}).action_unbuild()
        self._assert_sums(line)

    # Material conversion

    def _convert(self, line, quantity, output_qty, lots=None, **vals):
        return self._decide(line, quantity, "conversion", lots=lots, output_product_id=self.housing.id,
                            output_qty=output_qty, **vals)

    def test_conversion(self):
        """Six pumps that cannot be repaired become two housings: an order of the workshop, value to the cent. [S2.05-26]"""
        line = self._come_back(self.pump, 8)
        worth = self.pump.total_value
        disposition = self._execute(self._convert(line, 6, 2))
        order = disposition.production_ids
        self.assertEqual((order.product_id, order.product_qty, order.state), (self.housing, 2, "confirmed"))
        self.assertEqual((order.move_raw_ids.product_id, order.move_raw_ids.product_uom_qty), (self.pump, 6))
        self.assertEqual((disposition.state, disposition.next_step), ("running", "work"))
        self.assertEqual(self._where(line), (8, 0, 0, 2))
        self._execute(disposition)
        self.assertEqual(disposition.production_ids, order, "pressed again, nothing is made twice")
        self._finish(self._as("mrp_only", order))
        self.assertEqual((disposition.state, disposition.done_qty, disposition.next_step), ("done", 6, False))
        self.assertEqual(self._where(line), (2, 0, 6, 2))
        self.assertEqual(self._on_hand(self.housing, self.warehouse.lot_stock_id), 2)
        self.assertAlmostEqual(self.pump.total_value, worth - 60, 2)
        self.assertAlmostEqual(self.housing.total_value, 60, 2)

    def test_conversion_to_check(self):
        """What is made may go where the warehouse checks what it takes in; fewer made than planned is owed again."""
        self.warehouse.reception_steps = "three_steps"
        check = self.warehouse.wh_qc_stock_loc_id
        line = self._come_back(self.pump, 4)
        disposition = self._execute(self._convert(line, 4, 4, output_location_id=check.id))
        order = disposition.production_ids
        order.qty_producing = 3
        order._set_qty_producing()
        self._finish(order)
        self.assertEqual(self._on_hand(self.housing, check), 3)
        self.assertEqual((disposition.done_qty, disposition.state, disposition.next_step), (3, "running", "execute"))
        self.assertEqual(self._where(line), (1, 0, 3, 0))
        self._execute(disposition)
        self._finish(disposition.production_ids - order)
        self.assertEqual((self._on_hand(self.housing, check), disposition.state), (4, "done"))

    def test_serials_are_converted(self):
        """SN1 and SN3 become one machine with a number of its own; SN2 stays."""
        first, second, third = self.serials
        machine = self._create_product("Cx Trainer", tracking="serial")
        line = self._come_back(self.serial_product, 3, self.serials)
        disposition = self._execute(self._decide(
            line, 2, "conversion", lots=first | third, output_product_id=machine.id, output_qty=1))
        order = disposition.production_ids
        self.assertEqual(order.move_raw_ids.lot_ids, first | third)
        order.lot_producing_ids = self._create_lots(machine, "T1")
        self._finish(order)
        self.assertEqual(self._places(second), self.returns_zone)
        self.assertEqual(self._where(line), (1, 0, 2, 1))
        self.assertEqual(disposition.state, "done")
        self.assertEqual(first.cx_rework_count, 0, "it was not reworked, it is gone")

    def test_what_is_not_converted(self):
        """Customer's goods, goods that become nothing or themselves, and goods that would stay in quarantine."""
        theirs = self._come_back(self.pump, 1, goods_owner="customer")
        with self.assertRaisesRegex(UserError, "Take them over first"), self.env.cr.savepoint():
            self._convert(theirs, 1, 1)
        line = self._come_back(self.pump, 2)
        for text, vals in (
            ("not said what the goods become", {"output_qty": 0}),
            ("not said what the goods become", {"output_product_id": False}),
            ("would become", {"output_product_id": self.pump.id}),
            ("not said where", {"output_location_id": self.returns_zone.id}),
            ("does not lead to", {"destination": "discount"}),
        ):
            with self.subTest(**vals), self.assertRaisesRegex(UserError, text), self.env.cr.savepoint():
                self._decide(line, 1, "conversion", **{"output_product_id": self.housing.id, "output_qty": 1, **vals})
        disposition = self._convert(line, 1, 1)
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            disposition.output_qty = 5

    def test_costs_of_a_return_know_what_came_of_it(self):
        """Pumps worth 20 became housings worth 20 and motors worth 12: only what was lost is a cost of the case."""
        line = self._come_back(self.pump, 3)
        converted = self._execute(self._convert(line, 2, 2))
        self._finish(converted.production_ids)
        taken_apart = self._decide(line, 1, "dismantle", approve=False)
        (taken_apart.component_ids - taken_apart.component_ids[0]).fate = "scrap"
        self._as("cx_quality", taken_apart).action_approve()
        self._execute(taken_apart)
        self.env.flush_all()
        amounts = self.env["cx.cost"].search([("rma_line_id", "=", line.id), ("kind", "=", "goods_work")])
        self.assertAlmostEqual(sum(amounts.filtered(lambda c: c.disposition_id == converted).mapped("amount")), 0.0, 2)
        self.assertAlmostEqual(sum(amounts.filtered(lambda c: c.disposition_id == taken_apart).mapped("amount")), 4.0, 2)
