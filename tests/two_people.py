"""Two people at once, on two connections: what the tests of concurrency share; code for :meth:`Instance.shell`.

The second connection's snapshot is older than the first one's commit, as when both press within the same second. Odoo
repeats a request that failed to serialise; ``race`` does the same by hand.
"""

# ``race(first, second)``: functions of the ``env`` of their own connection. What became of the second: "again" where its
# snapshot was not trusted, then "passed", or the words by which it was refused.
RACE = """
def race(first, second):
    from contextlib import closing
    from odoo.exceptions import UserError
    from psycopg2.errors import SerializationFailure
    env.cr.commit()
    told = []
    with closing(env.registry.cursor()) as one, closing(env.registry.cursor()) as other:
        other.execute("SELECT 1 FROM cx_guard LIMIT 1")  # its picture of the world begins here
        first(env(cr=one))
        one.commit()
        for _attempt in range(2):
            try:
                second(env(cr=other))
                other.commit()
                told.append("passed")
                break
            except SerializationFailure:
                other.rollback()
                told.append("again")
            except UserError as refusal:
                other.rollback()
                told.append(str(refusal))
                break
    env.cr.rollback()
    env.invalidate_all()
    return told
"""

# ``deliver(quantity)``: an order of as many pumps, delivered
SHOP = """
product = env["product.product"].create({"name": "Pump", "type": "consu", "is_storable": True})
customer = env["res.partner"].create({"name": "Customer"})
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)


def deliver(quantity):
    env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, quantity)
    order = env["sale.order"].create({
        "partner_id": customer.id, "warehouse_id": warehouse.id,
        "order_line": [(0, 0, {"product_id": product.id, "product_uom_qty": quantity})]})
    order.action_confirm()
    order.picking_ids.move_ids.write({"quantity": quantity, "picked": True})
    order.picking_ids.button_validate()
    return order
"""

# five pumps of ``rma`` in quarantine, complained of in ``complaint``
GOODS = SHOP + """
delivered = deliver(5).picking_ids.move_ids
complaint = env["cx.complaint"].create({
    "summary": "Broken", "partner_id": customer.id,
    "line_ids": [(0, 0, {"product_id": product.id, "quantity": 5, "origin_move_id": delivered.id})]})


def take_back(complaint_line, delivered, **vals):
    return env["cx.rma"].create({
        "partner_id": customer.id, "warehouse_id": warehouse.id,
        "line_ids": [(0, 0, {"complaint_line_id": complaint_line.id, "product_id": product.id, "quantity": 5,
                             "origin_move_id": delivered.id})], **vals})


rma = take_back(complaint.line_ids, delivered)
rma.action_authorise()
rma.picking_ids.move_ids.write({"quantity": 5, "picked": True})
rma.picking_ids.button_validate()
assert rma.line_ids.received_qty == 5
"""
