from odoo import fields, models


class ApprovalTemplate(models.Model):
    """Who signs a kind of document, in which order."""

    _name = "cx.approval.template"
    _description = "Signature Template"
    _check_company_auto = True
    _order = "name, id"

    name = fields.Char(required=True, translate=True)
    company_id = fields.Many2one("res.company", required=True, index=True, default=lambda self: self.env.company)
    step_ids = fields.One2many("cx.approval.step", "template_id", string="Steps", copy=True)
    active = fields.Boolean(default=True)


class ApprovalStep(models.Model):
    """One signature of a template."""

    _name = "cx.approval.step"
    _description = "Signature Step"
    _order = "sequence, id"
    _check_company_auto = True

    template_id = fields.Many2one("cx.approval.template", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="template_id.company_id", store=True)
    sequence = fields.Integer(default=10)
    role_id = fields.Many2one("cx.role", required=True, check_company=True)
    kind = fields.Selection(
        [
            ("handled", "Handled"),
            ("reviewed", "Reviewed"),
            ("agreed", "Agreed"),
            ("countersigned", "Countersigned"),
            ("approved", "Approved"),
        ],
        required=True,
        default="approved",
    )
