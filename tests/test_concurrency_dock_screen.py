"""Two phones, or one that sends again, at the same moment: a count is received once."""

from .two_people import RACE, SHOP

ANNOUNCED = SHOP + """
complaint = env["cx.complaint"].create({
    "summary": "Broken", "partner_id": customer.id, "line_ids": [(0, 0, {
        "product_id": product.id, "quantity": 5, "origin_move_id": deliver(5).picking_ids.move_ids.id,
        "return_decision": "return"})]})
rma = env["cx.rma"].browse(complaint.action_create_rma()["res_id"])
rma.action_authorise()
consignment = env["cx.consignment"].create({"waybill": "RACE", "partner_id": customer.id, "rma_ids": rma.ids})
consignment.action_announce()
other = env["product.product"].create({"name": "Valve", "type": "consu", "is_storable": True})
counts = [{"move_id": rma.line_ids._open_receipt_moves().id, "quantity": 3}, {"product_id": other.id, "quantity": 2}]
place = lambda token: lambda env: env["cx.dock"].place(consignment.id, counts, {"pieces_arrived": 1}, token)
"""

RECEIVED = """
env.cr.rollback()
env.invalidate_all()
result = [message, rma.line_ids.received_qty, sum(env["stock.quant"].search([
    ("product_id", "=", other.id), ("location_id.cx_warehouse_id", "!=", False)]).mapped("quantity"))]
"""


def test_a_count_sent_twice_is_received_once(installed):
    """The phone sends the same count again while the first call still runs: the second one receives nothing."""
    result = installed.shell(ANNOUNCED + RACE + 'message = race(place("token-0001"), place("token-0001"))' + RECEIVED)
    assert result == [["again", "passed"], 3.0, 2.0]


def test_two_clerks_place_one_parcel(installed):
    """Two clerks counted the same parcel: the second is told that it is received, and nothing comes twice."""
    result = installed.shell(ANNOUNCED + RACE + """
message = race(place("token-0001"), place("token-0002"))[-1]
""" + RECEIVED)
    assert "received or called off meanwhile" in result[0]
    assert result[1:] == [3.0, 2.0]


def test_one_waybill_is_one_parcel(installed):
    """Two clerks scan the waybill that nobody announced at the same moment: one parcel."""
    result = installed.shell(RACE + """
find = lambda env: env["cx.dock"].find("NEVER SEEN")
message = race(find, find)
result = [message, env["cx.consignment"].search_count([("waybill_key", "=", "neverseen")])]
""")
    assert result == [["again", "passed"], 1]
