from odoo import fields, models


class MrpProduction(models.Model):
    _inherit = "mrp.production"

    cx_disposition_id = fields.Many2one(
        "cx.disposition", string="Disposition", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
