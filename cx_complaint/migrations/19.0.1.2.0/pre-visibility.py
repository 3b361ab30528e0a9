_CASE = ("complaint", "complaint_line", "complaint_reference", "contact")
# who saw every case; what the company made of them itself stays
_OUTDATED = [f"{model}_rule_{who}" for model in _CASE for who in ("employee", "reader")]


def migrate(cr, _version):
    """Rules by which whoever is involved saw every case give way to those by which each function sees its own."""
    cr.execute("""
        DELETE FROM ir_rule USING ir_model_data
         WHERE ir_model_data.model = 'ir.rule' AND ir_model_data.module = 'cx_complaint'
           AND ir_model_data.name = ANY(%s) AND ir_rule.id = ir_model_data.res_id
    """, [_OUTDATED])
    cr.execute(
        "DELETE FROM ir_model_data WHERE model = 'ir.rule' AND module = 'cx_complaint' AND name = ANY(%s)", [_OUTDATED])
