from odoo import fields, models


class StockMove(models.Model):
    _inherit = "stock.move"

    cx_apart_release_id = fields.Many2one(
        "cx.apart.release", string="Release of Kept-Apart Goods", copy=False, index="btree_not_null",
        ondelete="set null", check_company=True)

    def _cx_is_bound_for_customer(self):
        """Whether the goods leave for a customer, at once or after stations in the warehouse."""
        self.ensure_one()
        return (self.location_final_id or self.location_dest_id).usage == "customer"
