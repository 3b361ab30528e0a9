"""Two people authorise at once: a cap holds, and a receipt is made once, also when the second one looked before."""

from .two_people import RACE

DELIVERED = """
product = env["product.product"].create({"name": "Capped", "is_storable": True, "standard_price": 10})
customer = env["res.partner"].create({"name": "Hasty", "is_company": True})
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
def deliver():
    # without a sales order, whose row both would write: nothing but the guard is to keep them apart
    env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 5)
    customers = env.ref("stock.stock_location_customers")
    picking = env["stock.picking"].create({
        "picking_type_id": warehouse.out_type_id.id, "partner_id": customer.id,
        "location_id": warehouse.lot_stock_id.id, "location_dest_id": customers.id,
        "move_ids": [(0, 0, {
            "product_id": product.id, "product_uom_qty": 5, "location_id": warehouse.lot_stock_id.id,
            "location_dest_id": customers.id})]})
    picking.action_confirm()
    picking.move_ids.write({"quantity": 5, "picked": True})
    picking.button_validate()
    return picking.move_ids

delivered = deliver()

def draft(quantity):
    complaint = env["cx.complaint"].create({
        "summary": "Broken", "partner_id": customer.id,
        "line_ids": [(0, 0, {"product_id": product.id, "origin_move_id": delivered.id,
                             "quantity": quantity, "return_decision": "return"})]})
    complaint.action_create_rma()
    return complaint.rma_line_ids.rma_id

authorise = lambda rma: lambda env: env["cx.rma"].browse(rma.id).action_authorise()
"""


def test_eight_of_five(installed):
    """Five delivered, four asked back twice at the same time: one is authorised, the other is told the figures."""
    outcomes, states, expected = installed.shell(DELIVERED + RACE + """
first, second = draft(4), draft(4)
outcomes = race(authorise(first), authorise(second))
moves = env["stock.move"].search([("cx_rma_line_id.rma_id", "in", (first | second).ids)])
result = outcomes, [first.state, second.state], sum(moves.mapped("product_uom_qty"))
""")
    assert outcomes[0] == "again", "the older snapshot is not trusted"
    assert "4 Units of Capped asked back, 1 can be" in outcomes[1]
    assert states == ["authorised", "draft"]
    assert expected == 4


def test_one_rma_authorised_by_two(installed):
    """The same RMA pressed by two people: one receipt."""
    outcomes, receipts = installed.shell(DELIVERED + RACE + """
rma = draft(4)
outcomes = race(authorise(rma), authorise(rma))
result = outcomes, [picking.state for picking in rma.picking_ids]
""")
    assert outcomes[0] == "again"
    assert "It is Authorised" in outcomes[1]
    assert receipts == ["assigned"]


def test_different_deliveries_do_not_wait_for_each_other(installed):
    """Two RMAs of two deliveries at the same time: both are authorised at the first attempt."""
    outcomes = installed.shell(DELIVERED + RACE + """
first = draft(4)
delivered = deliver()
result = race(authorise(first), authorise(draft(4)))
""")
    assert outcomes == ["passed"]
