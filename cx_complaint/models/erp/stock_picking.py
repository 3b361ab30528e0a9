from odoo import api, fields, models
from odoo.exceptions import UserError


class StockPicking(models.Model):
    _inherit = "stock.picking"

    cx_rma_ids = fields.Many2many(
        "cx.rma", string="RMAs", compute="_compute_cx_rma_ids", groups="cx_complaint.group_reader")
    cx_rma_count = fields.Integer(
        string="RMA Count", compute="_compute_cx_rma_ids", groups="cx_complaint.group_reader")

    @api.depends("move_ids.cx_rma_line_id")
    def _compute_cx_rma_ids(self):
        for picking in self:
            picking.cx_rma_ids = picking.move_ids.cx_rma_line_id.rma_id
            picking.cx_rma_count = len(picking.cx_rma_ids)

    @api.model
    def get_empty_list_help(self, help_message):
        # our queues say themselves what waits in them; core would speak of transfers to create
        if self.env.context.get("cx_own_help"):
            return help_message
        return super().get_empty_list_help(help_message)

    def action_cx_view_rmas(self):
        """Open the RMAs of the goods of this transfer."""
        return self.cx_rma_ids._get_records_action()

    def action_cx_receive_together(self):
        """Make one receipt of the open receipts of one customer: one parcel, several RMAs.

        :raises UserError: naming what does not belong together
        """
        receipts = self.sorted("id")
        receipts._cx_check_belong_together()
        first, others = receipts[:1], receipts[1:]
        moves = others.move_ids
        moves.move_line_ids.picking_id = first
        moves.picking_id = first
        first.origin = ", ".join(filter(None, receipts.mapped("origin")))
        first.message_post(body=self.env._(
            "Received together with %(receipts)s.", receipts=", ".join(others.mapped("name"))))
        others.unlink()
        return first._get_records_action()

    def _cx_check_belong_together(self):
        """:raises UserError: when these are not open receipts of returns of one customer at one warehouse"""
        if len(self) < 2:
            raise UserError(self.env._("Choose at least two receipts to receive them together."))
        for picking in self:
            if picking.picking_type_id.cx_role != "return" or picking.state in ("done", "cancel"):
                raise UserError(self.env._(
                    "%(picking)s is not an open receipt of returned goods. Choose receipts that are.",
                    picking=picking.name))
        if len(self.partner_id.commercial_partner_id) > 1 or len(self.picking_type_id) > 1:
            raise UserError(self.env._(
                "%(pickings)s come from %(customers)s to %(types)s. Receive together what one customer sent to one "
                "warehouse.",
                pickings=", ".join(self.mapped("name")),
                customers=", ".join(self.partner_id.commercial_partner_id.mapped("display_name")),
                types=", ".join(self.picking_type_id.mapped("display_name"))))
