from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ..models.settlement.adoption import DOCUMENTS

_KIND_OF = {"stock.move": "delivery", "account.move.line": "credit_note", "stock.scrap": "scrap",
            "mrp.production": "production"}


class DocumentLink(models.TransientModel):
    """Documents that may have carried out a settlement, or worked on goods of an RMA line; the user chooses."""

    _name = "cx.document.link"
    _description = "Link Existing Documents"

    settlement_id = fields.Many2one("cx.settlement", readonly=True)
    rma_line_id = fields.Many2one("cx.rma.line", string="RMA Line", readonly=True)
    row_ids = fields.One2many("cx.document.link.row", "link_id", string="Documents")

    @api.model
    def _open(self, settlement=None, rma_line=None):
        """Open with what may be linked to one of both.

        :raises UserError: there is nothing to choose from
        """
        target = settlement or rma_line
        found = target._linkable_documents()
        documents = [document for records in (found if isinstance(found, tuple) else (found,)) for document in records]
        if not documents:
            raise UserError(self.env._(
                "%(target)s: no document of this customer and product could be linked.", target=target.display_name))
        rows = [self._prepare_row_vals(target, document) for document in documents]
        rows.sort(key=lambda vals: bool(vals["problem"]))
        # sudo: cx.document.link - what the dialog is about is said by the server, never by the client
        link = self.sudo().create({
            "settlement_id": settlement and settlement.id, "rma_line_id": rma_line and rma_line.id,
            "row_ids": [Command.create(vals) for vals in rows]})
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Link Existing Documents"),
            "res_model": self._name,
            "res_id": link.id,
            "view_mode": "form",
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _prepare_row_vals(self, target, document):
        kind = _KIND_OF[document._name]
        blockers = target._blockers_link(document)
        is_money = kind == "credit_note"
        if kind in ("delivery", "credit_note"):
            quantity = target._quantity_of(document)
        else:
            quantity = sum(target._units_of(document).values())
        return {
            "kind": kind,
            DOCUMENTS[kind]: document.id,
            "document_name": (document.move_id.display_name if is_money
                              else document.reference if kind == "delivery" else document.display_name),
            "date": document.date if kind in ("delivery", "credit_note") else (
                document.date_done if kind == "scrap" else document.date_finished),
            "product_id": document.product_id.id,
            "quantity": quantity,
            "problem": " ".join(f"{blocker.text} {blocker.way_out}" for blocker in blockers),
        }

    def action_link(self):
        """Link what was chosen.

        :raises UserError: with every reason against it, or when nothing is chosen
        """
        self.ensure_one()
        chosen = self.row_ids.filtered("is_chosen")
        if not chosen:
            raise UserError(self.env._("Choose at least one document."))
        if self.settlement_id:
            # sudo: cx.document.link.row - which documents the server proposed
            documents = chosen.sudo().move_id or chosen.sudo().credit_line_id
            self.settlement_id._link_existing(documents)
        else:
            for documents in (chosen.sudo().scrap_id, chosen.sudo().production_id):  # sudo: as above
                if documents:
                    self.rma_line_id._link_documents(documents)
        return {"type": "ir.actions.act_window_close"}
