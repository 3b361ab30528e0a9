"""Installing into an ERP that is in use, and upgrading, leave the company's records as they were."""

from dev import places

from .erp_data import belongings, lost_or_changed


def test_install_into_an_erp_in_use(erp):
    """Sales orders, stock, manufacturing orders and entries are the same before and after."""
    before = belongings(erp)
    assert [table for table, rows in before.items() if not rows] == [], "the base database lacks records"
    erp.install()
    assert erp.state_of() == "installed"
    assert lost_or_changed(before, erp) == {}


def test_installing_and_upgrading_warn_about_nothing(erp):
    """Odoo warns about what breaks in the next version or for somebody using a screen reader: none of it is ours."""
    erp.install()
    assert erp.warnings() == []
    erp.upgrade()
    assert erp.warnings() == []


def test_every_warehouse_gets_its_quarantine(erp):
    """A warehouse from before the addon must be able to receive returns just like a later one."""
    erp.install()
    missing = erp.shell("result = env['stock.warehouse'].search([('cx_quarantine_loc_id', '=', False)]).mapped('name')")
    assert missing == []


def test_upgrade_twice_changes_nothing(installed):
    """``-u`` is what every release does to every customer: it must be idempotent and keep all data."""
    before, own_before = belongings(installed), own_records(installed)
    installed.upgrade()
    installed.upgrade()
    assert lost_or_changed(before, installed) == {}
    assert own_records(installed) == own_before


def own_records(instance):
    """Rows of each of the addon's own tables."""
    tables = instance.sql("SELECT tablename FROM pg_tables WHERE tablename LIKE %s ORDER BY 1", "cx\\_%")
    assert tables, f"{places.ADDON} has no tables"
    return {table: instance.sql(f'SELECT count(*) FROM "{table}"')[0] for (table,) in tables}
