from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker
from ...rules.transition import transition

_FINANCE = ("cx_complaint.group_finance",)
_CONTENT = frozenset({"product_id", "lot_id", "quantity", "grade_id", "price", "warehouse_id"})


class InternalSaleItem(models.Model):
    """A unit that employees may buy, at the price that finance sets and at no other.

    Every employee reads what is published; whose return it was stands nowhere on it.

    :source: S2.18-21, S2.18-26
    """

    _name = "cx.internal.sale.item"
    _description = "Internal Sale Item"
    _inherit = ["cx.series.mixin", "image.mixin", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "published_on desc, id desc"
    _SERIES = "cx.internal.sale.item"

    _TRANSITIONS = {
        "publish": transition("draft", "published", *_FINANCE),
        "reprice": transition("published", "draft", *_FINANCE),
        "sell": transition("reserved", None, *_FINANCE, "cx_complaint.group_sales"),
        "withdraw": transition("draft published", "withdrawn", *_FINANCE, "cx_complaint.group_quality"),
    }
    _BY_VERB_ONLY = frozenset({"decision", "published_on", "published_by_id", "requested_by_id", "requested_on"})
    _SHOWN_VERBS = ("publish",)

    name = fields.Char(default="/", readonly=True, copy=False)
    warehouse_id = fields.Many2one(
        "stock.warehouse", required=True, check_company=True, index=True, default=lambda self: self.env[
            "stock.warehouse"].search([("company_id", "=", self.env.company.id)], limit=1))
    company_id = fields.Many2one(related="warehouse_id.company_id", store=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    product_id = fields.Many2one(
        "product.product", required=True, index=True, check_company=True, ondelete="restrict",
        domain="[('is_storable', '=', True)]")
    lot_id = fields.Many2one(
        "stock.lot", string="Lot/Serial", index="btree_not_null", check_company=True, ondelete="restrict",
        domain="[('product_id', '=', product_id)]", groups="cx_complaint.group_reader")
    serial = fields.Char(related="lot_id.name", string="Number", help="Lot or serial number of the unit.")
    tracking = fields.Selection(related="product_id.tracking")
    quantity = fields.Float(digits="Product Unit", default=1.0, required=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    grade_id = fields.Many2one("cx.grade", check_company=True, index="btree_not_null", ondelete="restrict")
    condition = fields.Text(help="What the buyer should know: scratches, what was repaired, what is missing.")
    photo_second = fields.Image(string="Second Photo", max_width=1920, max_height=1920)
    photo_third = fields.Image(string="Third Photo", max_width=1920, max_height=1920)
    list_price = fields.Float(related="product_id.lst_price", string="List Price")
    price = fields.Monetary(
        string="Internal Price", compute="_compute_price", store=True, readonly=False, precompute=True,
        help="Of one unit, before or with taxes as the product's list price is.")
    value = fields.Monetary(
        string="Value in Stock", compute="_compute_value", compute_sudo=True,
        groups="cx_complaint.group_finance", help="What the unit stands for in the books, at the product's cost.")

    decision = fields.Selection(
        [("draft", "To price"), ("published", "Published"), ("withdrawn", "Withdrawn")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(
        [("draft", "To price"), ("published", "Offered"), ("reserved", "Reserved"), ("sold", "Sold"),
         ("withdrawn", "Withdrawn")],
        compute="_compute_state", store=True, precompute=True, index=True, copy=False)
    published_on = fields.Datetime(readonly=True, copy=False)
    published_by_id = fields.Many2one("res.users", string="Price Set by", readonly=True, copy=False)
    requested_by_id = fields.Many2one("res.users", string="Wanted by", readonly=True, copy=False, index="btree_not_null")
    requested_on = fields.Datetime(string="Wanted on", readonly=True, copy=False)
    is_mine = fields.Boolean(string="Wanted by Me", compute="_compute_is_mine")
    sale_line_ids = fields.One2many(
        "sale.order.line", "cx_internal_item_id", string="Order Lines", groups="cx_complaint.group_reader")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of an item must be above zero.")
    _price_not_negative = models.Constraint("CHECK (price >= 0)", "The price of an item is not negative.")

    @api.depends("grade_id", "product_id")
    def _compute_price(self):
        """What the grade takes off the list price; finance may set another one until it is published."""
        for item in self:
            if item.decision == "draft" and item.grade_id.internal_discount:
                item.price = item.list_price * (1 - item.grade_id.internal_discount / 100)

    @api.depends("product_id", "quantity")
    def _compute_value(self):
        for item in self:
            item.value = item.quantity * item.product_id.with_company(item.company_id).standard_price

    @api.depends("decision", "requested_by_id", "sale_line_ids.state")
    def _compute_state(self):
        for item in self:
            states = {line.state for line in item.sudo().sale_line_ids}  # sudo: sale.order.line - states only
            if item.decision != "published":
                item.state = item.decision
            elif "sale" in states:
                item.state = "sold"
            else:
                item.state = "reserved" if item.requested_by_id or states - {"cancel"} else "published"

    @api.depends("requested_by_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for item in self:
            item.is_mine = item.requested_by_id == self.env.user

    # Records

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name == "price" and not (
                self.env.su or self.env.user.has_group(_FINANCE[0])):
            return False
        return super()._has_field_access(field, operation)

    def write(self, vals):
        if vals.keys() & _CONTENT:
            self.check_access("write")
            for item in self:
                if item.decision != "draft":
                    raise UserError(self.env._(
                        "%(item)s is published at %(price)s; what is offered and its price are not changed any more. "
                        "Take it back with *Change Price* first.",
                        item=item.display_name, price=item.currency_id.format(item.price)))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_published(self):
        for item in self:
            if item.decision != "draft":
                raise UserError(self.env._(
                    "%(item)s was published and is kept as a record. Withdraw it instead.", item=item.display_name))

    @api.depends("name", "product_id", "serial")
    def _compute_display_name(self):
        for item in self:
            item.display_name = " · ".join(filter(None, [item.name, item.product_id.display_name, item.serial]))

    # What is in the way

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "publish":
            blockers += self._blockers_publish()
        return blockers

    def _blockers_publish(self):
        blockers = []
        if not self.price:
            blockers.append(Blocker(
                "no_price", self.name, self.env._("It has no price."),
                self.env._("Set the internal price, or a grade that proposes one.")))
        if not self.image_1920:
            blockers.append(Blocker(
                "no_photo", self.name, self.env._("It has no photo."), self.env._("Add a photo of the unit.")))
        if self.tracking != "none" and not self.lot_id:
            blockers.append(Blocker(
                "no_lot", self.name, self.env._("Its lot or serial number is not named."), self.env._("Name it.")))
        if not self._is_standing():
            blockers.append(Blocker(
                "not_there", self.name, self.env._(
                    "It does not stand in %(place)s.", place=self.warehouse_id.cx_internal_loc_id.display_name),
                self.env._("Move it there first, or withdraw the item.")))
        return blockers

    def _is_standing(self):
        """Whether the unit stands in the warehouse's place for internal sale."""
        self.ensure_one()
        item = self.sudo()  # sudo: stock.quant - only whether the unit is there
        quantity = self.env["stock.quant"].sudo()._get_available_quantity(
            item.product_id, item.warehouse_id.cx_internal_loc_id, lot_id=item.lot_id or None, allow_negative=True)
        return item.product_id.uom_id.compare(quantity, item.quantity) >= 0
