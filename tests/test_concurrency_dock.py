"""Two people at once: goods that arrived without an RMA are adopted by one line, never by two."""

from .two_people import RACE, SHOP

UNASSIGNED = SHOP + """
rmas = env["cx.rma"]
for _number in range(2):
    complaint = env["cx.complaint"].create({
        "summary": "Broken", "partner_id": customer.id, "line_ids": [(0, 0, {
            "product_id": product.id, "quantity": 5, "origin_move_id": deliver(5).picking_ids.move_ids.id,
            "return_decision": "return"})]})
    rmas |= env["cx.rma"].browse(complaint.action_create_rma()["res_id"])
rmas.action_authorise()
consignment = env["cx.consignment"].create({"waybill": "1", "partner_id": customer.id})
consignment.action_arrive()
move = consignment._receive_unassigned([{"product_id": product.id, "quantity": 5}]).move_ids
"""


def test_goods_are_adopted_once(installed):
    """Two users link one receipt to two lines at the same moment: the second one is told whose it is."""
    result = installed.shell(UNASSIGNED + RACE + """
adopt = lambda line: lambda env: env["cx.rma.line"].browse(line.id)._adopt(env["stock.move"].browse(move.id))
message = race(adopt(rmas[0].line_ids), adopt(rmas[1].line_ids))[-1]
result = [message, rmas.line_ids.mapped("received_qty"), rmas.line_ids.mapped("expected_qty")]
""")
    assert "belongs to" in result[0]
    assert sorted(result[1]) == [0.0, 5.0]
    assert sorted(result[2]) == [0.0, 5.0]


def test_goods_are_linked_or_sent_back(installed):
    """One sends the goods back while the other links them: one of both, never both."""
    result = installed.shell(UNASSIGNED + RACE + """
adopt = lambda env: env["cx.rma.line"].browse(rmas[0].line_ids.id)._adopt(env["stock.move"].browse(move.id))
send = lambda env: env["cx.consignment"].browse(consignment.id).action_send_back()
message = race(adopt, send)[-1]
result = [message, rmas[0].line_ids.received_qty, len(move.returned_move_ids)]
""")
    assert "no goods that wait" in result[0]
    assert result[1:] == [5.0, 0]
