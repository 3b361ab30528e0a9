from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.blocker import Blocker

# what can be linked: kind, field of the document
DOCUMENTS = {
    "delivery": "move_id",
    "credit_note": "credit_line_id",
    "scrap": "scrap_id",
    "production": "production_id",
}


class Adoption(models.Model):
    """A document made outside a case, linked to what it did for it: who, when, how much, and whether it still is.

    The link itself stands on the document, where quantities and states follow it. This is its record: what was taken
    back stays in it.
    """

    _name = "cx.adoption"
    _description = "Linked Document"
    _check_company_auto = True
    _order = "id desc"
    _rec_name = "document_name"

    kind = fields.Selection(
        [("delivery", "Delivery"), ("credit_note", "Credit Note"), ("scrap", "Scrap"),
         ("production", "Manufacturing Order")], required=True, readonly=True)
    document_name = fields.Char(string="Document", required=True, readonly=True)
    settlement_id = fields.Many2one(
        "cx.settlement", readonly=True, check_company=True, index="btree_not_null", ondelete="cascade")
    disposition_id = fields.Many2one(
        "cx.disposition", readonly=True, check_company=True, index="btree_not_null", ondelete="cascade")
    complaint_id = fields.Many2one("cx.complaint", required=True, readonly=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="complaint_id.company_id", store=True, index=True)
    move_id = fields.Many2one("stock.move", readonly=True, check_company=True, index="btree_not_null",
        ondelete="set null")
    credit_line_id = fields.Many2one(
        "account.move.line", string="Credit Note Line", readonly=True, check_company=True, index="btree_not_null",
        ondelete="set null")
    scrap_id = fields.Many2one("stock.scrap", readonly=True, check_company=True, index="btree_not_null",
        ondelete="set null")
    production_id = fields.Many2one(
        "mrp.production", string="Manufacturing Order", readonly=True, check_company=True, index="btree_not_null",
        ondelete="set null")
    product_id = fields.Many2one("product.product", readonly=True, check_company=True)
    quantity = fields.Float(digits="Product Unit", readonly=True, help="When it was linked, in the product's unit.")
    taken_back_on = fields.Datetime(string="Unlinked On", readonly=True)
    taken_back_by_id = fields.Many2one("res.users", string="Unlinked By", readonly=True)

    def action_take_back(self):
        """Unlink documents on which nothing rests: they did nothing for the case any more, which owes it again.

        :raises UserError: with every reason against it
        """
        self.env["cx.guard"]._take_for(self, self.settlement_id, self.disposition_id.rma_line_id)
        self.invalidate_recordset()
        for adoption in self:
            (adoption.settlement_id or adoption.disposition_id)._check_may(
                "link_existing" if adoption.settlement_id else "approve")
        if blockers := [blocker for adoption in self for blocker in adoption._blockers_take_back()]:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))
        adoptions = self.sudo()  # sudo: core documents - our own link on them; the right to unlink is checked above
        for adoption in adoptions:
            adoption._cut_links()
            case = adoption.settlement_id or adoption.disposition_id
            case.message_post(body=self.env._("Unlinked: %(document)s.", document=adoption.document_name))
            adoption._document().message_post(body=self.env._("Unlinked from %(case)s.", case=case.display_name))
        adoptions.write({"taken_back_on": fields.Datetime.now(), "taken_back_by_id": self.env.uid})

    def _blockers_take_back(self):
        self.ensure_one()
        if self.taken_back_on:
            return [Blocker("taken_back", self.document_name, self.env._("It is unlinked already."),
                            self.env._("There is nothing to do."))]
        if self.complaint_id.decision != "open":
            return [Blocker(
                "case_closed", self.document_name,
                self.env._("%(complaint)s is closed and rests on it.", complaint=self.complaint_id.display_name),
                self.env._("Reopen the complaint first."))]
        return []

    def _cut_links(self):
        """Take our link off the document; what was decided by linking it is undone."""
        self.ensure_one()
        if self.move_id:
            self.move_id.cx_settlement_id = False
        elif self.credit_line_id:
            self.credit_line_id.cx_settlement_id = False
        else:
            disposition = self.disposition_id
            disposition.move_ids.write({"cx_disposition_id": False, "cx_rma_line_id": False})
            (self.scrap_id or self.production_id).cx_disposition_id = False
            disposition.decision = "cancelled"

    def _document(self):
        """What the user knows as the document; it has a chatter."""
        self.ensure_one()
        return self.move_id.picking_id or self.credit_line_id.move_id or self.production_id or self.scrap_id

    def action_view_document(self):
        """Open the document, as far as the user may see it."""
        self.ensure_one()
        return self.sudo()._document().sudo(False)._get_records_action()  # sudo: core documents - the id only

    def _link(self, case, kind, document, quantity, product):
        """Record that a document belongs to a settlement or disposition, in both chatters."""
        adoption = self.sudo().create({  # sudo: cx.adoption - written by linking only
            "kind": kind,
            "document_name": document.move_id.display_name if kind == "credit_note" else (
                document.reference or document.display_name if kind == "delivery" else document.display_name),
            "settlement_id": case.id if case._name == "cx.settlement" else False,
            "disposition_id": case.id if case._name == "cx.disposition" else False,
            "complaint_id": case.complaint_id.id,
            DOCUMENTS[kind]: document.id,
            "product_id": product.id,
            "quantity": quantity,
        })
        case.message_post(body=self.env._("Linked: %(document)s.", document=adoption.document_name))
        adoption._document().message_post(body=self.env._("Linked to %(case)s.", case=case.display_name))
        return adoption.sudo(False)
