from odoo import fields, models


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    cx_aftersales_loc_id = fields.Many2one(
        "stock.location", "After-Sales Warehouse", check_company=True, copy=False,
        help="In quarantine: where after-sales keeps goods for the time being, and repaired ones until they go back.")
    cx_store_type_id = fields.Many2one("stock.picking.type", "Within Quarantine", check_company=True, copy=False)
    cx_receipt_profile_id = fields.Many2one(
        "cx.receipt.profile", "Receipt Profile", check_company=True, index="btree_not_null", ondelete="set null",
        help="In which order this warehouse receives returned goods. Empty: as the company says.")

    def _cx_first_place(self, destination, product, profile):
        """Where returned goods are put first that would go to ``destination``.

        RoHS goods are kept apart; what arrives at a dock goes on from there as its route says.
        """
        self.ensure_one()
        if destination != self.cx_returns_loc_id:
            return destination
        if product.cx_is_rohs:
            return self.cx_rohs_loc_id
        return self.cx_aftersales_loc_id if profile.first_place == "aftersales" else destination
