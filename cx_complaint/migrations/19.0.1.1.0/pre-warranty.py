from odoo.tools import sql


def migrate(cr, _version):
    """What was entered by hand about a warranty stays as a decision; from now on rules compute it.

    Before the new fields are filled: the rules are asked for them, and answer for the result as well.
    """
    for column in ("warranty_override", "warranty_override_reason"):
        if not sql.column_exists(cr, "cx_complaint_line", column):
            sql.create_column(cr, "cx_complaint_line", column, "varchar")
    cr.execute("""
        UPDATE cx_complaint_line
           SET warranty_override = warranty, warranty_override_reason = 'Entered by hand before there were rules'
         WHERE warranty IN ('in', 'out') AND warranty_override IS NULL
    """)
