"""Two people at once: what is created once is created once, and a cap holds."""

from .two_people import GOODS, RACE


def test_documents_are_created_once(installed):
    """Two users press Create at the same moment: one rework order, one scrap and one transfer are created."""
    result = installed.shell(GOODS + RACE + """
dispositions = env["cx.disposition"].create([
    {"rma_line_id": rma.line_ids.id, "quantity": 2, "work": "rework"},
    {"rma_line_id": rma.line_ids.id, "quantity": 2, "destination": "scrap"},
    {"rma_line_id": rma.line_ids.id, "quantity": 1, "destination": "stock"}])
dispositions.action_approve()
press = lambda env: env["cx.disposition"].browse(dispositions.ids).action_execute()
outcome = race(press, lambda env: env["cx.disposition"].browse(dispositions.ids).filtered(
    lambda one: one.state != "done").action_execute())
result = {
    "outcome": outcome,
    "orders": env["mrp.production"].search_count([("cx_disposition_id", "in", dispositions.ids)]),
    "scraps": env["stock.scrap"].search_count([("cx_disposition_id", "in", dispositions.ids)]),
    "transfers": env["stock.move"].search_count(
        [("cx_disposition_id", "=", dispositions[2].id), ("state", "!=", "cancel")]),
}
""")
    assert result == {"outcome": ["again", "passed"], "orders": 1, "scraps": 1, "transfers": 1}


def test_cap_holds(installed):
    """Five came back; two people decide about three each: the second is refused, with both figures."""
    result = installed.shell(GOODS + RACE + """
decide = lambda env: env["cx.disposition"].create({"rma_line_id": rma.line_ids.id, "quantity": 3})
result = race(decide, decide)[-1]
result = [result, sum(env["cx.disposition"].search([("rma_line_id", "=", rma.line_ids.id)]).mapped("quantity"))]
""")
    assert "6 Units of Pump would be decided, 5 are in quarantine" in result[0]
    assert result[1] == 3


def test_cancel_and_execute(installed):
    """One cancels while the other executes: either the documents or the cancellation, never both."""
    result = installed.shell(GOODS + RACE + """
disposition = env["cx.disposition"].create({"rma_line_id": rma.line_ids.id, "quantity": 3, "work": "rework"})
disposition.action_approve()
result = race(lambda env: env["cx.disposition"].browse(disposition.id).action_cancel(),
              lambda env: env["cx.disposition"].browse(disposition.id).action_execute())[-1]
result = [result, env["mrp.production"].search_count([("cx_disposition_id", "=", disposition.id)])]
""")
    assert "It is Cancelled" in result[0]
    assert result[1] == 0


def test_nothing_is_used_up_twice(installed):
    """Two users press Create at the same moment: one unbuild order and one order of the workshop, each done or made once."""
    result = installed.shell(GOODS + RACE + """
part = env["product.product"].create({"name": "Motor", "type": "consu", "is_storable": True})
dispositions = env["cx.disposition"].create([
    {"rma_line_id": rma.line_ids.id, "quantity": 2, "work": "dismantle",
     "component_ids": [(0, 0, {"product_id": part.id})]},
    {"rma_line_id": rma.line_ids.id, "quantity": 3, "work": "conversion", "output_product_id": part.id}])
dispositions.action_approve()
outcome = race(
    lambda env: env["cx.disposition"].browse(dispositions.ids).action_execute(),
    lambda env: env["cx.disposition"].browse(dispositions.ids).filtered(lambda one: one.state != "done").action_execute())
result = {
    "outcome": outcome,
    "unbuilds": env["mrp.unbuild"].search_count([("cx_disposition_id", "in", dispositions.ids)]),
    "orders": env["mrp.production"].search_count([("cx_disposition_id", "in", dispositions.ids)]),
    "motors": part.qty_available,
    "in_quarantine": rma.line_ids.quarantine_qty,
}
""")
    assert result == {"outcome": ["again", "passed"], "unbuilds": 1, "orders": 1, "motors": 2, "in_quarantine": 3}


def test_undecided_goods_go_to_rework_once(installed):
    """Two inspectors send the same line to rework: the second finds nothing left to decide."""
    result = installed.shell(GOODS + RACE + """
press = lambda env: env["cx.rma.line"].browse(rma.line_ids.ids).action_rework()
result = race(press, press)[-1], rma.line_ids.disposition_ids.mapped("quantity"), len(rma.line_ids.disposition_ids.production_ids)
""")
    assert "in quarantine and undecided" in result[0]
    assert result[1:] == [[5.0], 1]
