"""What a company owns before the addon comes and must still own, unchanged, after it has gone."""

# Model, table, and what of each row must not change.
OWNED = (
    ("sale.order", "sale_order", "state, amount_total, partner_id"),
    ("sale.order.line", "sale_order_line", "product_uom_qty, qty_delivered, qty_invoiced, price_unit"),
    ("stock.picking", "stock_picking", "state, location_id, location_dest_id, partner_id"),
    ("stock.move", "stock_move", "state, product_id, quantity, location_id, location_dest_id"),
    ("stock.quant", "stock_quant", "product_id, location_id, quantity"),
    ("stock.lot", "stock_lot", "name, product_id"),
    ("stock.warehouse", "stock_warehouse", "name, lot_stock_id, active"),
    ("mrp.production", "mrp_production", "state, product_id, product_qty"),
    ("account.move", "account_move", "name, state, amount_total"),
    ("account.move.line", "account_move_line", "account_id, debit, credit"),
    ("res.partner", "res_partner", "name, active"),
    ("product.product", "product_product", "default_code, active"),
    ("res.users", "res_users", "login, active"),
)
OF_THE_ADDON = "SELECT res_id FROM ir_model_data WHERE module = 'cx_complaint' AND model = %s"


def belongings(instance):
    """{table: {id: values}} of all rows that the addon did not bring itself (its demo data goes when it goes)."""
    return {
        table: {
            row[0]: row[1:]
            for row in instance.sql(f"SELECT id, {columns} FROM {table} WHERE id NOT IN ({OF_THE_ADDON})", model)
        }
        for model, table, columns in OWNED
    }


def lost_or_changed(before, instance):
    """What the company owned and does not own any more as it was; rows that came in the meantime do not matter."""
    after = {
        table: {row[0]: row[1:] for row in instance.sql(f"SELECT id, {columns} FROM {table}")}
        for _model, table, columns in OWNED
    }
    return {
        (table, number): (values, after[table].get(number))
        for table, rows in before.items()
        for number, values in rows.items()
        if after[table].get(number) != values
    }


def leftovers(instance):
    """Tables, columns and registry rows that still carry the addon's name."""
    found = {
        "tables": instance.sql(
            "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename LIKE 'cx\\_%%'"
        ),
        "columns": instance.sql(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name LIKE 'cx\\_%%'"
        ),
        "models": instance.sql("SELECT model FROM ir_model WHERE model LIKE 'cx.%%'"),
        "external ids": instance.sql("SELECT name FROM ir_model_data WHERE module = 'cx_complaint'"),
        "views": instance.sql("SELECT name FROM ir_ui_view WHERE arch_db::text LIKE '%%cx\\_%%'"),
        "scheduled jobs": instance.sql("SELECT cron_name FROM ir_cron WHERE cron_name ILIKE '%%complaint%%'"),
    }
    return {what: rows for what, rows in found.items() if rows}
