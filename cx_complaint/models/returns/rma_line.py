from odoo import api, fields, models


class RmaLine(models.Model):
    """Goods of one delivery move that may come back. Quantities in the product's unit, computed from done moves."""

    _name = "cx.rma.line"
    _description = "RMA Line"
    _check_company_auto = True
    _order = "rma_id, sequence, id"

    rma_id = fields.Many2one("cx.rma", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="rma_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="rma_id.partner_id", store=True, index=True)
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
    no_origin_reason = fields.Char(help="Why goods without a known delivery may come back.")
    lot_ids = fields.Many2many("stock.lot", string="Announced Lots/Serials", check_company=True)
    goods_owner = fields.Selection(
        [("company", "Ours"), ("customer", "The customer's")],
        string="Goods Are", compute="_compute_goods_owner", store=True, readonly=False, precompute=True, required=True)
    short_reason = fields.Char(string="Closed Short Because", readonly=True, copy=False,
                               help="Why the missing rest is not waited for any more.")

    move_ids = fields.One2many("stock.move", "cx_rma_line_id", string="Moves")
    disposition_ids = fields.One2many("cx.disposition", "rma_line_id", string="Dispositions")
    inspection_ids = fields.One2many("cx.inspection", "rma_line_id", string="Inspections")

    # computed for the whole batch in one go; see rules/quantities.py
    returnable_qty = fields.Float(string="Returnable", digits="Product Unit", compute="_compute_returnable_qty")
    expected_qty = fields.Float(string="Expected", digits="Product Unit", compute="_compute_quantities")
    received_qty = fields.Float(string="Received", digits="Product Unit", compute="_compute_quantities")
    quarantine_qty = fields.Float(string="In Quarantine", digits="Product Unit", compute="_compute_quantities")
    in_work_qty = fields.Float(string="In Work", digits="Product Unit", compute="_compute_quantities")
    final_qty = fields.Float(string="At Destination", digits="Product Unit", compute="_compute_quantities")
    planned_qty = fields.Float(string="Planned", digits="Product Unit", compute="_compute_quantities")
    undecided_qty = fields.Float(string="Undecided", digits="Product Unit", compute="_compute_quantities")
    inspected_qty = fields.Float(string="Inspected", digits="Product Unit", compute="_compute_quantities")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The authorised quantity must be above zero.")

    @api.depends("rma_id.kind_id")
    def _compute_goods_owner(self):
        for line in self:
            line.goods_owner = line.rma_id.kind_id.goods_owner or "company"
