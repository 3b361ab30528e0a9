from collections import defaultdict

from odoo import models

from ...rules.caps import split_over

_LIVE = ("draft", "submitted", "authorised")


class ComplaintLine(models.Model):
    """From what the customer complains of to what may come back, delivery by delivery."""

    _inherit = "cx.complaint.line"

    def _to_come_back(self):
        """The lines whose goods are to come back."""
        return self.filtered(
            lambda line: line.return_decision and line.return_decision != "none" and line.product_id)

    def _prepare_rma_line_vals_list(self):
        """Values of the RMA lines that bring back the goods of these lines; nothing is created.

        The quantity is shared out over the deliveries that brought it, oldest first, as far as they are returnable; a
        kit becomes its components. What is on an RMA already is not asked for again. What no delivery covers stays on
        the last one, so that the authorisation names both figures; without any delivery it becomes a line without
        origin.
        """
        lines = self.filtered(lambda line: line.product_id and line.quantity > 0)
        wishes = [
            (line, product, quantity)
            for line in lines for product, quantity in line._goods_wanted().items()
        ]
        origins = {line: line._origins_wanted() for line in lines}
        every_origin = self.env["stock.move"].concat(*origins.values())
        returnable = self.env["cx.rma.line"]._returnable_of(every_origin)
        left = {origin: cap.shown for origin, cap in returnable.items()}
        asked = lines._already_asked(left)
        vals_list = []
        for line, product, quantity in wishes:
            quantity -= asked[line, product]
            if product.uom_id.compare(quantity, 0) > 0:
                candidates = origins[line].filtered(lambda move, product=product: move.product_id == product)
                vals_list += line._share_out(product, quantity, candidates, left)
        return vals_list

    def _goods_wanted(self):
        """Products to come back with their quantity in their own unit: the product, or the components of a kit."""
        self.ensure_one()
        product = self.product_id
        quantity = self.product_uom_id._compute_quantity(self.quantity, product.uom_id, rounding_method="HALF-UP")
        bom = self.env["mrp.bom"].sudo()._bom_find(  # sudo: mrp.bom - what the kit is made of
            product, company_id=self.company_id.id, bom_type="phantom")[product]
        if not bom:
            return {product: quantity}
        wanted = defaultdict(float)
        kits = product.uom_id._compute_quantity(quantity, bom.product_uom_id, round=False) / bom.product_qty
        for bom_line, found in bom.explode(product, kits)[1]:
            component = bom_line.product_id.with_env(self.env)
            if component.type == "consu":
                wanted[component] += bom_line.product_uom_id._compute_quantity(
                    found["qty"], component.uom_id, rounding_method="HALF-UP")
        return wanted

    def _origins_wanted(self):
        """Delivered moves that may have brought the goods, in the order in which they are taken back.

        The move the line names; else what its order line delivered; else what brought its lots to the customer, the
        latest first for serials; else everything of these products that went to the customer, oldest first.
        """
        self.ensure_one()
        if self.origin_move_id and self.origin_move_id.product_id == self.product_id:
            return self.origin_move_id
        Move = self.env["stock.move"].sudo()  # sudo: stock.move - service may not read stock; only what came back of it
        domain = [("state", "=", "done"), ("location_dest_id.usage", "=", "customer"),
                  ("location_id.usage", "!=", "customer"), ("company_id", "=", self.company_id.id)]
        order_line = self.sale_line_id or self.origin_move_id.sudo().sale_line_id
        if order_line:
            domain += [("sale_line_id", "=", order_line.id)]
        else:
            customer = self.partner_id.commercial_partner_id
            domain += [("product_id", "in", [product.id for product in self._goods_wanted()]),
                       "|", ("picking_id.partner_id", "child_of", customer.id),
                       ("sale_line_id.order_id.partner_id", "child_of", customer.id)]
        if self.lot_ids:
            domain += [("move_line_ids.lot_id", "in", self.lot_ids.ids)]
        order = "date desc, id desc" if self.tracking == "serial" else "date, id"
        return Move.search(domain, order=order).sudo(False)

    def _origin_of_all(self, taken):
        """The oldest delivery that all of the line's goods can have come from, or nothing.

        :param dict taken: quantity by delivery that other new lines take; raised by this line's
        """
        self.ensure_one()
        origins = self._origins_wanted()
        for origin, cap in self.env["cx.rma.line"]._returnable_of(origins).items():
            left = cap.shown - taken.get(origin, 0.0)
            if self._offer(origin, {origin: left}) >= self.quantity:
                taken[origin] = taken.get(origin, 0.0) + self.quantity
                return origin
        return origins.browse()

    def _already_asked(self, left):
        """What live RMA lines ask for already, by line and product; drafts take their part of ``left`` too."""
        asked = defaultdict(float)
        for rma_line in self.rma_line_ids.filtered(lambda line: line.rma_id.decision in _LIVE):
            quantity = rma_line.received_qty if rma_line.short_reason else rma_line.quantity
            asked[rma_line.complaint_line_id, rma_line.product_id] += quantity
            if rma_line.rma_id.decision != "authorised" and rma_line.origin_move_id in left:
                left[rma_line.origin_move_id] -= quantity
        return asked

    def _share_out(self, product, quantity, candidates, left):
        """Values of one RMA line per delivery; ``left`` is lowered by what was taken."""
        self.ensure_one()
        vals_list = []
        offers = [(origin, self._offer(origin, left)) for origin in candidates]
        shares, rest = split_over(quantity, offers)
        if product.uom_id.compare(rest, 0) > 0 and candidates:
            shares = dict(shares)
            shares[candidates[-1]] = shares.get(candidates[-1], 0.0) + rest
            shares = list(shares.items())
        elif product.uom_id.compare(rest, 0) > 0:
            shares = [(self.env["stock.move"], rest)]
        for origin, share in shares:
            if origin:
                left[origin] -= share
            vals_list.append(self._prepare_rma_line_vals(product, product.uom_id.round(share), origin))
        return vals_list

    def _offer(self, origin, left):
        """What of a delivery can be taken: what is returnable, and no more than it brought of the line's lots."""
        if not self.lot_ids or origin.product_id != self.product_id:
            return left[origin]
        brought = sum(origin.sudo().move_line_ids.filtered(  # sudo: stock.move.line - a quantity
            lambda move_line: move_line.lot_id in self.lot_ids).mapped("quantity_product_uom"))
        return min(left[origin], brought)

    def _prepare_rma_line_vals(self, product, quantity, origin):
        self.ensure_one()
        brought = origin.sudo().move_line_ids.lot_id.sudo(False)  # sudo: stock.move.line - its lots
        lots = self.lot_ids.filtered(lambda lot: lot.product_id == product and (lot in brought or not origin))
        vals = {
            "complaint_line_id": self.id,
            "product_id": product.id,
            "quantity": quantity,
            "origin_move_id": origin.id,
            "lot_ids": [(6, 0, lots.ids)],
        }
        if self.return_decision == "repair":
            vals["goods_owner"] = "customer"
        return vals
