"""Leaving: the addon can be uninstalled while goods are still in quarantine, and come back later."""

import pytest

from dev import places

from .erp_data import belongings, leftovers, lost_or_changed

# Goods that came back from a customer and lie in quarantine, and a receipt that has not arrived yet: made with the ERP's own
# pickings in the addon's locations, which is what the addon's flows come to.
LEAVE_GOODS_IN_QUARANTINE = """
warehouse = env['stock.warehouse'].search([('cx_quarantine_loc_id', '!=', False)], limit=1)
place = warehouse.cx_returns_loc_id or warehouse.cx_quarantine_loc_id
customers = env.ref('stock.stock_location_customers')
product = env['product.product'].create({'name': 'Came back', 'is_storable': True})
for quantity, arrives in ((7, True), (5, False)):
    receipt = env['stock.picking'].create({
        'picking_type_id': (warehouse.cx_return_type_id or warehouse.in_type_id).id,
        'location_id': customers.id,
        'location_dest_id': place.id,
        'move_ids': [(0, 0, {
            'product_id': product.id, 'product_uom_qty': quantity, 'product_uom': product.uom_id.id,
            'location_id': customers.id, 'location_dest_id': place.id,
        })],
    })
    receipt.action_confirm()
    if arrives:
        receipt.move_ids.quantity = quantity
        receipt.move_ids.picked = True
        receipt._action_done()
    assert receipt.state == ('done' if arrives else 'assigned'), receipt.state
result = {'product': product.id, 'location': place.id}
"""


@pytest.fixture
def with_goods(installed):
    """An installation with goods in quarantine and an open receipt."""
    return installed, installed.shell(LEAVE_GOODS_IN_QUARANTINE)


def goods_in(instance, left):
    query = "SELECT sum(quantity) FROM stock_quant WHERE product_id = %s AND location_id = %s"
    return instance.sql(query, left["product"], left["location"])[0][0]


def test_uninstall_with_goods_in_quarantine_and_come_back(with_goods):
    """The ERP's records stay, the goods stay findable, nothing of the addon is left, and a new installation takes over."""
    instance, left = with_goods
    before = belongings(instance)
    instance.uninstall()
    assert lost_or_changed(before, instance) == {}
    assert goods_in(instance, left) == 7, "the goods in quarantine must stay in stock where they lie"
    assert instance.sql("SELECT active FROM stock_location WHERE id = %s", left["location"]) == [(True,)]
    assert leftovers(instance) == {}

    instance.install()
    assert instance.state_of() == "installed"
    assert lost_or_changed(before, instance) == {}
    adopted = instance.shell(
        "result = env['stock.warehouse'].search([('cx_quarantine_loc_id', '!=', False)]).cx_returns_loc_id.ids"
    )
    assert left["location"] in adopted, "the quarantine from before is taken over, not made a second time"


def test_the_erp_works_on_without_the_addon(with_goods):
    """After leaving, the open receipt can still be received and a sales order still be confirmed."""
    instance, left = with_goods
    instance.uninstall()
    states = instance.shell(
        """
        receipt = env['stock.picking'].search([('product_id', '=', values['product']), ('state', '=', 'assigned')])
        receipt.move_ids.picked = True
        receipt._action_done()
        order = env['sale.order'].search([('state', '=', 'draft')], limit=1)
        order.action_confirm()
        result = [receipt.state, order.state]
        """,
        **left,
    )
    assert states == ["done", "sale"]


def test_a_clean_installation_leaves_without_a_trace(erp):
    """Installed and uninstalled in a database that never used it: only the ERP remains."""
    before = belongings(erp)
    erp.install()
    erp.uninstall()
    assert lost_or_changed(before, erp) == {}
    assert leftovers(erp) == {}
    assert erp.state_of(places.ADDON) == "uninstalled"


def test_procedures_go_with_the_addon(installed):
    """What was loaded at run time is the addon's as well: nothing of it is left, nothing stands in the way."""
    before = belongings(installed)
    installed.shell("env['cx.procedure']._load_shipped([shipped['code'] for shipped in env['cx.procedure']._shipped()])")
    installed.uninstall()
    assert lost_or_changed(before, installed) == {}
    assert leftovers(installed) == {}
