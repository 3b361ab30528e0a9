from odoo import fields, models


class DispositionDocument(models.AbstractModel):
    """An order, unbuild order or scrap that carries out what was decided about returned goods."""

    _name = "cx.disposition.document"
    _description = "Document of a Disposition"
    _inherit = ["cx.link.guard"]

    _CX_LINKS = frozenset({"cx_disposition_id"})

    cx_disposition_id = fields.Many2one(
        "cx.disposition", string="Disposition", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)

    def action_view_cx_disposition(self):
        """The decision that the document carries out."""
        return self.cx_disposition_id._get_records_action()
