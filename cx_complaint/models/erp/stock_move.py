from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    cx_rma_line_id = fields.Many2one(
        "cx.rma.line", string="RMA Line", copy=False, index="btree_not_null", ondelete="set null", check_company=True,
        help="Every move of the goods of an RMA line carries it: receipt, work, release, scrap, sending back.")
    cx_disposition_id = fields.Many2one(
        "cx.disposition", string="Disposition", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
    cx_settlement_id = fields.Many2one(
        "cx.settlement", string="Settlement", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
