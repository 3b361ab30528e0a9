from odoo import fields, models

from ...rules.transition import transition


class ReworkScheme(models.Model):
    """How a defect is reworked: operations and parts per unit. Released by engineering, then reused."""

    _name = "cx.rework.scheme"
    _description = "Rework Scheme"
    _inherit = ["mail.thread", "cx.transition.mixin"]
    _check_company_auto = True
    _order = "name, id"

    _TRANSITIONS = {
        "prove": transition("draft", "proved", "cx_complaint.group_engineering"),
        "release": transition("draft proved", "released", "cx_complaint.group_engineering"),
        "withdraw": transition("proved released", "draft", "cx_complaint.group_engineering"),
    }
    _SHOWN_VERBS = ("release",)

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    product_tmpl_ids = fields.Many2many("product.template", string="Products", check_company=True,
                                        help="Empty: any product.")
    defect_ids = fields.Many2many("cx.defect", string="Defects", check_company=True)
    operation_ids = fields.One2many("cx.rework.operation", "scheme_id", string="Operations", copy=True)
    part_ids = fields.One2many("cx.rework.part", "scheme_id", string="Parts", copy=True)
    note = fields.Html(string="Work Instruction")
    is_chargeable = fields.Boolean(string="Chargeable")
    decision = fields.Selection(
        [("draft", "Draft"), ("proved", "Proved"), ("released", "Released")],
        default="draft", required=True, readonly=True, copy=False)
    state = fields.Selection(related="decision", string="State", store=True)
    active = fields.Boolean(default=True)


class ReworkOperation(models.Model):
    """A step of a rework scheme."""

    _name = "cx.rework.operation"
    _description = "Rework Operation"
    _check_company_auto = True
    _order = "sequence, id"

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True)
    workcenter_id = fields.Many2one("mrp.workcenter", required=True, check_company=True)
    minutes = fields.Float(string="Minutes per Unit")


class ReworkPart(models.Model):
    """A part used per reworked unit; its issue is an extra issue of the case."""

    _name = "cx.rework.part"
    _description = "Rework Part"
    _check_company_auto = True
    _order = "sequence, id"

    scheme_id = fields.Many2one("cx.rework.scheme", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="scheme_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    product_id = fields.Many2one("product.product", required=True, check_company=True)
    quantity = fields.Float(string="Quantity per Unit", digits="Product Unit", required=True, default=1.0)
    product_uom_id = fields.Many2one(related="product_id.uom_id")

    _quantity_positive = models.Constraint("CHECK (quantity > 0)", "The quantity of a part must be above zero.")
