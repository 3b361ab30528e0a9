from odoo.tests import HttpCase, tagged

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestBrowserGoods(ReworkCommon, HttpCase):
    """What quality clicks for many returns at once."""

    def test_forty_lines_to_rework_orders_in_two_clicks(self):
        """Forty undecided lines in three lots: select all, rework; forty orders, each of one lot."""
        self.env["cx.rma.line"].search([("is_to_decide", "=", True)]).is_to_decide = False
        lots = self._create_lots(self.lot_product, "L1", "L2", "L3")
        lines = self.env["cx.rma.line"]
        for number in range(40):
            lines |= self._come_back(self.lot_product, 2, lots[number % 3])
        self.env.flush_all()
        quality = self.users_by_login["cx_quality"]
        quality.group_ids += self.env.ref("mrp.group_mrp_user")
        quality.password = "cx_quality"

        self.start_tour("/odoo/returns-to-decide", "cx_rework_forty_lines", login="cx_quality")

        orders = lines.disposition_ids.production_ids
        self.assertEqual(len(orders), 40)
        self.assertEqual(orders.lot_producing_ids, lots)
        self.assertEqual(set(orders.mapped("product_qty")), {2})
        self._assert_sums(lines)
