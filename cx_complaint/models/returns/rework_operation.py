from odoo import api, fields, models


class ReworkOperation(models.Model):
    """A step of a rework scheme."""

    _name = "cx.rework.operation"
    _description = "Rework Operation"
    _check_company_auto = True
    _order = "sequence, id"

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, ondelete="cascade", index=True, check_company=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(string="Operation", required=True)
    workcenter_id = fields.Many2one("mrp.workcenter", string="Work Center", required=True, check_company=True)
    minutes = fields.Float(string="Minutes per Unit")

    _minutes_not_negative = models.Constraint("CHECK (minutes >= 0)", "The minutes of an operation cannot be below zero.")

    @api.model_create_multi
    def create(self, vals_list):
        self.env["cx.rework.scheme"].browse(
            {vals["scheme_id"] for vals in vals_list if vals.get("scheme_id")})._check_not_frozen()
        return super().create(vals_list)

    def write(self, vals):
        self.scheme_id._check_not_frozen()
        result = super().write(vals)
        self.scheme_id._check_not_frozen()  # nor may it be moved into a frozen one
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        self.scheme_id._check_not_frozen()
