def migrate(cr, _version):
    """What was entered by hand about a warranty stays as a decision; from now on rules compute it."""
    cr.execute("""
        UPDATE cx_complaint_line
           SET warranty_override = warranty, warranty_override_reason = 'Entered by hand before there were rules',
               charge = CASE warranty WHEN 'in' THEN 'free' ELSE 'chargeable' END
         WHERE warranty IN ('in', 'out') AND warranty_override IS NULL
    """)
