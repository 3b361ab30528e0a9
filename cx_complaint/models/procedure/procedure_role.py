from odoo import fields, models

from .department import FUNCTIONS
from .role import RANKS


class ProcedureRole(models.Model):
    """Who a procedure names, in its own words, and which function and rank of the company that is."""

    _name = "cx.procedure.role"
    _description = "Role of a Procedure"
    _inherit = ["cx.procedure.part.mixin"]

    name = fields.Char(required=True, translate=True, help="As the procedure calls it.")
    code = fields.Char(required=True)
    resolver = fields.Selection(
        [
            ("role", "Function and rank"),
            ("receiver", "Who received the complaint"),
            ("first_responsible", "First-responsible person"),
            ("superior", "Superior of the first-responsible person"),
            ("handler", "Handler of the case"),
            ("responsible_head", "Head of the responsible department"),
            ("responsible_department", "Responsible department"),
        ],
        string="Is Filled By", default="role", required=True)
    function = fields.Selection(FUNCTIONS)
    rank = fields.Selection(RANKS, default="clerk")
    duties = fields.Text(translate=True, help="What the procedure gives it to do.")
    falls_to_id = fields.Many2one(
        "cx.procedure.role", check_company=True, index="btree_not_null",
        domain="[('procedure_id', '=', procedure_id)]",
        help="Who does it where nobody fills this role. Empty: the next rank, then the complaint desk.")
    is_distributed = fields.Boolean(string="Gets a Copy", help="Stands on the distribution list of the document.")

    _code_once = models.UniqueIndex("(procedure_id, code)", "A procedure names each role once.")
