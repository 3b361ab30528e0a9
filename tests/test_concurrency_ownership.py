"""Two users at once: the customer's goods become ours once, whoever of them presses first."""

from .two_people import RACE

# Three of the customer's own goods in quarantine; ``settle(quantity)`` is a delivered replacement of so many
STAGE = """
from odoo import Command

product = env["product.product"].create({"name": "Cx Held", "is_storable": True, "standard_price": 10.0})
customer = env["res.partner"].create({"name": "Cx Owner", "is_company": True})
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 50)


def done(picking):
    picking.action_assign()
    for move in picking.move_ids:
        move.write({"quantity": move.product_uom_qty, "picked": True})
    picking.with_context(skip_sms=True).button_validate()
    assert picking.state == "done"


order = env["sale.order"].create({
    "partner_id": customer.id, "warehouse_id": warehouse.id,
    "order_line": [Command.create({"product_id": product.id, "product_uom_qty": 3.0})]})
order.action_confirm()
done(order.picking_ids)
line = env["cx.complaint"].create({
    "summary": "Race", "partner_id": customer.id,
    "line_ids": [Command.create({
        "product_id": product.id, "quantity": 3.0, "sale_line_id": order.order_line.id,
        "origin_move_id": order.picking_ids.move_ids.id})]}).line_ids
rma = env["cx.rma"].create({
    "partner_id": customer.id, "warehouse_id": warehouse.id, "kind_id": env.ref("cx_complaint.rma_kind_repair").id,
    "line_ids": [Command.create({
        "complaint_line_id": line.id, "product_id": product.id, "quantity": 3.0,
        "origin_move_id": order.picking_ids.move_ids.id})]})
rma.action_authorise()
done(rma.picking_ids)


def settle(quantity):
    settlement = env["cx.settlement"].create({
        "complaint_line_id": line.id, "quantity": quantity, "is_goodwill": True})
    settlement.action_approve()
    settlement.action_execute()
    done(settlement.move_ids.picking_id)
    return settlement


def take_over(settlement):
    return lambda env: env["cx.settlement"].browse(settlement.id).action_take_over()


def owned():
    quants = env["stock.quant"].search([
        ("product_id", "=", product.id), ("location_id.cx_warehouse_id", "=", warehouse.id)])
    owners = {owner.name or "": sum(found.mapped("quantity")) for owner, found in quants.grouped("owner_id").items()}
    return {name: quantity for name, quantity in owners.items() if quantity}
"""


def test_one_settlement_pressed_by_two(installed):
    """The second one is retried and told that all of it is ours already; two of three became ours, once."""
    told, owners = installed.shell(STAGE + RACE + """
settlement = settle(2.0)
result = race(take_over(settlement), take_over(settlement)), owned()
""")
    assert told[0] == "again"
    assert "ours already" in told[1]
    assert owners == {"": 2.0, "Cx Owner": 1.0}


def test_two_settlements_of_the_same_goods(installed):
    """Two and two of three: the second takes over what is left, not the same goods again."""
    told, owners = installed.shell(STAGE + RACE + """
result = race(take_over(settle(2.0)), take_over(settle(2.0))), owned()
""")
    assert told == ["again", "passed"]
    assert owners == {"": 3.0}
