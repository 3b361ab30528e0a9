from odoo import fields, models

# chosen by the user; everything else is told by the server
_CHOSEN = frozenset({"is_chosen"})


class DocumentLinkRow(models.TransientModel):
    """A document and what speaks against linking it."""

    _name = "cx.document.link.row"
    _description = "Document to Link"

    link_id = fields.Many2one("cx.document.link", required=True, ondelete="cascade")
    is_chosen = fields.Boolean(string="Chosen")
    kind = fields.Selection(
        selection=lambda self: self.env["cx.adoption"]._fields["kind"]._description_selection(self.env), readonly=True)
    document_name = fields.Char(string="Document", readonly=True)
    date = fields.Datetime(readonly=True)
    move_id = fields.Many2one("stock.move", readonly=True)
    credit_line_id = fields.Many2one("account.move.line", string="Credit Note Line", readonly=True)
    scrap_id = fields.Many2one("stock.scrap", readonly=True)
    production_id = fields.Many2one("mrp.production", string="Manufacturing Order", readonly=True)
    product_id = fields.Many2one("product.product", readonly=True)
    quantity = fields.Float(digits="Product Unit", readonly=True)
    product_uom_id = fields.Many2one(related="product_id.uom_id", string="Unit")
    problem = fields.Char(string="Why Not", readonly=True, help="What speaks against linking it, and the way out.")

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name not in _CHOSEN and not self.env.su:
            return False
        return super()._has_field_access(field, operation)
