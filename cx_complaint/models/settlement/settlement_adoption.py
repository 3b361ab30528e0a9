from odoo import fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...rules.blocker import Blocker
from ...rules.wording import figure

_MOST = 80  # candidates shown; the newest first


class SettlementAdoption(models.Model):
    """Deliveries and credit notes made outside the case that gave the customer what the settlement says."""

    _inherit = "cx.settlement"

    adoption_ids = fields.One2many("cx.adoption", "settlement_id", string="Linked Documents")

    def action_link_existing(self):
        """Choose deliveries or credit notes that already carry it out."""
        self.ensure_one()
        self._check_may("link_existing")
        self._raise_blockers("link_existing")
        return self.env["cx.document.link"]._open(settlement=self)

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb in ("cancel", "refuse") and (documents := self.adoption_ids.filtered(lambda link: not link.taken_back_on)):
            blockers += [Blocker(
                "linked", self.display_name,
                self.env._("%(document)s is linked to it.", document=link.document_name),
                self.env._("Unlink it first.")) for link in documents]
        return blockers

    def _link_existing(self, documents):
        """Link done deliveries, or credit note lines, to this settlement. Nothing moves and nothing is posted.

        :param documents: ``stock.move`` or ``account.move.line``; read as superuser
        :raises UserError: with every reason against it
        """
        self.ensure_one()
        self._check_may("link_existing")
        self.check_access("write")
        self._take_guards()
        self.env["cx.guard"]._take_for(self, documents)
        documents = documents.sudo()  # sudo: stock.move, account.move.line - what he may is checked by the blockers
        documents.invalidate_recordset()
        self._raise_blockers("link_existing")
        blockers = [blocker for document in documents for blocker in self._blockers_link(document)]
        if not blockers:
            for document in documents:
                self._link_document(document)
            self.invalidate_recordset()
            blockers = self._blockers_linked_too_much()
        if blockers:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))

    def _link_document(self, document):
        is_delivery = document._name == "stock.move"
        vals = {"cx_settlement_id": self.id}
        if not is_delivery and (root := self._invoice_line_of(document)):
            vals["cx_origin_line_id"] = root.id
            if not self.invoice_line_id:
                self.sudo().invoice_line_id = root  # sudo: cx.settlement - proposed still; see the blockers
        document.write(vals)
        self.env["cx.adoption"]._link(
            self, "delivery" if is_delivery else "credit_note", document, self._quantity_of(document),
            document.product_id)

    def _quantity_of(self, document):
        """What a document gives the customer, in the product's unit."""
        unit = document.product_uom if document._name == "stock.move" else document.product_uom_id
        own = document.product_id.uom_id
        if not unit or not own:
            return document.quantity
        return unit._compute_quantity(document.quantity, own, rounding_method="HALF-UP")

    # Proposals

    def _linkable_documents(self):
        """Documents of this customer and product that may have carried it out, also those that cannot be linked."""
        self.ensure_one()
        customer = self.partner_id.commercial_partner_id
        if self.kind in self._DELIVERED_KINDS:
            products = self.sudo()._delivered_products()  # sudo: mrp.bom - what a kit is made of
            # sudo: stock.move - customer service may not read stock; what is shown is of this customer and product
            return self.env["stock.move"].sudo().search(
                Domain("state", "=", "done") & Domain("product_id", "in", (products | self.product_id).ids)
                & Domain("company_id", "=", self.company_id.id) & Domain("location_dest_id.usage", "=", "customer")
                & Domain("location_id.usage", "!=", "customer")
                & (Domain("picking_id.partner_id", "child_of", customer.id)
                   | Domain("partner_id", "child_of", customer.id)),
                order="date desc, id desc", limit=_MOST)
        domain = Domain([
            ("move_id.move_type", "=", "out_refund"), ("parent_state", "in", ("draft", "posted")),
            ("display_type", "=", "product"), ("company_id", "=", self.company_id.id),
            ("partner_id", "child_of", customer.id)])
        if self.kind == "credit":
            domain &= Domain("product_id", "=", self.product_id.id)
        # sudo: account.move.line - as above
        return self.env["account.move.line"].sudo().search(domain, order="date desc, id desc", limit=_MOST)

    # Blockers

    def _blockers_link(self, document):
        """Everything that speaks against this document having carried out this settlement."""
        self.ensure_one()
        is_delivery = document._name == "stock.move"
        name = (document.reference if is_delivery else document.move_id.display_name) or document.display_name
        found = self._against_delivery(document) if is_delivery else self._against_credit(document)
        other = document.cx_settlement_id
        if other:
            found.insert(0, ("linked_already", self.env._("It belongs to %(other)s.", other=other.display_name),
                             self.env._("Choose another document.")))
        if document.company_id != self.company_id:
            found.append(("other_company", self.env._("It is of %(company)s.", company=document.company_id.name),
                          self.env._("Choose a document of %(company)s.", company=self.company_id.name)))
        return [Blocker(code, name, text, way_out) for code, text, way_out in found] or (
            self._blockers_link_quantity(document, name))

    def _against_delivery(self, move):
        found = []
        customer = self.partner_id.commercial_partner_id
        own = self.sudo()  # sudo: stock.move, mrp.bom - its own delivery and kit
        if self.kind not in self._DELIVERED_KINDS:
            found.append(("no_delivery", self.env._("%(settlement)s is no delivery.", settlement=self.display_name),
                          self.env._("Choose a credit note.")))
        if move.state != "done" or not move.location_dest_id._is_outgoing() or move.location_id.usage == "customer":
            found.append(("not_delivered", self.env._("It brought nothing to a customer."),
                          self.env._("Choose a delivery that is done.")))
        if move.cx_rma_line_id:
            found.append(("sent_back", self.env._("It brought back the customer's own goods."),
                          self.env._("That makes the delivery good by itself.")))
        if move == own.origin_move_id:
            found.append(("is_origin", self.env._("It is the delivery that is complained of."),
                          self.env._("Choose the delivery that replaced it.")))
        if move.product_id not in own._delivered_products() | self.product_id:
            found.append(("other_product", self.env._("It delivered %(product)s.", product=move.product_id.display_name),
                          self.env._("Choose a delivery of %(product)s.", product=self.product_id.display_name)))
        receivers = self.env["cx.complaint.line"]._customers_of_moves(move)
        if customer not in receivers:
            found.append(("other_customer", self.env._(
                "It went to %(others)s.", others=", ".join(receivers.mapped("display_name")) or "?"),
                self.env._("Choose a delivery to %(customer)s.", customer=customer.display_name)))
        if (sold := move.sale_line_id) and not sold.currency_id.is_zero(sold.price_subtotal):
            found.append(("sold", self.env._("It was sold with %(order)s.", order=sold.order_id.name),
                          self.env._("Choose a delivery that the customer does not pay.")))
        if any(back.state != "cancel" for back in move.returned_move_ids):
            found.append(("came_back", self.env._("It came back, or is on its way back."),
                          self.env._("Choose a delivery that the customer kept.")))
        return found

    def _against_credit(self, line):
        found = []
        note, customer = line.move_id, self.partner_id.commercial_partner_id
        if self.kind in self._DELIVERED_KINDS:
            found.append(("no_credit", self.env._("%(settlement)s is a delivery.", settlement=self.display_name),
                          self.env._("Choose a delivery.")))
        if note.move_type != "out_refund" or note.state == "cancel" or line.display_type != "product":
            found.append(("no_credit_note", self.env._("It credits nothing to a customer."),
                          self.env._("Choose a line of a credit note.")))
        if note.commercial_partner_id != customer:
            found.append(("other_customer", self.env._(
                "It is a credit note to %(other)s.", other=note.commercial_partner_id.display_name),
                self.env._("Choose one to %(customer)s.", customer=customer.display_name)))
        if line.currency_id != self.currency_id:
            found.append(("other_currency", self.env._("It is in %(currency)s.", currency=line.currency_id.name),
                          self.env._("Choose one in %(currency)s.", currency=self.currency_id.name)))
        if any(back.parent_state == "posted" for back in line.cx_reversing_line_ids):
            found.append(("reversed", self.env._("It was reversed."), self.env._("Choose one that holds.")))
        return found + (self._against_credited_goods(line) if self.kind == "credit" else (
            self._against_allowance(line)))

    def _against_credited_goods(self, line):
        found = []
        own = self.sudo()  # sudo: account.move.line - its own invoice
        if line.product_id != self.product_id:
            found.append(("other_product", self.env._(
                "It credits %(product)s.", product=line.product_id.display_name or line.name),
                self.env._("Choose a line of %(product)s.", product=self.product_id.display_name)))
        root = self._invoice_line_of(line)
        if not root:
            found.append(("no_invoice", self.env._("It names no invoice."),
                          self.env._("Choose the invoice line on the settlement first.")))
        elif self.invoice_line_id and root != own.invoice_line_id:
            found.append(("other_invoice", self.env._("It credits %(invoice)s.", invoice=root.move_id.name),
                          self.env._("Choose a credit note of %(invoice)s.", invoice=own.invoice_id.name)))
        elif not self.invoice_line_id and self.decision != "proposed":
            found.append(("approved_without_invoice", self.env._("%(settlement)s was approved without invoice.",
                          settlement=self.display_name), self.env._("Cancel it and propose it again.")))
        return found

    def _against_allowance(self, line):
        if not line.sale_line_ids:
            return []
        return [("credits_goods", self.env._("It credits goods of %(order)s.",
                 order=", ".join(line.sale_line_ids.order_id.mapped("name"))),
                 self.env._("Propose a credit for goods instead."))]

    def _invoice_line_of(self, line):
        """The invoice line that a credit note line takes back: told by the line, by its invoice, or by the settlement."""
        settlement, note = self.sudo(), line.move_id.sudo()  # sudo: account.move.line - which line it is
        if line.cx_origin_line_id:
            return line.sudo().cx_origin_line_id
        own = settlement.invoice_line_id
        if note.reversed_entry_id:
            lines = note.reversed_entry_id.invoice_line_ids.filtered(lambda other: other.product_id == line.product_id)
            return own if own in lines else lines[:1]
        return own

    def _blockers_link_quantity(self, document, name):
        """A document is linked as a whole: not beyond what is still owed."""
        if self.kind == "allowance":
            amount, owed = document.price_subtotal, self._owed_credit()
            if self.currency_id.compare_amounts(amount, owed) <= 0:
                return []
            figures = {"wanted": self.currency_id.format(amount), "owed": self.currency_id.format(max(owed, 0.0))}
        else:
            if document.product_id != self.product_id:
                return []  # a part of a kit: how many kits they make is counted together
            unit, quantity = self.product_uom_id, self._quantity_of(document)
            owed = self.quantity - self._planned_qty()
            if unit.compare(quantity, owed) <= 0:
                return []
            figures = {"wanted": f"{figure(quantity)} {unit.name}", "owed": f"{figure(max(owed, 0.0))} {unit.name}"}
        return [Blocker(
            "above_owed", name,
            self.env._("It gave %(wanted)s, %(settlement)s still owes %(owed)s. A document is linked as a whole.",
                       settlement=self.display_name, **figures),
            self.env._("Choose another document, or propose a settlement of that quantity."))]

    def _blockers_linked_too_much(self):
        """Several documents fit one by one, and a kit's parts, but not together; nor above what was invoiced."""
        if self.kind == "allowance":
            is_over = self.currency_id.compare_amounts(self._owed_credit(), 0.0) < 0
        else:
            is_over = self.product_uom_id.compare(self._planned_qty(), self.quantity) > 0
        if is_over:
            return [Blocker(
                "above_owed", self.display_name, self.env._("Together they gave more than it says."),
                self.env._("Choose fewer documents."))]
        return self._blockers_creditable()
