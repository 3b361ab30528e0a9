from odoo import fields, models


class Approval(models.Model):
    """A signature, asked for or given, on any document of ours. Written by verbs only; never deleted once signed."""

    _name = "cx.approval"
    _description = "Signature"
    _check_company_auto = True
    _order = "sequence, id"

    res_model = fields.Char(required=True, readonly=True)
    res_id = fields.Many2oneReference(model_field="res_model", required=True, readonly=True)
    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    sequence = fields.Integer(default=10, readonly=True)
    kind = fields.Selection(
        [
            ("handled", "Handled"),
            ("reviewed", "Reviewed"),
            ("agreed", "Agreed"),
            ("countersigned", "Countersigned"),
            ("approved", "Approved"),
            ("acknowledged", "Acknowledged by an outsider"),
        ],
        required=True, readonly=True,
    )
    role_id = fields.Many2one("cx.role", readonly=True, check_company=True, ondelete="restrict")
    state = fields.Selection(
        [("asked", "Asked"), ("signed", "Signed"), ("refused", "Refused"), ("void", "Void")],
        default="asked", required=True, readonly=True,
    )
    user_id = fields.Many2one("res.users", string="Signed By", readonly=True)
    signer_name = fields.Char(readonly=True, help="Name as of the signature; a later renaming does not change it.")
    signed_on = fields.Datetime(readonly=True)
    remark = fields.Char(readonly=True)
    is_conflict = fields.Boolean(
        string="Declared Conflict", readonly=True,
        help="The signer proposed the document himself, and nobody else was entitled.",
    )
    checksum = fields.Char(readonly=True, help="Checksum of what was signed; the signature is void when that changes.")

    _document_idx = models.Index("(res_model, res_id)")
