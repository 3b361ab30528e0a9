from odoo import api, fields, models
from odoo.fields import Command

# which goods it is about, told by the button that opened the dialog; read beyond the user's own rights
_BY_BUTTON_ONLY = frozenset({"product_id", "sale_line_id", "origin_move_id", "move_ids", "is_kit"})


class ReturnRequestLine(models.TransientModel):
    """Delivered goods that may be complained of. Quantities in the product's unit; of a kit, in kits."""

    _name = "cx.return.request.line"
    _description = "Line of a Return Request"
    _inherit = ["cx.number.mixin"]

    request_id = fields.Many2one("cx.return.request", required=True, ondelete="cascade")
    product_id = fields.Many2one("product.product", required=True, readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    tracking = fields.Selection(related="product_id.tracking")
    sale_line_id = fields.Many2one("sale.order.line", readonly=True)
    origin_move_id = fields.Many2one("stock.move", readonly=True)
    move_ids = fields.Many2many("stock.move", readonly=True, help="The deliveries.")
    is_kit = fields.Boolean(readonly=True)
    delivered_qty = fields.Float(string="Delivered", digits="Product Unit", compute="_compute_quantities")
    returnable_qty = fields.Float(
        string="Can Come Back", digits="Product Unit", compute="_compute_quantities",
        help="Delivered, less what came back or is authorised to.")
    quantity = fields.Float(digits="Product Unit")
    delivered_lot_ids = fields.Many2many("stock.lot", compute="_compute_delivered_lot_ids", compute_sudo=True)
    lot_ids = fields.Many2many(
        "stock.lot", string="Lots/Serials", domain="[('id', 'in', delivered_lot_ids)]")
    defect_id = fields.Many2one("cx.defect")
    name = fields.Char(string="What Is Wrong")
    wish = fields.Selection(
        selection=lambda self: self.env["cx.complaint.line"]._get_selection("wish"),
        string="Customer's Wish", compute="_compute_wish", store=True, readonly=False, precompute=True)
    return_decision = fields.Selection(
        selection=lambda self: self.env["cx.complaint.line"]._get_selection("return_decision"),
        compute="_compute_return_decision", store=True, readonly=False, precompute=True)

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in _BY_BUTTON_ONLY and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.depends("request_id.wish")
    def _compute_wish(self):
        for line in self:
            line.wish = line.request_id.wish or line.wish

    @api.depends("request_id.return_decision")
    def _compute_return_decision(self):
        for line in self:
            line.return_decision = line.request_id.return_decision

    @api.depends("move_ids")
    def _compute_quantities(self):
        every_move = self.sudo().move_ids  # sudo: stock.move - quantities of what the user is shown
        returnable = self.env["cx.rma.line"]._returnable_of(every_move)
        for line in self.sudo():
            moves = line.move_ids
            delivered = {
                move: move.product_uom._compute_quantity(
                    move.quantity, move.product_id.uom_id, rounding_method="HALF-UP")
                for move in moves}
            back = {move: returnable[move].shown for move in moves}
            line.delivered_qty = line._in_kits(delivered)
            line.returnable_qty = line._in_kits(back)

    def _in_kits(self, quantities):
        """Sum of ``{move: quantity}``; of a kit, how many whole kits they make."""
        self.ensure_one()
        if not self.is_kit:
            return sum(quantities.values())
        bom = self.move_ids.bom_line_id.bom_id.filtered(lambda bom: bom.type == "phantom")[:1]
        per_kit = self.sale_line_id._get_bom_component_qty(bom)
        kits = []
        for product_id, data in per_kit.items():
            of_part = [quantity for move, quantity in quantities.items() if move.product_id.id == product_id]
            if of_part and data["qty"]:
                kits.append(sum(of_part) / data["qty"])
        return float(int(self.product_uom_id.round(min(kits)))) if kits else 0.0

    @api.depends("move_ids")
    def _compute_delivered_lot_ids(self):
        for line in self:
            line.delivered_lot_ids = line.move_ids.move_line_ids.lot_id

    @api.onchange("lot_ids")
    def _onchange_lot_ids(self):
        if self.tracking == "serial" and self.lot_ids:
            self.quantity = len(self.lot_ids)

    def _prepare_complaint_line_vals(self):
        self.ensure_one()
        return {
            "product_id": self.product_id.id,
            "product_uom_id": self.product_uom_id.id,
            "quantity": self.quantity,
            "name": self.name,
            "lot_ids": [Command.set(self.lot_ids.ids)],
            "origin_move_id": self.origin_move_id.id,
            "sale_line_id": self.sale_line_id.id,
            "defect_id": self.defect_id.id,
            "wish": self.wish,
            "return_decision": self.return_decision,
        }
