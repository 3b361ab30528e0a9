"""Two users at once: what is made good or credited is capped also when neither sees the other's work yet."""

import pytest

from .two_people import RACE

# An order of five, delivered and invoiced; ``propose(kind, quantity)`` makes a settlement.
STAGE = """
from contextlib import closing
from odoo import Command, SUPERUSER_ID, api

product = env["product.product"].create({
    "name": "Cx Raced", "type": "consu", "is_storable": True, "list_price": 20.0, "invoice_policy": "delivery"})
customer = env["res.partner"].create({"name": "Cx Racing"})
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 100)
order = env["sale.order"].create({
    "partner_id": customer.id, "warehouse_id": warehouse.id,
    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 5.0})]})
order.action_confirm()
order.picking_ids.move_ids.write({"quantity": 5.0, "picked": True})
order.picking_ids.with_context(skip_sms=True).button_validate()
assert order.picking_ids.state == "done"
order._create_invoices().action_post()
line = env["cx.complaint"].create({
    "summary": "Race", "partner_id": customer.id,
    "line_ids": [Command.create({
        "product_id": product.id, "quantity": 3.0, "sale_line_id": order.order_line.id,
        "origin_move_id": order.picking_ids.move_ids.id})]}).line_ids


def propose(kind, quantity):
    return env["cx.settlement"].create({
        "complaint_line_id": line.id, "kind": kind, "quantity": quantity,
        "invoice_line_id": order.invoice_ids.invoice_line_ids.id if kind == "credit" else False})


def verb(settlement, name):
    return lambda other: getattr(settlement.with_env(other), name)()
"""


@pytest.mark.parametrize("kinds", [("replacement", "replacement"), ("replacement", "credit"), ("credit", "credit")])
def test_three_and_three_of_five(installed, kinds):
    """Two approvals of three out of five, neither knowing of the other: the second is retried and then refused."""
    told, decisions = installed.shell(
        STAGE
        + RACE
        + """
first, second = (propose(kind, 3.0) for kind in values["kinds"])
told = race(verb(first, "action_approve"), verb(second, "action_approve"))
result = told, (first | second).mapped("decision")
""",
        kinds=kinds,
    )
    assert told[0] == "again"
    assert "3.0 Units" in told[1] and "2.0 Units can be" in told[1]
    assert decisions == ["approved", "proposed"]


def test_two_and_three_of_five(installed):
    """What fits together passes, after a retry that nobody sees."""
    told, decisions = installed.shell(
        STAGE
        + RACE
        + """
first, second = propose("replacement", 2.0), propose("credit", 3.0)
told = race(verb(first, "action_approve"), verb(second, "action_approve"))
result = told, (first | second).mapped("decision")
""",
    )
    assert told == ["again", "passed"]
    assert decisions == ["approved", "approved"]


@pytest.mark.parametrize("kind", ["replacement", "credit"])
def test_executed_by_two_at_once(installed, kind):
    """Both press Execute: one delivery, one credit note."""
    told, moves, credits, state = installed.shell(
        STAGE
        + RACE
        + """
settlement = propose(values["kind"], 3.0)
settlement.action_approve()
told = race(verb(settlement, "action_execute"), verb(settlement, "action_execute"))
result = told, len(settlement.move_ids), len(settlement.credit_line_ids), settlement.state
""",
        kind=kind,
    )
    assert told == ["again", "passed"]
    assert (moves, credits) == ((1, 0) if kind == "replacement" else (0, 1))
    assert state == "running"


def test_sold_and_stored_on_meanwhile(installed):
    """Guards belong to us: core works on order, delivery and invoice while an approval is not committed yet."""
    waited = installed.shell(
        STAGE
        + RACE
        + """
settlement = propose("credit", 3.0)
env.cr.commit()
with closing(env.registry.cursor()) as one, closing(env.registry.cursor()) as two:
    settlement.with_env(api.Environment(one, SUPERUSER_ID, {})).action_approve()
    two.execute("SET lock_timeout = '2s'")
    core = api.Environment(two, SUPERUSER_ID, {})
    core["sale.order"].browse(order.id).order_line.product_uom_qty = 6.0
    core["account.move"].browse(order.invoice_ids.ids)._reverse_moves([{}])
    core["stock.picking"].browse(order.picking_ids.ids).note = "still writable"
    core.flush_all()
    two.rollback()
    one.rollback()
result = False
""",
    )
    assert waited is False
