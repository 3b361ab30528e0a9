from odoo import fields, models


class AccountMoveLine(models.Model):
    _inherit = "account.move.line"

    cx_settlement_id = fields.Many2one(
        "cx.settlement", string="Settlement", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
