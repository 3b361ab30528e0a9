from odoo import fields, models


class ReworkOperation(models.Model):
    """A step of a rework scheme."""

    _name = "cx.rework.operation"
    _description = "Rework Operation"
    _inherit = ["cx.number.mixin", "cx.frozen.part.mixin"]
    _check_company_auto = True
    _order = "sequence, id"

    _FROZEN_WITH = "scheme_id"

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Operation", required=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center", required=True, check_company=True)
    minutes = fields.Float(string="Minutes per Unit")

    _minutes_not_negative = models.Constraint("CHECK (minutes >= 0)", "The minutes of an operation cannot be below zero.")
