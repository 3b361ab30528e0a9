from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    cx_reworked_stock_loc_id = fields.Many2one(
        "stock.location", "Reworked Stock", check_company=True, copy=False,
        help="Released untracked goods that were reworked stand here, apart from new ones.")

    def _cx_reworked_stock_location(self):
        """The warehouse's place for reworked untracked goods, below its stock; made when it is first needed."""
        self.ensure_one()
        if not self.cx_reworked_stock_loc_id:
            self.sudo().cx_reworked_stock_loc_id = self.env["stock.location"].sudo().create({  # sudo: our own place
                "name": self.env._("Reworked"),
                "usage": "internal",
                "location_id": self.lot_stock_id.id,
                "company_id": self.company_id.id,
            })
        return self.cx_reworked_stock_loc_id
