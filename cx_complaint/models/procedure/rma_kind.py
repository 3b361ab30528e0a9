from odoo import fields, models


class RmaKind(models.Model):
    """A kind of return: its two number series, whose the goods are, who signs."""

    _name = "cx.rma.kind"
    _description = "Kind of RMA"
    _inherit = ["cx.catalogue.mixin"]

    rma_sequence_code = fields.Char(
        string="RMA Sequence Code", required=True, default="cx.rma",
        help="Code of the number series of authorisations; a company's own series of this code wins.",
    )
    return_sequence_code = fields.Char(
        required=True, default="cx.rma.return",
        help="Code of the number series that the returned goods carry.",
    )
    goods_owner = fields.Selection(
        [("company", "Ours"), ("customer", "The customer's")],
        string="Goods Are", required=True, default="company",
        help="The customer's goods are received with an owner, carry no value and go back to him.",
    )
    approval_template_id = fields.Many2one(
        "cx.approval.template", string="Signatures", check_company=True, company_dependent=True,
        help="Per company. Empty: one entitled person authorises at once.",
    )
    receipt_profile_id = fields.Many2one(
        "cx.receipt.profile", check_company=True, company_dependent=True,
        help="Per company: how goods of this kind are received. Empty: as the warehouse or the company says.")
    validity_days = fields.Integer(default=60, help="Days after which an authorisation nobody used expires; 0: never.")
