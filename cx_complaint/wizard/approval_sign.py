from odoo import api, fields, models
from odoo.exceptions import UserError


class ApprovalSign(models.TransientModel):
    """Sign a document with a remark, or refuse and say why."""

    _name = "cx.approval.sign"
    _description = "Sign a Document"

    document = fields.Reference(selection="_selection_document", required=True, readonly=True)
    remark = fields.Char()

    @api.model
    def _selection_document(self):
        models_signed = self.env.registry.descendants(["cx.approval.mixin"], "_inherit") - {"cx.approval.mixin"}
        return [(name, self.env[name]._description) for name in sorted(models_signed)]

    def action_sign(self):
        """Sign with the remark."""
        for wizard in self:
            wizard.document._sign(wizard.remark)

    def action_refuse(self):
        """Refuse the signature.

        :raises UserError: without a reason: whoever proposed wants to know it
        """
        for wizard in self:
            if not (wizard.remark or "").strip():
                raise UserError(self.env._(
                    "%(document)s: say in the remark why you refuse to sign.", document=wizard.document.display_name))
            wizard.document._refuse_signature(wizard.remark)
