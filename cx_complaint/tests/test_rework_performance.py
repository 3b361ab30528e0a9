from odoo.tests import tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestReworkPerformance(ReworkCommon):
    """Queries of our documents as ratios to core doing the same in the same database."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.line = cls._come_back(cls.product, 300)
        cls._put_in_stock(cls.product, 300)
        cls.scrap_location = cls.env.company._cx_scrap_location()

    def _cost(self, function, *args):
        """Queries of a call whose caches are cold, as of a click."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        function(*args)
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def _dispositions(self, count, **vals):
        dispositions = self.env["cx.disposition"].create(
            [{"rma_line_id": self.line.id, "quantity": 1, **vals} for _number in range(count)])
        dispositions.action_approve()
        return dispositions

    # Scrap

    def _core_scrap(self):
        self.env["stock.scrap"].create({
            "product_id": self.product.id, "scrap_qty": 1, "location_id": self.warehouse.lot_stock_id.id,
            "scrap_location_id": self.scrap_location.id,
        }).action_validate()

    def _our_scrap(self, dispositions):
        dispositions.action_create_scraps()

    def test_scrap(self):
        """A scrap from quarantine costs at most 1.4 x a plain one; a hundred together at most 0.8 x singly."""
        self._cost(self._core_scrap)
        self._cost(self._our_scrap, self._dispositions(1, destination="scrap"))
        core = self._cost(self._core_scrap)
        ours = self._cost(self._our_scrap, self._dispositions(1, destination="scrap"))
        hundred = self._cost(self._our_scrap, self._dispositions(100, destination="scrap"))
        self.assertLessEqual(ours, 1.4 * core)
        self.assertLessEqual(hundred, 0.8 * 100 * ours)

    # Rework

    def _core_order(self):
        order = self.env["mrp.production"].create({
            "product_id": self.product.id, "product_qty": 1, "bom_id": False,
            "move_raw_ids": [(0, 0, {"product_id": self.product.id, "product_uom_qty": 1})]})
        order.action_confirm()
        order.button_mark_done()
        self.assertEqual(order.state, "done")

    def _our_order(self, dispositions):
        dispositions.action_create_rework_orders()
        dispositions.production_ids.button_mark_done()

    def test_rework_order(self):
        """An order from created to done costs at most 1.25 x one of core; a hundred together at most 0.6 x singly."""
        self._cost(self._core_order)
        self._cost(self._our_order, self._dispositions(1, work="rework"))
        core = self._cost(self._core_order)
        ours = self._cost(self._our_order, self._dispositions(1, work="rework"))
        hundred = self._cost(self._our_order, self._dispositions(100, work="rework"))
        self.assertLessEqual(ours, 1.25 * core)
        self.assertLessEqual(hundred, 0.6 * 100 * ours)
