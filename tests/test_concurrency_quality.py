"""Two people at once on inspections and signatures, on two connections; see test_concurrency_rework."""

from .test_concurrency_rework import GOODS, RACE

SIGNERS = """
planner, inspector = env["res.users"].create([
    {"name": name, "login": name, "group_ids": [(6, 0, env.ref("cx_complaint.group_reader").ids)]}
    for name in ("cx_signer_one", "cx_signer_two")])
roles = env["cx.role"].create([
    {"name": user.name, "function": "quality", "user_ids": user.ids} for user in (planner, inspector)])
template = env["cx.approval.template"].create({"name": "Both", "step_ids": [
    (0, 0, {"sequence": 10, "role_id": role.id, "kind": "agreed"}) for role in roles]})
kind = env["cx.rma.kind"].create({"name": "Signed", "approval_template_id": template.id})
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 5)
again = order.copy()
again.action_confirm()
again.picking_ids.move_ids.write({"quantity": 5, "picked": True})
again.picking_ids.button_validate()
signed = env["cx.rma"].create({
    "partner_id": customer.id, "warehouse_id": warehouse.id, "kind_id": kind.id,
    "line_ids": [(0, 0, {"complaint_line_id": complaint.line_ids.id, "product_id": product.id, "quantity": 5,
                         "origin_move_id": again.picking_ids.move_ids.id})]})
signed.action_submit()
"""


def test_inspection_starts_once(installed):
    """Two inspectors press Inspect on the same goods within the same second: one inspection."""
    result = installed.shell(GOODS + RACE + """
env.cr.commit()
press = lambda env: env["cx.rma.line"].browse(rma.line_ids.id).action_inspect()
outcome = race(press, press)
env.cr.rollback()
result = [outcome, env["cx.inspection"].search_count([("rma_line_id", "=", rma.line_ids.id)])]
""")
    assert result == ["repeated", 1]


def test_finishing_twice_proposes_once(installed):
    """The same findings are finished by two people at once: the second is told that it is done."""
    result = installed.shell(GOODS + RACE + """
from odoo.exceptions import UserError
inspection = env["cx.inspection"].create({"rma_line_id": rma.line_ids.id, "line_ids": [
    (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_scrap").id, "quantity": 5})]})
env.cr.commit()
press = lambda env: env["cx.inspection"].browse(inspection.id).action_finish()
try:
    result = race(press, press)
except UserError as error:
    result = str(error)
env.cr.rollback()
result = [result, env["cx.disposition"].search_count([("rma_line_id", "=", rma.line_ids.id)])]
""")
    assert "It is Done" in result[0]
    assert result[1] == 1


def test_two_last_signatures_authorise_once(installed):
    """Two steps of the same turn are signed at the same moment: both count, the goods are expected once."""
    result = installed.shell(GOODS + SIGNERS + RACE + """
env.cr.commit()
outcome = race(lambda env: env["cx.rma"].browse(signed.id).with_user(planner.id).action_sign(),
               lambda env: env["cx.rma"].browse(signed.id).with_user(inspector.id).action_sign())
env.invalidate_all()
env.cr.rollback()
result = [outcome, sorted(signed.approval_ids.mapped("state")), signed.state, len(signed.picking_ids)]
""")
    assert result == ["repeated", ["signed", "signed"], "authorised", 1]


LEFT = """
more = env["cx.complaint.line"].create({
    "complaint_id": complaint.id, "product_id": product.id, "quantity": 5, "return_decision": "return"})
vals = {"complaint_line_id": more.id, "quantity": 5}
"""


def test_the_same_goods_stay_once(installed):
    """Two people leave five of five at the customer at the same moment: the second is told that nothing is left."""
    result = installed.shell(GOODS + LEFT + RACE + """
from odoo.exceptions import UserError
env.cr.commit()
leave = lambda env: env["cx.left.goods"].create(vals)
try:
    result = race(leave, leave)
except UserError as error:
    result = str(error)
env.cr.rollback()
result = [result, sum(more.left_goods_ids.mapped("handled_qty"))]
""")
    assert "only 5 are complained of" in result[0]
    assert result[1] == 5


def test_what_stays_does_not_come_back(installed):
    """One leaves five of five at the customer while another authorises their return: not both."""
    result = installed.shell(GOODS + LEFT + RACE + """
from odoo.exceptions import UserError
env["stock.quant"]._update_available_quantity(product, warehouse.lot_stock_id, 5)
again = order.copy()
again.action_confirm()
again.picking_ids.move_ids.write({"quantity": 5, "picked": True})
again.picking_ids.button_validate()
second = env["cx.rma"].create({
    "partner_id": customer.id, "warehouse_id": warehouse.id,
    "line_ids": [(0, 0, {"complaint_line_id": more.id, "product_id": product.id, "quantity": 5,
                         "origin_move_id": again.picking_ids.move_ids.id})]})
env.cr.commit()
try:
    result = race(lambda env: env["cx.left.goods"].create(vals),
                  lambda env: env["cx.rma"].browse(second.id).action_authorise())
except UserError as error:
    result = str(error)
env.invalidate_all()
env.cr.rollback()
result = [result, sum(more.left_goods_ids.mapped("handled_qty")), second.state]
""")
    assert "only 5 are complained of" in result[0]
    assert result[1:] == [5, "draft"]
