from odoo import fields, models


class InspectionLine(models.Model):
    """So many units with this verdict and this defect."""

    _name = "cx.inspection.line"
    _description = "Inspection Finding"
    _check_company_auto = True
    _order = "inspection_id, sequence, id"

    inspection_id = fields.Many2one("cx.inspection", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="inspection_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    verdict_id = fields.Many2one("cx.verdict", required=True, check_company=True, ondelete="restrict", index=True)
    quantity = fields.Float(digits="Product Unit", required=True, default=1.0)
    lot_ids = fields.Many2many("stock.lot", string="Lots/Serials", check_company=True)
    defect_id = fields.Many2one("cx.defect", check_company=True, ondelete="restrict", index="btree_not_null")
    note = fields.Char()

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "An inspected quantity must be above zero.")
