from time import monotonic

from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tools import SQL

from .rework_common import ReworkCommon


@tagged("post_install", "-at_install")
class TestCostReturns(ReworkCommon):
    """What a return cost, to the cent of its documents."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.product.invoice_policy = "delivery"
        cls.part = cls._create_product("Cx Chip", standard_price=3.33)
        cls._put_in_stock(cls.part, 1000)
        cls._put_in_stock(cls.product, 100)
        cls.bench = cls.env["mrp.workcenter"].create({"name": "Bench", "costs_hour": 50})
        cls.scheme = cls._create_scheme({
            "name": "Chip", "part_ids": [Command.create({"product_id": cls.part.id, "quantity": 2})],
            "operation_ids": [Command.create({"name": "Solder", "workcenter_id": cls.bench.id, "minutes": 7})],
        })

    def _rows(self, domain):
        """Amounts by kind."""
        self.env.invalidate_all()
        return {kind: round(amount, 2) for kind, amount in self.env["cx.cost"]._read_group(
            domain, ["kind"], ["amount:sum"])}

    def _rework(self, line, quantity, destination="stock"):
        disposition = self._execute(self._decide(line, quantity, "rework", destination, scheme_id=self.scheme.id))
        self._finish(disposition.production_ids)
        return disposition

    def _settle(self, line, kind, quantity, **vals):
        settlement = self._as("cx_service", self.env["cx.settlement"]).create({
            "complaint_line_id": line.complaint_line_id.id, "kind": kind, "quantity": quantity, **vals})
        self._as("cx_manager", settlement).action_approve()
        settlement.action_execute()
        return settlement.sudo()

    def test_rework_costs_parts_and_work(self):
        """Three reworked units: 6 parts at 3.33 and 21 minutes at 50 an hour; the goods keep their value."""
        line = self._come_back(self.product, 5)
        self.assertEqual(self._rows([("rma_line_id", "=", line.id)]), {"goods": -50.0})
        disposition = self._rework(line, 3)
        order = disposition.production_ids
        parts = order.move_raw_ids.filtered(lambda move: move.product_id == self.part)
        self.assertEqual(round(parts.value, 2), 19.98)
        self.assertEqual(order.workorder_ids.duration, 21.0)
        self.assertEqual(self._rows([("disposition_id", "=", disposition.id)]), {
            "parts": 19.98, "work": 17.50, "goods_work": 0.0})
        row = self.env["cx.cost"].search([("disposition_id", "=", disposition.id), ("kind", "=", "parts")])
        self.assertEqual(
            (row.item_id, row.quantity, row.product_id, row.complaint_id, row.rma_id, row.reference, row.partner_id),
            (self.part, 6.0, self.product, line.complaint_id, line.rma_id, order.name, self.customer))
        self.assertEqual(line.rma_id.cost_amount, -50 + 19.98 + 17.50)

    def test_capitalised_work_is_no_cost(self):
        """What the goods gain by capitalised work is taken off again, whatever the setting says later."""
        self.env.company.cx_capitalise_rework = True
        category = self.env["product.category"].create({"name": "Average", "property_cost_method": "average"})
        product = self._create_product("Cx Average", categ_id=category.id)
        disposition = self._rework(self._come_back(product, 2), 2)
        self.env.company.cx_capitalise_rework = False
        rows = self._rows([("disposition_id", "=", disposition.id)])
        self.assertEqual((rows["parts"], rows["work"]), (13.32, 11.67))
        finished = disposition.production_ids.move_finished_ids.value
        self.assertAlmostEqual(rows["goods_work"], -(finished - 20.0), 2)
        self.assertAlmostEqual(sum(rows.values()), 0.0, 1)

    def test_scrap_and_replacement(self):
        """Two come back and are scrapped, two replace them: the loss is what the replacements cost."""
        line = self._come_back(self.product, 2)
        scrap = self._execute(self._decide(line, 2, "none", "scrap"))
        self.assertEqual(sum(scrap.scrap_ids.move_ids.mapped("value")), 20.0)
        self.product.standard_price = 11.0
        settlement = self._settle(line, "replacement", 2)
        self._validate(settlement.move_ids.picking_id)
        rows = self._rows([("rma_id", "=", line.rma_id.id)])
        self.assertEqual(rows, {"goods": -20.0, "scrap": 20.0, "replacement": 22.0})
        self.assertEqual(line.complaint_id.cost_amount, 22.0)
        self.assertEqual(line.cost_amount, 22.0)

    def test_customers_goods_have_no_value(self):
        """Repair of the customer's own goods costs the work on them only."""
        line = self._come_back(self.product, 2, goods_owner="customer")
        disposition = self._rework(line, 2, "customer")
        self._as("cx_quality", disposition).action_release()
        self.assertEqual(self._rows([("rma_id", "=", line.rma_id.id)]), {"parts": 13.32, "work": 11.67})

    def test_credit_counts_when_posted(self):
        """A draft costs nothing; posted it costs the untaxed amount in the company's currency."""
        line = self._come_back(self.product, 3)
        order = line.origin_move_id.sale_line_id.order_id
        invoice = order._create_invoices()
        invoice.action_post()
        settlement = self._settle(line, "credit", 2, invoice_line_id=invoice.invoice_line_ids.id)
        self.assertEqual(self._rows([("settlement_id", "=", settlement.id)]), {})
        note = settlement.credit_line_ids.move_id
        note.invoice_date = "2026-11-02"
        note.action_post()
        self.assertEqual(self._rows([("settlement_id", "=", settlement.id)]), {"credit": 40.0})
        self.assertEqual(settlement.credit_line_ids.balance, 40.0)
        self.assertEqual(line.rma_id.cost_amount, 10.0, "credited 40, goods of 30 taken back")

    def test_freight_is_shared_to_the_cent(self):
        """Ten of freight over three lines that came in one parcel; what the customer pays costs us nothing."""
        lines = self.env["cx.rma.line"]
        for _number in range(3):
            lines |= self._come_back(self.product, 1)
        consignment = self.env["cx.consignment"].create({
            "waybill": "FR-1", "warehouse_id": self.warehouse.id, "partner_id": self.customer.id,
            "freight_amount": 10.0, "freight_payer": "customer"})
        lines.move_ids.picking_id.cx_consignment_id = consignment
        self.assertEqual(self._rows([("kind", "=", "freight"), ("rma_line_id", "in", lines.ids)]), {})
        consignment.freight_payer = "company"
        self.env.invalidate_all()
        rows = self.env["cx.cost"].search([("kind", "=", "freight"), ("rma_line_id", "in", lines.ids)])
        self.assertEqual(sorted(rows.mapped("amount")), [3.33, 3.33, 3.34])
        self.assertEqual(rows.rma_line_id, lines)

    def test_freight_before_the_goods_are_known(self):
        """A parcel of one RMA whose goods are not received yet shows its freight there."""
        line = self._come_back(self.product, 1)
        consignment = self.env["cx.consignment"].create({
            "waybill": "FR-2", "warehouse_id": self.warehouse.id, "freight_amount": 7.5, "freight_payer": "company",
            "rma_ids": [Command.link(line.rma_id.id)]})
        self.assertEqual(self._rows([("kind", "=", "freight"), ("rma_id", "=", line.rma_id.id)]), {"freight": 7.5})
        self.assertTrue(consignment)

    def test_rows_are_read_only_and_of_the_company(self):
        """Nobody writes a cost; rows of another company are not seen; who has nothing to do with complaints sees none."""
        line = self._come_back(self.product, 1)
        row = self.env["cx.cost"].search([("rma_line_id", "=", line.id)])
        self.assertTrue(row)
        for operation in ("create", "write", "unlink"):
            self.assertFalse(self._as("cx_manager", row).has_access(operation))
        with self.assertRaises(AccessError):
            self._as("stock_only", row).read(["amount"])
        other = self.env["res.company"].create({"name": "Other"})
        user = self.users_by_login["cx_finance"]
        user.write({"company_ids": [Command.link(other.id)]})
        self.assertFalse(row.with_user(user).with_context(allowed_company_ids=other.ids).search([("id", "=", row.id)]))

    def test_ids_are_unique(self):
        """Each row has an id of its own, whichever document it comes from."""
        line = self._come_back(self.product, 3)
        self._rework(line, 2)
        self._execute(self._decide(line, 1, "none", "scrap"))
        self.env.flush_all()
        rows = self.env["cx.cost"].search([])
        self.assertEqual(len(set(rows.ids)), self.env["cx.cost"].search_count([]))

    def test_figures_of_a_list_are_flat(self):
        """The totals of many returns are one query."""
        lines = self.env["cx.rma.line"]
        for _number in range(6):
            lines |= self._come_back(self.product, 1)

        def read(some):
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.cr.sql_log_count
            some.mapped("cost_amount")
            return self.cr.sql_log_count - before

        read(lines)
        self.assertEqual(read(lines[:2]), read(lines))


    def test_ten_thousand_rows(self):
        """With ten thousand parts drawn the total of a return still reads its own rows only."""
        line = self._come_back(self.product, 1)
        disposition = self._rework(line, 1)
        part = disposition.production_ids.move_raw_ids.filtered(lambda move: move.product_id == self.part)
        self.env.flush_all()
        self.cr.execute(
            "SELECT string_agg(quote_ident(column_name), ', ') FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND table_name = 'stock_move' AND column_name != 'id'")
        columns = SQL(self.cr.fetchone()[0])
        self.cr.execute(SQL(
            "INSERT INTO stock_move (%s) SELECT %s FROM stock_move, generate_series(1, 10000) WHERE id = %s",
            columns, columns, part.id))
        self.cr.execute("ANALYZE stock_move")
        self.env.invalidate_all()
        before, started = self.cr.sql_log_count, monotonic()
        rows = self.env["cx.cost"].formatted_read_group(
            [("kind", "=", "parts")], ["complaint_id", "date:month"], ["amount:sum", "quantity:sum"])
        self.assertLess(monotonic() - started, 3.0)
        self.assertLessEqual(self.cr.sql_log_count - before, 6)
        found = next(row for row in rows if row["complaint_id"] and row["complaint_id"][0] == line.complaint_id.id)
        self.assertAlmostEqual(found["amount:sum"], 10001 * 6.66, 2)
