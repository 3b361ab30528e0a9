"""Two people at once: a document made outside is linked to one settlement, never to two."""

from .two_people import RACE, SHOP

SENT = SHOP + """
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 20)
customers = env.ref("stock.stock_location_customers")
def send(quantity):
    picking = env["stock.picking"].create({
        "picking_type_id": warehouse.out_type_id.id, "partner_id": customer.id,
        "location_id": warehouse.lot_stock_id.id, "location_dest_id": customers.id,
        "move_ids": [(0, 0, {
            "product_id": product.id, "product_uom_qty": quantity, "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": customers.id})]})
    picking.action_confirm()
    picking.move_ids.write({"quantity": quantity, "picked": True})
    picking.button_validate()
    return picking.move_ids
settlements = env["cx.settlement"]
for number in range(2):
    complaint = env["cx.complaint"].create({
        "summary": "Broken", "partner_id": customer.id, "line_ids": [(0, 0, {
            "product_id": product.id, "quantity": 2, "origin_move_id": send(5).id})]})
    settlements |= env["cx.settlement"].create({
        "complaint_line_id": complaint.line_ids.id, "kind": "replacement", "quantity": 2})
move = send(2)
"""


def test_a_delivery_replaces_once(installed):
    """Two users claim one delivery for two settlements at the same moment: the second one is told whose it is."""
    result = installed.shell(SENT + RACE + """
link = lambda settlement: lambda env: env["cx.settlement"].browse(settlement.id)._link_existing(
    env["stock.move"].browse(move.id))
message = race(link(settlements[0]), link(settlements[1]))[-1]
result = [message, settlements.mapped("done_qty"), env["cx.adoption"].search_count([("move_id", "=", move.id)])]
""")
    assert "It belongs to" in result[0]
    assert sorted(result[1]) == [0.0, 2.0]
    assert result[2] == 1
