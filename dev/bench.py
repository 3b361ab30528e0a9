"""What our documents cost, as ratios to the bare ERP doing the same in the same database and the same run.

Runs inside an Odoo shell (``env`` is given), in one transaction that is rolled back. Prints a table and writes
``bench.json``: a list of objects with ``name``, ``ours_queries``, ``bare_queries``, ``ours_ms``, ``bare_ms``, all per
document. Times on a shared machine are noisy; the query counts are not.
"""

import json
import time
from pathlib import Path
from unittest.mock import patch

from odoo import fields
from odoo.tools import SQL

SINGLES = 5  # documents made one by one for a figure, after one that warms the caches
BATCH = 100

# name: most that "ours" may cost, in queries, as a multiple of "bare"
GOALS = {
    "authorise and receive / return wizard and validation": 1.0,
    "draft credit note / reversal wizard": 0.5,
    "scrap from quarantine / plain scrap": 1.4,
    "rework order created to done / order without bill of materials": 1.25,
    "100 at once / singly: authorise and receive": 0.6,
    "100 at once / singly: rework": 0.6,
    "100 at once / singly: scrap": 0.8,
    "100 at once / singly: credit": 0.8,
    "100 000th complaint / first": 1.1,
    "100 escalations due among 100 000 open tasks / among 1 000": 1.5,
    "complaint under thirty milestones / under no procedure": 1.3,
    "complaint under the longest shipped procedure / handed to somebody, under none": 1.3,
    "10 000 clocks after a holiday / 1 000, each": 1.0,
}


class Bench:
    """The documents of the benchmark, made by the addon and by the bare ERP."""

    def __init__(self, env):
        self.env = env(context=dict(env.context, tracking_disable=False))
        self.rows = []
        self.company = self.env.company
        self.warehouse = self.env["stock.warehouse"].search([("company_id", "=", self.company.id)], limit=1)
        self.partner = self.env["res.partner"].create({"name": "Bench Customer"})
        self.product = self.env["product.product"].create({
            "name": "Bench Pump", "type": "consu", "is_storable": True, "standard_price": 10.0, "list_price": 20.0,
            "invoice_policy": "delivery",
        })
        self.env["stock.quant"]._update_available_quantity(self.product, self.warehouse.lot_stock_id, 10000)

    # --- measuring

    def cost(self, function, documents):
        """Queries and milliseconds of ``function(documents)`` from cold caches, flushes included."""
        self.env.flush_all()
        self.env.invalidate_all()
        queries, started = self.env.cr.sql_log_count, time.perf_counter()
        function(documents)
        self.env.flush_all()
        return self.env.cr.sql_log_count - queries, (time.perf_counter() - started) * 1000

    def singly(self, prepare, function):
        """Cost per document when each is handled in a request of its own; the first only warms the caches."""
        documents = prepare(SINGLES + 1)
        figures = [self.cost(function, document) for document in documents][1:]
        return [sum(column) / SINGLES for column in zip(*figures, strict=True)]

    def at_once(self, prepare, function):
        """Cost per document when a hundred are handled in one request."""
        return [figure / BATCH for figure in self.cost(function, prepare(BATCH))]

    def report(self, name, ours, bare):
        row = {
            "name": name, "ours_queries": round(ours[0], 2), "bare_queries": round(bare[0], 2),
            "ours_ms": round(ours[1], 2), "bare_ms": round(bare[1], 2),
        }
        self.rows.append(row)
        ratio = row["ours_queries"] / (row["bare_queries"] or 1)
        within = "yes" if ratio <= GOALS[name] else "NO"
        print(f"{name:66} {row['ours_queries']:9.1f} {row['bare_queries']:9.1f} {ratio:7.2f} {GOALS[name]:6.2f} "
              f"{within:>6} {row['ours_ms'] / (row['bare_ms'] or 1):8.2f}", flush=True)

    # --- what is measured on

    def orders(self, count):
        """Confirmed and delivered one-line orders of five."""
        orders = self.env["sale.order"].create([{
            "partner_id": self.partner.id, "warehouse_id": self.warehouse.id,
            "order_line": [(0, 0, {"product_id": self.product.id, "product_uom_qty": 5})],
        } for _n in range(count)])
        orders.action_confirm()
        pickings = orders.picking_ids
        pickings.move_ids.write({"quantity": 5, "picked": True})
        pickings.button_validate()
        return orders

    def invoices(self, count):
        invoices = self.env["account.move"]
        for order in self.orders(count):
            invoices |= order._create_invoices()
        invoices.action_post()
        return invoices

    def complaint_lines(self, orders, **vals):
        """One confirmed complaint with one line per order."""
        moves = orders.picking_ids.move_ids
        complaints = self.env["cx.complaint"].create([{
            "partner_id": self.partner.id, "summary": "Pump leaks", "phone": "1",
            "line_ids": [(0, 0, {
                "product_id": self.product.id, "quantity": 1, "origin_move_id": move.id, "wish": "repair",
                "sale_line_id": move.sale_line_id.id, "return_decision": "return", **vals,
            })],
        } for move in moves])
        return complaints.line_ids

    def rmas(self, count):
        lines = self.complaint_lines(self.orders(count))
        return self.env["cx.rma"].create([{
            "partner_id": self.partner.id, "warehouse_id": self.warehouse.id,
            "line_ids": [(0, 0, {
                "complaint_line_id": line.id, "product_id": line.product_id.id, "quantity": 1,
                "origin_move_id": line.origin_move_id.id,
            })],
        } for line in lines])

    def dispositions(self, count, **vals):
        """Approved dispositions of received goods."""
        rmas = self.rmas(count)
        self.authorise_and_receive(rmas)
        dispositions = self.env["cx.disposition"].create([
            {"rma_line_id": line.id, "quantity": 1, **vals} for line in rmas.line_ids
        ])
        dispositions.action_approve()
        return dispositions

    def credits(self, count):
        """Approved settlements that credit one unit of an invoice line."""
        invoices = self.invoices(count)
        lines = self.complaint_lines(invoices.invoice_line_ids.sale_line_ids.order_id)
        settlements = self.env["cx.settlement"].create([{
            "complaint_line_id": line.id, "partner_id": self.partner.id, "kind": "credit", "quantity": 1,
            "product_id": self.product.id, "origin_move_id": line.origin_move_id.id,
            "sale_line_id": line.sale_line_id.id, "invoice_line_id": line.sale_line_id.invoice_lines.id,
        } for line in lines])
        settlements.action_approve()
        return settlements

    # --- what is measured: ours, and the same in the bare ERP

    def authorise_and_receive(self, rmas):
        rmas.action_authorise()
        pickings = rmas.line_ids.move_ids.picking_id
        pickings.move_ids.write({"quantity": 1, "picked": True})
        pickings.with_context(skip_backorder=True).button_validate()

    def return_and_validate(self, orders):
        wizard = self.env["stock.return.picking"].with_context(
            active_model="stock.picking", active_id=orders.picking_ids.id).create({"picking_id": orders.picking_ids.id})
        wizard.product_return_moves.quantity = 1
        picking = wizard._create_return()
        picking.move_ids.write({"quantity": 1, "picked": True})
        picking.button_validate()

    def credit(self, settlements):
        settlements.action_execute()

    def reverse(self, invoices):
        wizard = self.env["account.move.reversal"].with_context(
            active_model="account.move", active_ids=invoices.ids).create({"journal_id": invoices.journal_id.id})
        wizard.refund_moves()

    def scrap(self, dispositions):
        dispositions.action_execute()

    def plain_scrap(self, products):
        scrap = self.env["stock.scrap"].create({
            "product_id": products.id, "scrap_qty": 1, "location_id": self.warehouse.lot_stock_id.id})
        scrap.action_validate()

    def rework(self, dispositions):
        dispositions.action_execute()
        self.finish(dispositions.production_ids)

    def finish(self, orders):
        for order in orders:
            order.qty_producing = order.product_qty
        orders.move_raw_ids.picked = True
        orders.with_context(skip_backorder=True, skip_consumption=True).button_mark_done()

    def plain_order(self, products):
        order = self.env["mrp.production"].create({
            "product_id": products.id, "product_qty": 1, "bom_id": False,
            "move_raw_ids": [(0, 0, {"product_id": self.part.id, "product_uom_qty": 1})],
        })
        order.action_confirm()
        self.finish(order)

    def register(self, partners):
        self.env["cx.complaint"].create({"partner_id": partners.id, "summary": "Pump leaks"})

    def register_and_hand_over(self, partners):
        self.env["cx.complaint"].create({
            "partner_id": partners.id, "summary": "Pump leaks", "handler_id": self.handler.id})

    def rules(self, code, milestones):
        """A rulebook in draft: duties of quality, ``milestones`` as ``(code, values)``."""
        procedure = self.env["cx.procedure"].create({"name": code, "code": code})
        role = self.env["cx.procedure.role"].create({
            "procedure_id": procedure.id, "name": "Quality", "code": "quality", "function": "quality"})
        self.env["cx.milestone"].create([{
            "procedure_id": procedure.id, "name": name, "code": name, "role_id": role.id, "start_event": "received", **values,
        } for name, values in milestones])
        return procedure

    def choose(self, procedure):
        """Put it in force: every case falls under it from now on."""
        procedure.action_put_in_force()
        self.env["cx.procedure.choice"].search([]).unlink()
        self.env["cx.procedure.choice"].create({"procedure_id": procedure.id, "company_id": self.company.id})

    def longest_shipped(self):
        """The shipped procedure with most milestones."""
        procedures = self.env["cx.procedure"]
        procedures = procedures._load_shipped([one["code"] for one in procedures._shipped()])
        return max(procedures, key=lambda procedure: len(procedure.milestone_ids))

    def clocks_after_holiday(self, label):
        """Cost per open clock of a holiday that is entered, of the complaints copied as ``label``."""
        cr = self.env.cr
        milestone = self.clocked.milestone_ids
        self.env.flush_all()
        cr.execute(
            "INSERT INTO cx_task (complaint_id, company_id, milestone_id, role_id, nth, state, started_on, due_on,"
            " extension_seconds)"
            " SELECT id, company_id, %s, %s, 1, 'running', date_trunc('second', now()) - id %% 40 * interval '1 hour', now(), 0"
            " FROM cx_complaint WHERE name LIKE %s", (milestone.id, milestone.role_id.id, f"{label}/%"))
        cr.execute("ANALYZE cx_task")
        tasks = self.env["cx.task"].search([("milestone_id", "=", milestone.id)])
        tasks._update_due()
        before = {task.id: task.due_on for task in tasks}
        day = fields.Datetime.add(fields.Datetime.now(), days=7).replace(hour=0, minute=0, second=0)
        holidays = self.env["resource.calendar.leaves"]
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_options: 60):
            cost = self.cost(lambda days: days.create({
                "name": label, "company_id": self.company.id, "date_from": day,
                "date_to": fields.Datetime.add(day, days=5)}) and tasks._cron_recompute(), holidays)
        moved = sum(task.due_on > before[task.id] for task in tasks)
        assert moved == len(tasks), f"{moved} due dates moved instead of {len(tasks)}"
        cr.execute("DELETE FROM cx_task_change WHERE task_id = ANY(%s)", (tasks.ids,))
        cr.execute("DELETE FROM cx_task WHERE id = ANY(%s)", (tasks.ids,))
        self.env.invalidate_all()
        holidays.search([("name", "=", label)]).unlink()
        return [figure / len(tasks) for figure in cost]

    def copy_complaints(self, count, label="BENCH"):
        """Put ``count`` copies of the last complaint into the table, fast."""
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SELECT max(id) FROM cx_complaint")
        last = cr.fetchone()[0]
        cr.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'cx_complaint'"
            " AND column_name NOT IN ('id', 'name', 'access_token')")
        columns = ", ".join(f'"{name}"' for (name,) in cr.fetchall())
        cr.execute(
            f"INSERT INTO cx_complaint (name, {columns}) SELECT %s || '/' || n, {columns}"
            " FROM cx_complaint, generate_series(1, %s) AS n WHERE id = %s", (label, count, last))
        cr.execute("ANALYZE cx_complaint")

    def milestone_with_ladder(self):
        """A duty of a rulebook in force, with a step at its deadline."""
        procedure = self.rules("LADDER", [("reply", {"limit_value": 1, "limit_unit": "hour"})])
        procedure.milestone_ids.ladder_id = self.env["cx.ladder"].create({
            "procedure_id": procedure.id, "name": "Late", "code": "late", "rung_ids": [
                (0, 0, {"role_id": procedure.role_ids.id, "is_quiet_outside_hours": False})]})
        procedure.action_put_in_force()
        return procedure.milestone_ids

    def escalate(self, label):
        """Cost per escalation of a hundred that are due among the open tasks of the complaints copied as ``label``."""
        cr = self.env.cr
        self.env.flush_all()
        cr.execute(
            "INSERT INTO cx_task (complaint_id, company_id, milestone_id, role_id, nth, state, started_on, due_on, next_alarm_on)"
            " SELECT id, company_id, %s, %s, 1, 'running', now() - interval '3 days', due, due FROM ("
            " SELECT id, company_id, date_trunc('second', now()) + CASE WHEN row_number() OVER (ORDER BY id) <= %s"
            " THEN interval '-1 hours' ELSE interval '9 days' END AS due FROM cx_complaint WHERE name LIKE %s) AS cases",
            (self.milestone.id, self.milestone.role_id.id, BATCH, f"{label}/%"))
        cr.execute("ANALYZE cx_task")
        tasks = self.env["cx.task"]
        with patch.object(type(self.env["ir.cron"]), "_commit_progress", lambda *_args, **_options: 60):
            cost = self.cost(lambda job: job._cron_alarms(), tasks)
        told = tasks.search_count([("escalation_ids", "!=", False), ("complaint_id.name", "=like", f"{label}/%")])
        assert told == BATCH, f"{told} escalations instead of {BATCH}"
        plan = "\n".join(row for row, in self.env.execute_query(SQL(
            "EXPLAIN %s", tasks._search([
                ("next_alarm_on", "<=", fields.Datetime.now()), ("state", "=", "running")],
                order="next_alarm_on, id", limit=BATCH).select())))
        assert label != "MANY" or "cx_task__next_alarm_on_index" in plan, plan
        return [figure / BATCH for figure in cost]

    # --- the whole run

    def run(self):
        print(f"{'queries and time per document, as ratios':66} {'ours':>9} {'bare':>9} {'ratio':>7} {'goal':>6} "
              f"{'within':>6} {'time':>8}")
        self.part = self.env["product.product"].create({"name": "Bench Part", "type": "consu", "is_storable": True})
        self.env["stock.quant"]._update_available_quantity(self.part, self.warehouse.lot_stock_id, 1000)
        products = lambda count: [self.product] * count  # noqa: E731
        scraps = lambda count: self.dispositions(count, destination="scrap")  # noqa: E731
        reworks = lambda count: self.dispositions(count, work="rework", destination="stock")  # noqa: E731

        single = self.singly(self.rmas, self.authorise_and_receive)
        self.report("authorise and receive / return wizard and validation", single,
                    self.singly(self.orders, self.return_and_validate))
        self.report("100 at once / singly: authorise and receive",
                    self.at_once(self.rmas, self.authorise_and_receive), single)
        single = self.singly(self.credits, self.credit)
        self.report("draft credit note / reversal wizard", single, self.singly(self.invoices, self.reverse))
        self.report("100 at once / singly: credit", self.at_once(self.credits, self.credit), single)
        single = self.singly(scraps, self.scrap)
        self.report("scrap from quarantine / plain scrap", single, self.singly(products, self.plain_scrap))
        self.report("100 at once / singly: scrap", self.at_once(scraps, self.scrap), single)
        single = self.singly(reworks, self.rework)
        self.report("rework order created to done / order without bill of materials", single,
                    self.singly(products, self.plain_order))
        self.report("100 at once / singly: rework", self.at_once(reworks, self.rework), single)
        partners = lambda count: [self.partner] * count  # noqa: E731
        first = self.singly(partners, self.register)
        self.copy_complaints(100000)
        self.report("100 000th complaint / first", self.singly(partners, self.register), first)
        self.handler = self.env["res.users"].create({
            "name": "Bench Handler", "login": "bench_handler",
            "group_ids": [(6, 0, [self.env.ref("cx_complaint.group_service").id])]})
        handed_over = self.singly(partners, self.register_and_hand_over)
        self.choose(self.rules("THIRTY", [
            (f"m{number}", {"limit_value": 1 + number, "limit_unit": "working_hour"} if number % 2 else {
                "limit_value": 1 + number, "limit_unit": "working_day", "start_event": "confirmed"})
            for number in range(30)]))
        self.report("complaint under thirty milestones / under no procedure", self.singly(partners, self.register), first)
        self.choose(self.longest_shipped())
        self.report("complaint under the longest shipped procedure / handed to somebody, under none",
                    self.singly(partners, self.register), handed_over)
        self.env["cx.procedure.choice"].search([]).unlink()
        self.clocked = self.rules("CLOCKED", [("work", {"limit_value": 10, "limit_unit": "working_day"})])
        self.clocked.action_put_in_force()
        costs = {}
        for label, count in (("WARM CLOCKS", 100), ("FEW CLOCKS", 1000), ("MANY CLOCKS", 10000)):
            self.copy_complaints(count, label)
            costs[label] = self.clocks_after_holiday(label)
        self.report("10 000 clocks after a holiday / 1 000, each", costs["MANY CLOCKS"], costs["FEW CLOCKS"])
        self.milestone = self.milestone_with_ladder()
        costs = {}
        for label, others in (("WARM", 0), ("FEW", 900), ("MANY", 99000)):
            self.copy_complaints(BATCH + others, label)
            costs[label] = self.escalate(label)
        self.report("100 escalations due among 100 000 open tasks / among 1 000", costs["MANY"], costs["FEW"])


def main(env, path="bench.json"):
    bench = Bench(env)
    try:
        bench.run()
    finally:
        env.cr.rollback()
        Path(path).write_text(json.dumps(bench.rows, indent=2) + "\n", encoding="utf-8")


if "env" in globals():
    main(env)  # noqa: F821
