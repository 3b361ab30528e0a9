from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

HUGE = 1e9  # beyond this a quantity is a slip of the keyboard, whatever the unit
_PLACES = ("at_stock_qty", "in_transit_qty", "built_in_qty")


class ComplaintLine(models.Model):
    """What is complained of: delivered goods, or a person or subject only. Quantities in the unit of the line."""

    _name = "cx.complaint.line"
    _description = "Complaint Line"
    _check_company_auto = True
    _order = "complaint_id, sequence, id"

    complaint_id = fields.Many2one("cx.complaint", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="complaint_id.partner_id", store=True, index="btree_not_null")
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Description", help="What is wrong with it, or what is complained of without a product.")

    # goods
    product_id = fields.Many2one("product.product", check_company=True, index="btree_not_null")
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(
        "uom.uom", string="Unit", compute="_compute_product_uom_id", store=True, readonly=False, precompute=True)
    quantity = fields.Float(digits="Product Unit", default=1.0, help="Complained of, in the unit of the line.")
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    is_lot_unknown = fields.Boolean(
        string="Lot Unknown", help="The customer cannot tell the lot or serial; it is looked at when the goods are here.")
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered By", check_company=True, index="btree_not_null", ondelete="set null",
        help="The delivery move that brought the goods to the customer.")
    sale_line_id = fields.Many2one(
        "sale.order.line", string="Order Line", check_company=True, index="btree_not_null", ondelete="set null",
        help="The order line of the goods; of a kit, the kit's line.")
    order_id = fields.Many2one(related="sale_line_id.order_id", string="Sales Order")
    shipped_date = fields.Date(
        string="Shipped On", compute="_compute_shipped_date", store=True, readonly=False, precompute=True,
        help="From the delivery; entered by hand where no delivery is known.")
    invoice_text = fields.Char(string="Invoice Number", help="Number of the shipping invoice as the customer gives it.")
    at_stock_qty = fields.Float(string="In Customer's Stock", digits="Product Unit")
    in_transit_qty = fields.Float(string="In Transit", digits="Product Unit")
    built_in_qty = fields.Float(string="Built In", digits="Product Unit")

    # what is wrong
    defect_id = fields.Many2one("cx.defect", check_company=True, index="btree_not_null")
    defect_rate = fields.Float(string="Defect Rate (%)", aggregator="avg")
    detection_point = fields.Selection([
        ("incoming", "Incoming inspection"),
        ("production", "Customer's production"),
        ("field", "In use"),
        ("store", "In store, unused"),
    ], string="Detected")
    occurred_on = fields.Date(string="Date of Occurrence")
    wish = fields.Selection([
        ("none", "None"), ("repair", "Repair"), ("exchange", "Exchange"), ("credit", "Credit"),
        ("compensation", "Compensation"), ("explanation", "Explanation"),
    ], string="Customer's Wish")

    # what we decided
    return_decision = fields.Selection([
        ("none", "No return"), ("repair", "Return for repair"), ("return", "Return"), ("analysis", "For analysis"),
    ], string="Return", help="No return: complaint only. For repair: worth repairing. Return: the customer does not"
                             " accept the goods. For analysis: we want to look at them.")
    responsible_id = fields.Many2one(
        "res.users", index="btree_not_null", copy=False, help="Works on this line of the case.")
    due_date = fields.Date(string="To Be Handled By", copy=False)
    answer = fields.Char(copy=False)
    is_answered = fields.Boolean(string="Answered", copy=False)
    is_solved = fields.Boolean(string="Solved", copy=False)
    rma_line_ids = fields.One2many("cx.rma.line", "complaint_line_id", string="RMA Lines")
    settlement_ids = fields.One2many("cx.settlement", "complaint_line_id", string="Settlements")

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            unit = line.product_uom_id
            keeps = unit and line.product_id and unit._has_common_reference(line.product_id.uom_id)
            line.product_uom_id = unit if keeps else line.product_id.uom_id

    @api.depends("origin_move_id")
    def _compute_shipped_date(self):
        for line in self:
            shipped = line.sudo().origin_move_id.date  # sudo: stock.move - the date of the line's own delivery
            line.shipped_date = shipped and fields.Date.to_date(shipped) or line.shipped_date

    @api.depends("complaint_id.name", "product_id", "name")
    def _compute_display_name(self):
        for line in self:
            what = line.product_id.display_name or line.name or ""
            line.display_name = f"{line.complaint_id.name or ''} · {what}"

    # What must hold

    @api.constrains("product_id", "name")
    def _check_says_what(self):
        for line in self:
            if not line.product_id and not (line.name or "").strip():
                raise ValidationError(self.env._(
                    "%(complaint)s: a line names a product, or says in words what is complained of.",
                    complaint=line.complaint_id.name))

    @api.constrains("quantity", *_PLACES)
    def _check_quantities(self):
        for line in self:
            for name in ("quantity", *_PLACES):
                if not 0 <= line[name] < HUGE:
                    raise ValidationError(self.env._(
                        "%(line)s: %(quantity)s is no possible quantity (%(field)s). Enter one from 0 to below"
                        " %(limit)s.",
                        line=line.display_name, quantity=line[name], limit=f"{HUGE:.0f}",
                        field=line._fields[name]._description_string(self.env)))
            line._check_places()

    def _check_places(self):
        unit = self.product_uom_id
        total = sum(self[name] for name in _PLACES)
        if unit and unit.compare(total, self.quantity) > 0:
            raise ValidationError(self.env._(
                "%(line)s: %(total)s %(unit)s stand at the places of the customer (%(stock)s in stock, %(transit)s in"
                " transit, %(built_in)s built in), but only %(quantity)s %(unit)s are complained of. Raise the quantity"
                " or lower a place.",
                line=self.display_name, total=total, unit=unit.name, quantity=self.quantity,
                stock=self.at_stock_qty, transit=self.in_transit_qty, built_in=self.built_in_qty))

    @api.constrains("defect_rate")
    def _check_defect_rate(self):
        for line in self:
            if not 0 <= line.defect_rate <= 100:
                raise ValidationError(self.env._(
                    "%(line)s: a defect rate of %(rate)s %% is not possible. Enter 0 to 100.",
                    line=line.display_name, rate=line.defect_rate))

    @api.constrains("product_id", "product_uom_id")
    def _check_unit_of_product(self):
        for line in self:
            unit, own = line.product_uom_id, line.product_id.uom_id
            if unit and own and not unit._has_common_reference(own):
                raise ValidationError(self.env._(
                    "%(line)s: %(unit)s cannot be converted into %(own)s, the unit of %(product)s. Choose a unit that"
                    " can.", line=line.display_name, unit=unit.name, own=own.name,
                    product=line.product_id.display_name))

    @api.ondelete(at_uninstall=False)
    def _unlink_except_returned_or_settled(self):
        for line in self:
            documents = [*line.rma_line_ids.rma_id.mapped("display_name"), *line.settlement_ids.mapped("display_name")]
            if documents:
                raise UserError(self.env._(
                    "%(line)s is handled by %(documents)s and cannot be deleted. Cancel these and delete their lines"
                    " first.", line=line.display_name, documents=", ".join(dict.fromkeys(documents))))

    # Who works on it

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.filtered("responsible_id").complaint_id._update_line_activities()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if {"responsible_id", "due_date", "is_solved"} & vals.keys():
            self.complaint_id._update_line_activities()
        return result

    # Quantities

    def _get_product_quantity(self, name="quantity"):
        """Quantity ``name`` in the product's unit."""
        self.ensure_one()
        return self.product_uom_id._compute_quantity(self[name], self.product_id.uom_id, rounding_method="HALF-UP")
