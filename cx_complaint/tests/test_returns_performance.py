from odoo.tests import tagged

from .returns_common import ReturnsCommon

MANY = 20
RUNS = 3  # measured ones of each side


@tagged("post_install", "-at_install")
class TestReturnsPerformance(ReturnsCommon):
    """Budgets are ratios to the bare ERP doing the same in the same database, from cold caches."""

    def setUp(self):
        super().setUp()
        self.env = self.env(context=dict(self.env.context, tracking_disable=False))

    def _cost(self, act):
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        act()
        self.env.flush_all()
        return self.cr.sql_log_count - before

    def _return_by_core(self, delivery):
        """Queries of the return wizard, opened as its button does, and of the validation."""
        picking = delivery.picking_id

        def authorise():
            wizard = self.env["stock.return.picking"].with_context(
                active_id=picking.id, active_ids=picking.ids, active_model="stock.picking").create({})
            wizard.product_return_moves.quantity = 5
            self.back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])

        return self._cost(authorise), self._cost(lambda: self.back.button_validate())

    def _return_by_rma(self, rmas):
        rmas = rmas.with_env(self.env)
        authorised = self._cost(rmas.action_authorise)
        receipts = self.env["stock.picking"].browse(rmas.picking_ids.ids)
        received = self._cost(receipts.button_validate)
        self.assertEqual(set(rmas.mapped("state")), {"received"})
        return authorised, received

    def _rmas(self, count):
        return self.env["cx.rma"].concat(*[
            self._draft(self._complain(self._deliver(self.product, 5), 5)) for _number in range(count)])

    def test_one_return_costs_no_more_than_core_s(self):
        """Authorise and receive at most what the return wizard and the validation cost.

        Turn by turn and the cheapest run of each: what ran before in the same process warmed neither side more.
        """
        turns = [
            (self._return_by_core(self._deliver(self.product, 5)), self._return_by_rma(self._rmas(1)))
            for _turn in range(1 + RUNS)]
        core, ours = (min(costs, key=sum) for costs in zip(*turns[1:], strict=True))  # the first turn warms both
        self.assertLessEqual(sum(ours), sum(core), f"authorise, receive: {ours}; core: {core}")

    def test_many_at_once_cost_little_each(self):
        """At once at most 0.6 of singly, for authorising and for receiving."""
        self._return_by_rma(self._rmas(1))
        single = self._return_by_rma(self._rmas(1))
        many = self._return_by_rma(self._rmas(MANY))
        for step, one, all_of_them in zip(("authorise", "receive"), single, many, strict=True):
            self.assertLessEqual(all_of_them / MANY, 0.6 * one, step)

    def test_quantities_of_a_list_are_flat(self):
        """Forty lines cost no more queries than two."""
        lines = self._rmas(40).line_ids
        lines.rma_id.action_authorise()
        self.env["stock.picking"].browse(lines.rma_id.picking_ids.ids).button_validate()

        def read(some):
            return self._cost(lambda: self.env["cx.rma.line"].browse(some.ids).mapped(
                lambda line: (line.received_qty, line.quarantine_qty, line.returnable_qty, line.inspected_qty)))

        read(lines)
        self.assertEqual(read(lines[:2]), read(lines))
