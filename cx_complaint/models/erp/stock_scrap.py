from odoo import fields, models


class StockScrap(models.Model):
    _inherit = "stock.scrap"

    cx_disposition_id = fields.Many2one(
        "cx.disposition", string="Disposition", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
