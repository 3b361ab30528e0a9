from odoo import api, fields, models


class ComplaintLine(models.Model):
    """What is complained of: delivered goods, or a person or subject only. Quantities in the product's unit."""

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
    quantity = fields.Float(digits="Product Unit", help="Quantity complained of, in the unit of the line.")
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    origin_move_id = fields.Many2one(
        "stock.move", string="Delivered By", check_company=True, index="btree_not_null", ondelete="set null",
        help="The delivery move that brought the goods to the customer.")
    sale_line_id = fields.Many2one(
        "sale.order.line", check_company=True, index="btree_not_null", ondelete="set null",
        help="The order line of the goods; of a kit, the kit's line.")
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
    ])
    occurred_on = fields.Date(string="Date of Occurrence")
    wish = fields.Selection([
        ("none", "None"), ("repair", "Repair"), ("exchange", "Exchange"), ("credit", "Credit"),
        ("compensation", "Compensation"), ("explanation", "Explanation"),
    ], string="Customer's Wish")

    # what we decided
    return_decision = fields.Selection([
        ("none", "No return"), ("repair", "Return for repair"), ("return", "Return"), ("analysis", "For analysis"),
    ], help="A: complaint only; B: worth repairing; C: the customer does not accept the goods.")
    warranty = fields.Selection([("in", "In warranty"), ("out", "Out of warranty"), ("unknown", "Unknown")],
                                default="unknown")
    answer = fields.Char()
    is_answered = fields.Boolean(string="Answered")
    is_solved = fields.Boolean(string="Solved")
    rma_line_ids = fields.One2many("cx.rma.line", "complaint_line_id", string="RMA Lines")
    settlement_ids = fields.One2many("cx.settlement", "complaint_line_id", string="Settlements")

    @api.depends("product_id")
    def _compute_product_uom_id(self):
        for line in self:
            line.product_uom_id = line.product_id.uom_id
