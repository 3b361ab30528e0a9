from odoo import fields, models


class StockPicking(models.Model):
    _inherit = "stock.picking"

    # not copied: what a backorder waits for comes with another parcel
    cx_consignment_id = fields.Many2one(
        "cx.consignment", string="Consignment", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True, help="The parcel that the goods arrived in.")

    def _cx_incoming(self):
        return self.filtered(lambda picking: picking.picking_type_id.code == "incoming")

    def _action_done(self):
        result = super()._action_done()
        # sudo: cx.consignment - whoever receives goods need not be able to read it
        self.sudo()._cx_incoming().filtered(lambda picking: picking.state == "done").cx_consignment_id._on_received()
        return result
