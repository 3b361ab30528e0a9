"""Two people at once: what customs granted is used once, and a return is applied for once."""

from .two_people import RACE

BONDED = """
from odoo import fields
product = env["product.product"].create({"name": "Bonded", "is_storable": True, "standard_price": 10})
customer = env["res.partner"].create({
    "name": "Zone", "is_company": True, "email": "zone@example.com", "cx_needs_customs_contract": True})
env.company.cx_has_bonded_trade = True
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)

def bonded(quantity):
    complaint = env["cx.complaint"].create({
        "summary": "Broken", "partner_id": customer.id,
        "line_ids": [(0, 0, {"product_id": product.id, "quantity": quantity, "return_decision": "return"})]})
    rma = env["cx.rma"].create({"partner_id": customer.id, "line_ids": [(0, 0, {
        "complaint_line_id": complaint.line_ids.id, "product_id": product.id, "quantity": quantity,
        "no_origin_reason": "Old"})]})
    rma.action_authorise()
    return rma
"""


def test_two_returns_use_what_customs_granted(installed):
    """Six granted, two returns of four told at the same time: the second one waits."""
    outcomes, told = installed.shell(BONDED + RACE + """
first, second = bonded(4), bonded(4)
contract = env["cx.customs.contract"].browse((first | second).action_apply_contract()["res_id"])
contract.line_ids.quantity = 6
contract.action_apply()
contract.write({"number": "B1", "valid_until": fields.Date.add(fields.Date.today(), days=30)})
contract.action_grant()
tell = lambda rma: lambda env: env["cx.rma"].browse(rma.id).action_tell_customer()
outcomes = race(tell(first), tell(second))
result = outcomes, [bool(first.customer_told_on), bool(second.customer_told_on)]
""")
    assert outcomes[0] == "again", "the older snapshot is not trusted"
    assert "customs granted 6" in outcomes[1]
    assert told == [True, False]


def test_a_return_is_applied_for_once(installed):
    """Two people press Apply for Contract for the same return: one application."""
    outcomes, count = installed.shell(BONDED + RACE + """
rma = bonded(2)
press = lambda env: env["cx.rma"].browse(rma.id).action_apply_contract()
outcomes = race(press, press)
result = outcomes, env["cx.customs.contract"].search_count([("rma_ids", "in", rma.ids)])
""")
    assert outcomes[0] == "again"
    assert "is covered by" in outcomes[1]
    assert count == 1
