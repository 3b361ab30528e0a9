from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.wording import figure


class ComplaintLine(models.Model):
    """What of a line comes back, what stays at the customer, and what nobody has decided."""

    _inherit = "cx.complaint.line"

    left_goods_ids = fields.One2many("cx.left.goods", "complaint_line_id", string="Left at the Customer")
    has_left_goods = fields.Boolean(
        compute="_compute_has_left_goods", store=True, help="Whether something was ever to stay at the customer.")
    left_qty = fields.Float(
        string="Stays There", digits="Product Unit", compute="_compute_left_qty",
        help="Left at the customer by a decision, in the product's unit.")
    unhandled_qty = fields.Float(
        string="Neither Back Nor Left", digits="Product Unit", compute="_compute_left_qty",
        help="Complained of, on no authorised return, and not left at the customer either; in the product's unit.")

    # stored: whoever authorises a return asks every line, and nearly none has any
    @api.depends("left_goods_ids")
    def _compute_has_left_goods(self):
        for line in self:
            line.has_left_goods = bool(line.left_goods_ids)

    @api.depends("quantity", "product_uom_id", "left_goods_ids.handled_qty", "rma_line_ids.quantity",
                 "rma_line_ids.rma_id.decision", "rma_line_ids.short_reason", "rma_line_ids.received_qty")
    def _compute_left_qty(self):
        for line in self:
            claimed, coming, left = line._claimed_coming_left()
            line.left_qty = left
            line.unhandled_qty = max(claimed - coming - left, 0.0)

    def _claimed_coming_left(self, asked=()):
        """What is complained of, what of it is authorised or came, what stays: in the product's unit.

        Of a kit it is the component of which most comes back that counts.

        :param asked: RMA lines that count as authorised although they are not yet
        """
        self.ensure_one()
        if not self.product_id:
            return 0.0, 0.0, 0.0
        claimed = self._get_product_quantity()
        coming = {}
        for line in self.sudo().rma_line_ids:  # sudo: cx.rma.line - quantities only
            quantity = line.received_qty
            if line in asked or line.rma_id.decision == "authorised" and not line.short_reason:
                quantity = max(quantity, line.quantity)
            coming[line.product_id] = coming.get(line.product_id, 0.0) + quantity
        if set(coming) - {self.product_id}:
            wanted = self._goods_wanted()
            shares = [quantity / wanted[product] for product, quantity in coming.items() if wanted.get(product)]
            back = claimed * max(shares, default=0.0)
        else:
            back = coming.get(self.product_id, 0.0)
        return claimed, back, sum(self.sudo().left_goods_ids.mapped("handled_qty"))  # sudo: cx.left.goods - a sum

    def _left_blocker(self, record, asked=()):
        """A blocker of ``record`` where more stays and comes back than is complained of, or None."""
        self.ensure_one()
        claimed, coming, left = self._claimed_coming_left(asked)
        unit = self.product_id.uom_id
        if not unit or unit.compare(coming + left, claimed) <= 0:
            return None
        return Blocker(
            "above_claimed", record,
            self.env._(
                "%(left)s %(unit)s of %(product)s would stay at the customer and %(coming)s come back, but only"
                " %(claimed)s are complained of.", left=figure(left), coming=figure(coming), claimed=figure(claimed),
                unit=unit.name, product=self.product_id.display_name),
            self.env._("Lower the quantity, or correct what is complained of."))

    def _already_asked(self, left):
        """What stays at the customer is not asked back."""
        asked = super()._already_asked(left)
        for line in self.filtered("has_left_goods"):
            stays = sum(line.sudo().left_goods_ids.mapped("handled_qty"))  # sudo: cx.left.goods - a sum
            claimed = stays and line._get_product_quantity()
            if claimed:
                for product, wanted in line._goods_wanted().items():
                    asked[line, product] += wanted * stays / claimed
        return asked

    def action_view_left_goods(self):
        """What of the line stays at the customer, ready to propose it for what is left."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Left at the Customer"),
            "res_model": "cx.left.goods",
            "view_mode": "list,form" if self.left_goods_ids else "form",
            "domain": [("complaint_line_id", "=", self.id)],
            "context": {
                "default_complaint_line_id": self.id, "default_quantity": self.unhandled_qty or 1.0,
                "default_what": "scrapped" if self.warranty == "out" else "used"},
        }

    @api.ondelete(at_uninstall=False)
    def _unlink_except_left(self):
        for line in self.filtered("left_goods_ids"):
            raise UserError(self.env._(
                "%(goods)s says what of %(line)s stays at the customer. Delete or keep both.",
                goods=", ".join(line.left_goods_ids.mapped("name")), line=line.display_name))
