from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError


class InspectionLine(models.Model):
    """So many units with this verdict and this defect. Quantities in the product's unit."""

    _name = "cx.inspection.line"
    _description = "Inspection Finding"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "inspection_id, sequence, id"

    _FROZEN_WITH = "inspection_id"

    inspection_id = fields.Many2one(
        "cx.inspection", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    product_id = fields.Many2one(related="inspection_id.product_id")
    tracking = fields.Selection(related="product_id.tracking")
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    sequence = fields.Integer(default=10)
    verdict_id = fields.Many2one("cx.verdict", required=True, check_company=True, ondelete="restrict", index=True)
    is_repairable = fields.Boolean(related="verdict_id.is_repairable")
    quantity = fields.Float(
        digits="Product Unit", required=True, compute="_compute_quantity", store=True, readonly=False, precompute=True)
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    defect_id = fields.Many2one("cx.defect", check_company=True, ondelete="restrict", index="btree_not_null")
    grade = fields.Selection(related="defect_id.grade")
    scheme_id = fields.Many2one(
        "cx.rework.scheme", check_company=True, index="btree_not_null", ondelete="restrict",
        help="How these units are reworked; goes into the disposition that is proposed.")
    note = fields.Char()

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "An inspected quantity must be above zero.")

    @api.depends("lot_ids")
    def _compute_quantity(self):
        """Serials count themselves; else what was typed stays."""
        for line in self:
            if line.tracking == "serial" and line.lot_ids:
                line.quantity = len(line.lot_ids)
            else:
                line.quantity = line.quantity or 1.0

    @api.depends("verdict_id", "defect_id", "quantity")
    def _compute_display_name(self):
        for line in self:
            parts = [line.verdict_id.display_name, line.defect_id.display_name]
            line.display_name = " / ".join(part for part in parts if part)

    @api.constrains("lot_ids", "inspection_id")
    def _check_lot_of_product(self):
        for line in self:
            foreign = line.lot_ids.filtered(lambda lot, line=line: lot.product_id != line.product_id)
            if foreign:
                raise ValidationError(self.env._(
                    "%(lot)s is a lot of %(other)s, but %(inspection)s is about %(product)s. Name its lots only.",
                    lot=foreign[0].display_name, other=foreign[0].product_id.display_name,
                    inspection=line.inspection_id.display_name, product=line.product_id.display_name))

    @api.constrains("lot_ids", "inspection_id")
    def _check_serial_once(self):
        for inspection in self.inspection_id.filtered(lambda inspection: inspection.tracking == "serial"):
            seen = self.env["stock.lot"]
            for line in inspection.line_ids:
                if line.lot_ids & seen:
                    raise ValidationError(self.env._(
                        "%(serial)s stands in two findings of %(inspection)s. Each serial has one verdict.",
                        serial=(line.lot_ids & seen)[0].display_name, inspection=inspection.display_name))
                seen |= line.lot_ids

    def _prepare_carried_vals(self):
        """Values of the same units in the inspection that takes them over."""
        self.ensure_one()
        return {
            "verdict_id": self.verdict_id.id, "quantity": self.quantity, "lot_ids": [Command.set(self.lot_ids.ids)],
            "defect_id": self.defect_id.id, "note": self.note, "scheme_id": self.scheme_id.id,
        }
