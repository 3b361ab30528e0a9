"""Two people at once on kept-apart goods, negotiations, samples and parcels, on two connections."""

from .two_people import GOODS, RACE

ANSWERED = """
line = rma.line_ids
inspection = env["cx.inspection"].create({"rma_line_id": line.id, "line_ids": [
    (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_user_damage").id, "quantity": 5})]})
inspection.action_finish()
negotiation = inspection.negotiation_ids
negotiation.write({"result": "charge", "answered_on": "2026-05-04", "answered_by": "Ms Roth"})
"""


def test_kept_apart_goods_are_released_once(installed):
    """Two releases of the same two units are approved at once: the second is told that none stand free."""
    result = installed.shell(GOODS + RACE + """
place = warehouse.cx_discount_loc_id
env["stock.quant"]._update_available_quantity(product, place, 2)
releases = env["cx.apart.release"].create([{
    "product_id": product.id, "quantity": 2, "location_id": place.id, "warehouse_id": warehouse.id, "reason": reason,
} for reason in ("Sold as new", "Too old")])
approve = lambda release: lambda env: env["cx.apart.release"].browse(release.id).action_approve()
result = [race(approve(releases[0]), approve(releases[1])), releases.mapped("state"), len(releases.picking_id)]
""")
    assert "2 Units of Pump are to go, 0 Units stand free" in result[0][-1]
    assert result[1:] == [["approved", "proposed"], 1]


def test_goods_are_not_decided_while_the_customer_is_asked(installed):
    """One finishes the inspection that asks the customer while another approves the goods: not both."""
    result = installed.shell(GOODS + RACE + """
line = rma.line_ids
inspection = env["cx.inspection"].create({"rma_line_id": line.id, "line_ids": [
    (0, 0, {"verdict_id": env.ref("cx_complaint.verdict_user_damage").id, "quantity": 5})]})
goods = env["cx.disposition"].create({"rma_line_id": line.id, "quantity": 5})
result = [race(lambda env: env["cx.inspection"].browse(inspection.id).action_finish(),
               lambda env: env["cx.disposition"].browse(goods.id).action_approve()), goods.state]
""")
    assert "wait for the customer's answer" in result[0][-1]
    assert result[1] == "proposed"


def test_customer_is_not_asked_again_about_decided_goods(installed):
    """Quality approves on the customer's answer while sales asks him again: sales is told what was approved."""
    result = installed.shell(GOODS + ANSWERED + RACE + """
negotiation.action_settle()
goods = env["cx.disposition"].create({"rma_line_id": line.id, "quantity": 5, "destination": "customer"})
goods.inspection_line_id = inspection.line_ids
result = [race(lambda env: env["cx.disposition"].browse(goods.id).action_approve(),
               lambda env: env["cx.negotiation"].browse(negotiation.id).action_ask_again()),
          goods.state, negotiation.state]
""")
    assert "was approved on the customer's answer" in result[0][-1]
    assert result[1:] == ["approved", "settled"]


def test_an_answer_is_settled_once(installed):
    """Two people enter the same answer: the second is told that it is settled, quality has one to-do."""
    result = installed.shell(GOODS + ANSWERED + RACE + """
settle = lambda env: env["cx.negotiation"].browse(negotiation.id).action_settle()
result = [race(settle, settle), negotiation.state, len(negotiation.activity_ids)]
""")
    assert "It is Settled" in result[0][-1]
    assert result[1] == "settled"
    assert result[2] <= 1


def test_a_sample_is_lent_once(installed):
    """A sample that one lends is scrapped by another at the same moment: it is lent."""
    result = installed.shell(GOODS + RACE + """
sample = env["cx.sample"].create({
    "product_id": product.id, "kind": "retained", "place": "Shelf 1", "borrower_id": env.uid,
    "due_back_date": "2027-01-01"})
sample.action_keep()
result = [race(lambda env: env["cx.sample"].browse(sample.id).action_lend(),
               lambda env: env["cx.sample"].browse(sample.id).action_scrap()), sample.state]
""")
    assert "It is Lent" in result[0][-1]
    assert result[1] == "lent"


def test_a_step_of_the_parcel_is_taken_once(installed):
    """Two clerks say that the same parcel has arrived: one arrival, the second is told."""
    result = installed.shell(GOODS + RACE + """
parcel = env["cx.consignment"].create({"waybill": "TWICE", "partner_id": customer.id, "warehouse_id": warehouse.id})
parcel.action_announce()
arrive = lambda env: env["cx.consignment"].browse(parcel.id).action_arrive()
result = [race(arrive, arrive), parcel.state]
""")
    assert "It is Arrived" in result[0][-1]
    assert result[1] == "arrived"
