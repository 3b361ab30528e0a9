from odoo import fields, models

from .rulebook_lists import CUSTOMER_TYPES


class Guidance(models.Model):
    """Guidance that a procedure brings along."""

    _inherit = "cx.guidance"

    procedure_id = fields.Many2one(
        "cx.procedure", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: under every procedure.")
    customer_type = fields.Selection(CUSTOMER_TYPES, help="Empty: every type of customer.")
    clause = fields.Char(help="Clause of the company's own document that says so.")


class Form(models.Model):
    """Forms that a procedure names."""

    _inherit = "cx.form"

    procedure_id = fields.Many2one(
        "cx.procedure", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: under every procedure.")
    clause = fields.Char(help="Clause of the company's own document that says so.")
