from odoo import fields, models


class ProcedureChoice(models.Model):
    """Which procedure a case of a company falls under; the first choice whose condition holds."""

    _name = "cx.procedure.choice"
    _description = "Choice of a Procedure"
    _check_company_auto = True
    _order = "sequence, id"
    _rec_name = "procedure_id"

    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    sequence = fields.Integer(default=10)
    procedure_id = fields.Many2one(
        "cx.procedure", required=True, check_company=True, ondelete="restrict", index=True, domain="[('state', 'in', ('to_come', 'in_force'))]")
    partner_id = fields.Many2one(
        "res.partner", string="Customer", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: every customer.")
    product_categ_id = fields.Many2one(
        "product.category", string="Product Category", ondelete="cascade", index="btree_not_null", help="With those below it. Empty: every product.")
    category_id = fields.Many2one(
        "cx.category", string="Complaint Category", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: every category.")
    channel_id = fields.Many2one(
        "cx.channel", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: every channel.")
    active = fields.Boolean(default=True)
