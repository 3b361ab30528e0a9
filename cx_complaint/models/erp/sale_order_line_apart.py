from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

_MARKS = {"cx_from_discount", "cx_grade_id", "cx_internal_item_id"}


class SaleOrderLine(models.Model):
    """Lines that sell goods kept apart, at the price that finance set and at no lower one.

    :source: S2.05-24, S2.18-26
    """

    _inherit = "sale.order.line"

    cx_from_discount = fields.Boolean(
        string="From Discount Stock", help="Takes from discount stock, at the discount that is set for the product.")
    cx_grade_id = fields.Many2one(
        "cx.grade", string="Grade", index="btree_not_null", ondelete="set null", check_company=True,
        help="Of the units sold out of discount stock; decides the discount.")
    cx_internal_item_id = fields.Many2one(
        "cx.internal.sale.item", string="Internal Sale Item", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True, readonly=True)

    @api.depends("cx_internal_item_id")
    def _compute_warehouse_id(self):
        res = super()._compute_warehouse_id()
        for line in self.filtered("cx_internal_item_id"):
            line.warehouse_id = line.cx_internal_item_id.warehouse_id
        return res

    @api.depends("cx_from_discount", "cx_internal_item_id")
    def _compute_qty_to_deliver(self):
        res = super()._compute_qty_to_deliver()
        # the forecast tells of the stock that everybody is served from
        self.filtered(lambda line: line.cx_from_discount or line.cx_internal_item_id).display_qty_widget = False
        return res

    # Price

    def _get_display_price(self):
        if item := self.sudo().cx_internal_item_id:  # sudo: cx.internal.sale.item - its published price
            return item.currency_id._convert(
                item.price, self.currency_id or item.currency_id, item.company_id, self._get_order_date())
        return super()._get_display_price()

    @api.depends("cx_from_discount", "cx_grade_id", "cx_internal_item_id")
    def _compute_discount(self):
        res = super()._compute_discount()
        for line in self:
            if line.cx_internal_item_id:
                line.discount = 0.0
            elif line.cx_from_discount:
                line.discount = line._cx_discount_rate()
            elif line._origin.cx_from_discount:
                line.discount = 0.0
        return res

    def _cx_discount_rate(self):
        self.ensure_one()
        return self.env["cx.discount.rate"].sudo()._discount_of(  # sudo: cx.discount.rate - decided for everybody
            self.product_id, self.cx_grade_id, self.company_id)

    def _cx_set_price_unit(self):
        """Price of a unit before discount, as the line would have it untouched."""
        self.ensure_one()
        line = self.with_company(self.company_id)
        return line.product_id._get_tax_included_unit_price_from_price(
            line._get_display_price(),
            product_taxes=line.product_id.taxes_id._filter_taxes_by_company(line.company_id),
            fiscal_position=line.order_id.fiscal_position_id)

    # What is refused

    @api.constrains("price_unit", "discount", "product_id", "product_uom_qty", "cx_from_discount", "cx_grade_id",
                    "cx_internal_item_id", "order_id")
    def _check_cx_apart(self):
        items = self.filtered("cx_internal_item_id")
        self.env["cx.guard"]._take_for(items.cx_internal_item_id)
        firm = items | self.filtered(lambda line: line.cx_from_discount and line.state == "sale")
        for refusal in firm._cx_apart_refusals():
            raise ValidationError(refusal)

    def _cx_apart_refusals(self):
        """Sentences on lines that sell goods kept apart other than finance decided."""
        refusals = []
        for line in self:
            if line.cx_internal_item_id:
                refusals += line.sudo()._cx_internal_refusals()  # sudo: cx.internal.sale.item - states and prices
            elif line.cx_from_discount:
                refusals += line._cx_discount_refusals()
        return refusals

    def _cx_discount_refusals(self):
        self.ensure_one()
        rate = self._cx_discount_rate()
        if not rate:
            return [self.env._(
                "%(product)s has no price in discount stock. Ask finance or the head of sales to set its discount first.",
                product=self.product_id.display_name)]
        least = self._cx_set_price_unit() * (1 - rate / 100)
        given = self.price_unit * (1 - self.discount / 100)
        if self.currency_id.compare_amounts(given, least) >= 0:
            return []
        return [self.env._(
            "%(product)s is sold out of discount stock at %(rate)s %% off, which is %(least)s; %(order)s gives it for "
            "%(given)s. Take the price that is set, or ask finance or the head of sales to lower it.",
            product=self.product_id.display_name, rate=f"{rate:g}", least=self.currency_id.format(least),
            given=self.currency_id.format(given), order=self.order_id.name)]

    def _cx_internal_refusals(self):
        self.ensure_one()
        item = self.cx_internal_item_id
        partner = self.order_id.partner_id
        price = self._cx_set_price_unit()
        if item.decision != "published" or self.product_id != item.product_id:
            return [self.env._("%(item)s is not offered. Choose one from the list of internal sales.",
                               item=item.display_name)]
        if item.sale_line_ids.filtered(lambda line: line != self and line.state != "cancel"):
            return [self.env._("%(item)s is sold already. Choose another one from the list.", item=item.display_name)]
        if not partner.user_ids.filtered(lambda user: not user.share) or (
                item.requested_by_id and item.requested_by_id.partner_id != partner):
            return [self.env._(
                "%(item)s is sold to the employee who wants it, not to %(partner)s. Sell it from the list.",
                item=item.display_name, partner=partner.display_name)]
        if (
            self.discount or self.currency_id.compare_amounts(self.price_unit, price)
            or self.product_uom_id != item.product_uom_id
            or item.product_uom_id.compare(self.product_uom_qty, item.quantity)
        ):
            return [self.env._(
                "%(item)s is sold at %(price)s, as finance set it, and as a whole. Leave price, discount and quantity.",
                item=item.display_name, price=self.currency_id.format(price))]
        return []

    def write(self, vals):
        if _MARKS & vals.keys():
            for line in self:
                changed = any(
                    (line[name].id if name != "cx_from_discount" else line[name]) != (vals[name] or False)
                    for name in _MARKS & vals.keys())
                if changed and line.state == "sale":
                    raise UserError(self.env._(
                        "%(order)s is confirmed; where %(product)s is taken from is not changed any more. Cancel the "
                        "order, or add a line.",
                        order=line.order_id.name, product=line.product_id.display_name))
        unmarked = self.filtered("cx_from_discount") if vals.get("cx_from_discount") is False else self.browse()
        res = super().write(vals)
        if unmarked and "discount" not in vals:
            unmarked.discount = 0.0
        return res

    # Delivery

    def _cx_apart_place(self):
        """Where the line takes its goods from, if not from stock."""
        self.ensure_one()
        line = self.sudo()  # sudo: stock.warehouse - its places
        if line.cx_internal_item_id:
            return line.cx_internal_item_id.warehouse_id.cx_internal_loc_id
        if line.cx_from_discount:
            return line.warehouse_id.cx_discount_loc_id
        return self.env["stock.location"]

    def _prepare_procurement_values(self):
        values = super()._prepare_procurement_values()
        if place := self._cx_apart_place():
            values |= {
                "cx_apart_location_id": place,
                # taken from there, never bought or made
                "route_ids": self.warehouse_id.delivery_route_id,
            }
        return values
