from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# what an authorisation fixes; changed by setting the RMA back to draft only
_FIXED = frozenset({
    "rma_id", "complaint_line_id", "product_id", "quantity", "origin_move_id", "no_origin_reason", "lot_ids",
    "goods_owner",
})


class RmaLine(models.Model):
    """Goods of one delivery move that may come back. Quantities in the product's unit, computed from done moves."""

    _name = "cx.rma.line"
    _description = "RMA Line"
    _inherit = ["cx.by.verb.mixin", "cx.number.mixin"]
    _check_company_auto = True
    _order = "rma_id, sequence, id"

    _BY_VERB_ONLY = frozenset({"short_reason"})

    rma_id = fields.Many2one(
        "cx.rma", string="RMA", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="rma_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="rma_id.partner_id", store=True, index=True)
    rma_decision = fields.Selection(related="rma_id.decision", string="Decision on the RMA")
    rma_state = fields.Selection(related="rma_id.state", string="State of the RMA")
    sequence = fields.Integer(default=10)
    complaint_line_id = fields.Many2one(
        "cx.complaint.line", required=True, ondelete="restrict", index=True, check_company=True)
    complaint_id = fields.Many2one(related="complaint_line_id.complaint_id", store=True, index=True)
    product_id = fields.Many2one("product.product", required=True, check_company=True, index=True)
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    quantity = fields.Float(string="Authorised", digits="Product Unit", required=True, default=1.0)
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered By", check_company=True, index="btree_not_null", ondelete="set null",
        help="The delivery move the goods come from; gives their value. Empty: goods without origin, an own right.")
    origin_picking_id = fields.Many2one(related="origin_move_id.picking_id", string="Delivery")
    no_origin_reason = fields.Char(help="Why goods without a known delivery may come back.")
    lot_ids = fields.Many2many("stock.lot", string="Announced Lots/Serials", check_company=True)
    goods_owner = fields.Selection(
        [("company", "Ours"), ("customer", "The customer's")],
        string="Goods Are", compute="_compute_goods_owner", store=True, readonly=False, precompute=True, required=True)
    short_reason = fields.Char(string="Closed Short Because", readonly=True, copy=False,
                               help="Why the missing rest is not waited for any more.")
    receipt_note = fields.Text(
        string="Differences at Receipt", readonly=True, copy=False,
        help="What came other than announced: quantity, lots, as the warehouse recorded it.")

    move_ids = fields.One2many("stock.move", "cx_rma_line_id", string="Moves")
    disposition_ids = fields.One2many("cx.disposition", "rma_line_id", string="Dispositions")
    inspection_ids = fields.One2many("cx.inspection", "rma_line_id", string="Inspections")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The authorised quantity must be above zero.")

    @api.depends("rma_id.kind_id")
    def _compute_goods_owner(self):
        for line in self:
            line.goods_owner = line.rma_id.kind_id.goods_owner or "company"

    @api.onchange("complaint_line_id")
    def _onchange_complaint_line_id(self):
        """Propose what of the complaint's line can still come back."""
        if self.complaint_line_id.product_id and not self._origin:
            for vals in self.complaint_line_id._prepare_rma_line_vals_list()[:1]:
                self.update({key: vals[key] for key in vals if key != "complaint_line_id"})

    @api.depends("rma_id.name", "product_id")
    def _compute_display_name(self):
        for line in self:
            line.display_name = f"{line.rma_id.name or ''} · {line.product_id.display_name or ''}"

    @api.constrains("origin_move_id", "product_id", "lot_ids")
    def _check_goods_are_one_product(self):
        for line in self:
            others = line.sudo().origin_move_id.product_id | line.lot_ids.product_id  # sudo: stock.move - its product
            if others - line.product_id:
                raise ValidationError(self.env._(
                    "%(line)s: the delivery and the lots must be of %(product)s, not of %(other)s.",
                    line=line.display_name, product=line.product_id.display_name,
                    other=", ".join((others - line.product_id).mapped("display_name"))))

    # What is authorised stays as it was authorised

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._check_not_fixed()
        return lines

    def write(self, vals):
        if _FIXED.intersection(vals):
            self._check_not_fixed()
        result = super().write(vals)
        if "rma_id" in vals:
            self._check_not_fixed()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_authorised(self):
        self._check_not_fixed()

    def _check_not_fixed(self):
        """:raises UserError: when a user changes lines of an RMA that is decided already"""
        if self.env.su:
            return
        fixed = self.filtered(lambda line: line.rma_id.decision not in ("draft", "submitted"))
        if fixed:
            raise UserError("\n".join(self.env._(
                "%(rma)s is %(state)s, so its lines stay as they are. Cancel it and set it back to draft, or write a "
                "new one.", rma=rma.display_name, state=dict(rma._fields["state"]._description_selection(self.env))[
                    rma.state]) for rma in fixed.rma_id))

    # Verbs

    def action_close_short(self, reason=None):
        """Wait no more for what is missing of these lines.

        :param reason: why; asked for where it is not given
        :raises UserError: naming the lines of which nothing is missing
        """
        if not reason:
            return self.env["cx.rma.reason"]._open("close_short", lines=self)
        self.rma_id._check_may("expect")
        self.check_access("write")
        idle = self.filtered(lambda line: line.rma_id.decision != "authorised" or not line.is_to_receive)
        if idle:
            raise UserError("\n".join(self.env._(
                "%(line)s: nothing is waited for, %(received)s of %(quantity)s %(unit)s came. Only lines of an "
                "authorised RMA that lack something are closed short.",
                line=line.display_name, received=f"{line.received_qty:g}", quantity=f"{line.quantity:g}",
                unit=line.product_uom_id.name) for line in idle))
        open_moves = self.sudo()._open_receipt_moves()  # sudo: stock.move - customer service calls off our own receipt
        self.sudo().short_reason = reason  # sudo: cx.rma.line - the right to close short is checked above
        open_moves._action_cancel()
        for rma, lines in self.grouped("rma_id").items():
            rma.message_post(body=self.env._(
                "Closed short: %(products)s. %(reason)s",
                products=", ".join(lines.product_id.mapped("display_name")), reason=reason))
        return None

    def action_split(self):
        """Take these lines into an RMA of their own and open it.

        :raises UserError: when they are authorised already, or nothing would be left behind
        """
        self._check_not_fixed()
        for rma, lines in self.grouped("rma_id").items():
            if rma.line_ids == lines:
                raise UserError(self.env._(
                    "%(rma)s would be left without lines. Leave at least one line on it.", rma=rma.display_name))
        targets = self.env["cx.rma"]
        for rma, lines in self.grouped("rma_id").items():
            target = rma.copy({"line_ids": []})
            lines.rma_id = target
            targets |= target
        return targets._get_records_action()

    def action_decide(self):
        """Open a new disposition for what of the line is undecided.

        :raises UserError: not exactly one line is chosen
        """
        if len(self) != 1:
            raise UserError(self.env._("RMA lines are decided here one at a time. Choose exactly one."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "cx.disposition",
            "view_mode": "form",
            "context": {"default_rma_line_id": self.id, "default_quantity": self.undecided_qty or 1.0},
        }

    def _open_receipt_moves(self):
        """Moves by which goods are still to come."""
        return self.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel") and move.location_id.usage == "customer")

    def _is_delivered_to(self, company):
        """Whether the delivery was for this commercial partner, or is not known."""
        self.ensure_one()
        origin = self.sudo().origin_move_id  # sudo: stock.move - only whose the delivery was
        return (
            not origin or origin.partner_id.commercial_partner_id == company
            or company in self._delivered_to() or not self._delivered_to())

    def _delivered_to(self):
        """Companies that the delivery was for: who bought, who was invoiced, where it went."""
        self.ensure_one()
        origin = self.sudo().origin_move_id  # sudo: stock.move, sale.order - only whose the delivery was
        order = origin.sale_line_id.order_id
        partners = (
            origin.picking_id.partner_id | origin.partner_id | order.partner_id | order.partner_invoice_id
            | order.partner_shipping_id)
        return partners.commercial_partner_id.sudo(False)
