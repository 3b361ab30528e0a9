from odoo import fields, models

from .rulebook_lists import CUSTOMER_TYPES


class Guidance(models.Model):
    """Guidance that a procedure brings along; it stays as it is while the procedure is in force."""

    _name = "cx.guidance"
    _inherit = ["cx.guidance", "cx.frozen.part.mixin"]
    _FROZEN_WITH = "procedure_id"

    procedure_id = fields.Many2one(
        "cx.procedure", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: under every procedure.")
    customer_type = fields.Selection(CUSTOMER_TYPES, help="Empty: every type of customer.")
    clause = fields.Char(help="Clause of the company's own document that says so.")


class Form(models.Model):
    """Forms that a procedure names; they stay as they are while the procedure is in force."""

    _name = "cx.form"
    _inherit = ["cx.form", "cx.frozen.part.mixin"]
    _FROZEN_WITH = "procedure_id"

    procedure_id = fields.Many2one(
        "cx.procedure", check_company=True, ondelete="cascade", index="btree_not_null", help="Empty: under every procedure.")
    clause = fields.Char(help="Clause of the company's own document that says so.")


class WarrantyRule(models.Model):
    """Warranty rules that a procedure brings along; they hold for its cases only, and stay while it is in force."""

    _name = "cx.warranty.rule"
    _inherit = ["cx.warranty.rule", "cx.frozen.part.mixin"]
    _FROZEN_WITH = "procedure_id"

    procedure_id = fields.Many2one(
        "cx.procedure", string="Only under Procedure", check_company=True, ondelete="cascade", index="btree_not_null",
        help="Empty: under every procedure, and for cases without one.")
    clause = fields.Char(help="Clause of the company's own document that says so.")


class FormBlock(models.Model):
    """What a form prints is part of it: it stays with the form."""

    _name = "cx.form.block"
    _inherit = ["cx.form.block", "cx.frozen.part.mixin"]
    _FROZEN_WITH = "procedure_id"

    procedure_id = fields.Many2one(related="form_id.procedure_id")
