"""Two people at once on goods kept apart: one employee gets the unit, and nothing is listed twice."""

from .two_people import RACE

OFFERED = """
from odoo.tests.common import new_test_user
warehouse = env["stock.warehouse"].search([("company_id", "=", env.company.id)], limit=1)
product = env["product.product"].create({"name": "Pump", "type": "consu", "is_storable": True, "list_price": 100})
env["stock.quant"]._update_available_quantity(product, warehouse.cx_internal_loc_id, 1)
pixel = b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
one, two = (new_test_user(env, login, groups="base.group_user") for login in ("cx_one", "cx_two"))
"""


def test_one_employee_gets_the_unit(installed):
    """Two employees press “I Want It” in the same second: the first one has it, the second one is told."""
    result = installed.shell(OFFERED + RACE + """
item = env["cx.internal.sale.item"].create({
    "product_id": product.id, "warehouse_id": warehouse.id, "price": 40, "image_1920": pixel})
item.action_publish()
want = lambda user: lambda env: env["cx.internal.sale.item"].browse(item.id).with_user(user.id).action_request()
message = race(want(one), want(two))[-1]
result = [message, item.requested_by_id.login, item.state]
""")
    assert "not to be had any more" in result[0]
    assert result[1:] == ["cx_one", "reserved"]


def test_an_item_is_sold_once(installed):
    """Finance and sales press Sell at the same moment: one order."""
    result = installed.shell(OFFERED + RACE + """
item = env["cx.internal.sale.item"].create({
    "product_id": product.id, "warehouse_id": warehouse.id, "price": 40, "image_1920": pixel})
item.action_publish()
item.with_user(one).action_request()
sell = lambda env: env["cx.internal.sale.item"].browse(item.id).action_sell()
message = race(sell, sell)[-1]
result = [message, len(item.sale_line_ids), item.state]
""")
    assert "is Sold" in result[0]
    assert result[1:] == [1, "sold"]


def test_a_unit_is_listed_once(installed):
    """Two people collect at the same moment: one item, one discount."""
    result = installed.shell(OFFERED + RACE + """
env["stock.quant"]._update_available_quantity(product, warehouse.cx_discount_loc_id, 1)
def collect(env):
    env["cx.internal.sale.item"].action_collect()
    env["cx.discount.rate"].action_collect()
outcome = race(collect, collect)
result = [outcome, env["cx.internal.sale.item"].search_count([("product_id", "=", product.id)]),
          env["cx.discount.rate"].search_count([("product_id", "=", product.id)])]
""")
    assert result == [["again", "passed"], 1, 1]
