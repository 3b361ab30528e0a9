from odoo import api, fields, models


class StockLot(models.Model):
    _inherit = "stock.lot"

    cx_is_return_lot = fields.Boolean(
        string="Return Lot", copy=False, help="Stands for returned goods whose lot or serial number cannot be read.")
    cx_candidate_lot_ids = fields.Many2many(
        "stock.lot", "cx_stock_lot_candidate_rel", "lot_id", "candidate_id", string="May Be One Of", copy=False,
        help="Lots of the product that went to the customer who sent it back.")

    @api.model
    def _cx_create_return_lot(self, product, company, sender):
        """A lot for goods whose own cannot be read; it remembers which ones the customer got.

        :param sender: commercial partner, or nobody
        """
        number = self.env["ir.sequence"]._cx_next_numbers(company, "cx.return.lot", 1)[0]
        candidates = self.env["stock.move.line"].search([
            ("state", "=", "done"), ("product_id", "=", product.id), ("company_id", "=", company.id),
            ("location_dest_id.usage", "=", "customer"), ("lot_id", "!=", False),
            ("move_id.picking_id.partner_id", "child_of", sender.id),
        ]).lot_id if sender else self.browse()
        return self.create({
            "name": number, "product_id": product.id, "company_id": company.id, "cx_is_return_lot": True,
            "cx_candidate_lot_ids": [(6, 0, candidates.ids)],
        })
