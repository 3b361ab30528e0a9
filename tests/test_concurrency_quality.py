"""Two people at once on inspections and signatures, on two connections; see two_people."""

from .two_people import GOODS, RACE

SIGNERS = """
planner, inspector = env["res.users"].create([
    {"name": name, "login": name, "group_ids": [(6, 0, env.ref("cx_complaint.group_reader").ids)]}
    for name in ("cx_signer_one", "cx_signer_two")])
roles = env["cx.role"].create([
    {"name": user.name, "function": "quality", "user_ids": user.ids} for user in (planner, inspector)])
template = env["cx.approval.template"].create({"name": "Both", "step_ids": [
    (0, 0, {"sequence": 10, "role_id": role.id, "kind": "agreed"}) for role in roles]})
kind = env["cx.rma.kind"].create({"name": "Signed", "approval_template_id": template.id})
signed = take_back(complaint.line_ids, deliver(5).picking_ids.move_ids, kind_id=kind.id)
signed.action_submit()
"""


def test_inspection_starts_once(installed):
    """Two inspectors press Inspect on the same goods within the same second: one inspection."""
    result = installed.shell(GOODS + RACE + """
press = lambda env: env["cx.rma.line"].browse(rma.line_ids.id).action_inspect()
outcome = race(press, press)
result = [outcome, env["cx.inspection"].search_count([("rma_line_id", "=", rma.line_ids.id)])]
""")
    assert result == [["again", "passed"], 1]


def test_finishing_twice_proposes_once(installed):
    """The same findings are finished by two people at once: the second is told that it is done."""
    result = installed.shell(GOODS + RACE + """
inspection = env["cx.inspection"].create({"rma_line_id": rma.line_ids.id, "line_ids": [
    (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_scrap").id, "quantity": 5})]})
press = lambda env: env["cx.inspection"].browse(inspection.id).action_finish()
result = race(press, press)[-1]
result = [result, env["cx.disposition"].search_count([("rma_line_id", "=", rma.line_ids.id)])]
""")
    assert "It is Done" in result[0]
    assert result[1] == 1


def test_two_last_signatures_authorise_once(installed):
    """Two steps of the same turn are signed at the same moment: both count, the goods are expected once."""
    result = installed.shell(GOODS + SIGNERS + RACE + """
outcome = race(lambda env: env["cx.rma"].browse(signed.id).with_user(planner.id).action_sign(),
               lambda env: env["cx.rma"].browse(signed.id).with_user(inspector.id).action_sign())
result = [outcome, sorted(signed.approval_ids.mapped("state")), signed.state, len(signed.picking_ids)]
""")
    assert result == [["again", "passed"], ["signed", "signed"], "authorised", 1]


LEFT = """
more = env["cx.complaint.line"].create({
    "complaint_id": complaint.id, "product_id": product.id, "quantity": 5, "return_decision": "return"})
vals = {"complaint_line_id": more.id, "quantity": 5}
"""


def test_the_same_goods_stay_once(installed):
    """Two people leave five of five at the customer at the same moment: the second is told that nothing is left."""
    result = installed.shell(GOODS + LEFT + RACE + """
leave = lambda env: env["cx.left.goods"].create(vals)
result = race(leave, leave)[-1]
result = [result, sum(more.left_goods_ids.mapped("handled_qty"))]
""")
    assert "only 5 are complained of" in result[0]
    assert result[1] == 5


def test_what_stays_does_not_come_back(installed):
    """One leaves five of five at the customer while another authorises their return: not both."""
    result = installed.shell(GOODS + LEFT + RACE + """
second = take_back(more, deliver(5).picking_ids.move_ids)
result = race(lambda env: env["cx.left.goods"].create(vals),
              lambda env: env["cx.rma"].browse(second.id).action_authorise())[-1]
result = [result, sum(more.left_goods_ids.mapped("handled_qty")), second.state]
""")
    assert "only 5 are complained of" in result[0]
    assert result[1:] == [5, "draft"]
