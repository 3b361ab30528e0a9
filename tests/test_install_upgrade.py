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


def test_upgrade_keeps_loaded_procedures(installed):
    """A procedure that was loaded and adapted is neither deleted nor overwritten by ``-u``; what was deleted stays away."""
    codes = installed.shell("""
        procedures = env["cx.procedure"]
        result = [shipped["code"] for shipped in procedures._shipped()]
        for procedure in procedures._load_shipped(result):
            procedure.write({"name": f"Ours: {procedure.code}", "batch_limit": 77})
            procedure.milestone_ids[0].write({"name": "Our own step", "limit_value": 99, "limit_unit": "hour"})
            procedure.milestone_ids.sorted("id")[-1].unlink()
    """)
    assert codes
    before, parts_before = procedures_of(installed), own_records(installed)
    assert {limit for _code, name, limit in before if name == "Our own step"} == {99}

    installed.upgrade()

    assert procedures_of(installed) == before
    assert own_records(installed) == parts_before
    assert installed.shell("result = [p.name for p in env['cx.procedure']._load_shipped(values['codes'])]", codes=codes) == [
        f"Ours: {code}" for code in codes]
    assert procedures_of(installed) == before


def test_upgrade_lets_each_function_see_its_own(installed):
    """Before 19.0.1.2.0 whoever was involved saw every case; that rule goes, and what replaces it is there."""
    installed.shell("""
        group = env.ref("cx_complaint.group_reader")
        rule = env["ir.rule"].create({
            "name": "Complaint: involved: all", "model_id": env["ir.model"]._get_id("cx.complaint"),
            "domain_force": "[(1, '=', 1)]", "groups": [(6, 0, group.ids)]})
        env["ir.model.data"].create({
            "module": "cx_complaint", "name": "complaint_rule_reader", "model": "ir.rule", "res_id": rule.id, "noupdate": True})
        env.ref("cx_complaint.complaint_rule_concerned").unlink()
    """)
    installed.sql("UPDATE ir_module_module SET latest_version = '19.0.1.1.0' WHERE name = 'cx_complaint'")

    installed.upgrade()

    rules = installed.shell("result = env['ir.rule'].search([('model_id.model', '=', 'cx.complaint')]).mapped('name')")
    assert "Complaint: involved: all" not in rules
    assert "Complaint: employee: those that concern him" in rules


def procedures_of(instance):
    """Every milestone with the code of its procedure, its name and its limit."""
    return instance.sql("""
        SELECT cx_procedure.code, cx_milestone.name->>'en_US', limit_value
          FROM cx_milestone JOIN cx_procedure ON cx_procedure.id = procedure_id ORDER BY cx_milestone.id
    """)


def test_upgrade_from_the_first_version(installed):
    """Old warehouses get the new places, what people said of a warranty counts on, and no state changes."""
    make_like_the_first_version(installed)
    before, own_before, states_before = belongings(installed), own_records(installed), states(installed)
    entered = installed.sql("SELECT id, warranty FROM cx_complaint_line ORDER BY id")
    assert {warranty for _line, warranty in entered} == {"in", "out", "unknown"}

    installed.upgrade()

    assert installed.warnings() == []
    assert lost_or_changed(before, installed) == {}
    assert own_records(installed) == own_before
    assert states(installed) == states_before
    # what nobody knew is for the rules
    assert installed.sql("""
        SELECT id, warranty, warranty_override, charge, warranty_override_reason IS NOT NULL
          FROM cx_complaint_line WHERE warranty_override IS NOT NULL ORDER BY id
    """) == [(line, said, said, {"in": "free", "out": "chargeable"}[said], True) for line, said in entered if said != "unknown"]
    assert installed.sql(
        "SELECT code FROM cx_verdict WHERE is_our_standard OR is_user_damage OR is_misreturn ORDER BY code"
    ) == [("misreturn",), ("our_standard",), ("user_damage",)]
    for code, is_active in (("OLD", False), ("NEW", True)):
        assert installed.sql(
            "SELECT barcode, active FROM stock_location WHERE barcode LIKE %s ORDER BY barcode", f"{code}-APT%",
        ) == [(f"{code}-APT{rest}", is_active) for rest in ("", "-DSC", "-INT", "-SMP")]
        assert installed.sql(
            "SELECT active FROM stock_picking_type WHERE barcode = %s", f"{code}-RETSTO") == [(is_active,)]


FIRST_VERSION_LACKS = {
    "cx_complaint_line": ("warranty_override", "warranty_override_reason", "warranty_override_on", "warranty_rule_id",
                          "warranty_end", "labour_warranty_end", "charge"),
    "cx_verdict": ("is_our_standard", "is_user_damage", "is_misreturn"),
}
NEW_PLACES = ("cx_apart_loc_id", "cx_discount_loc_id", "cx_internal_loc_id", "cx_sample_loc_id", "cx_aftersales_loc_id")


def make_like_the_first_version(instance):
    """Take away what 19.0.1.0.0 did not have: columns, and the new places of two warehouses that are not used."""
    instance.shell("""
        warehouses = env["stock.warehouse"].create([{"name": code, "code": code} for code in ("OLD", "NEW")])
        warehouses[0].active = False
    """)
    instance.sql("UPDATE cx_complaint_line SET warranty = (ARRAY['in', 'out', 'unknown'])[1 + id %% 3]")
    for table, columns in FIRST_VERSION_LACKS.items():
        for column in columns:
            instance.sql(f"ALTER TABLE {table} DROP COLUMN {column}")
    instance.sql(
        f"UPDATE stock_warehouse SET cx_store_type_id = NULL, {', '.join(f'{place} = NULL' for place in NEW_PLACES)}"
        " WHERE code IN ('OLD', 'NEW')")
    instance.sql("DELETE FROM stock_picking_type WHERE barcode IN ('OLD-RETSTO', 'NEW-RETSTO')")
    instance.sql("DELETE FROM stock_location WHERE barcode SIMILAR TO '(OLD|NEW)-(APT-%%|RET-AS)'")
    instance.sql("DELETE FROM stock_location WHERE barcode IN ('OLD-APT', 'NEW-APT')")
    instance.sql("UPDATE ir_module_module SET latest_version = '19.0.1.0.0' WHERE name = 'cx_complaint'")


def states(instance):
    """State of each record of the addon's own that has one."""
    tables = instance.sql(
        "SELECT table_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND table_name LIKE %s AND column_name = 'state' ORDER BY 1", "cx\\_%")
    return {table: instance.sql(f"SELECT id, state FROM {table} ORDER BY id") for (table,) in tables}


def own_records(instance):
    """Rows of each of the addon's own tables."""
    tables = instance.sql("SELECT tablename FROM pg_tables WHERE tablename LIKE %s ORDER BY 1", "cx\\_%")
    assert tables, f"{places.ADDON} has no tables"
    return {table: instance.sql(f'SELECT count(*) FROM "{table}"')[0] for (table,) in tables}
