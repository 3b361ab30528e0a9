from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import leaving
from ...rules.blocker import Blocker
from ...rules.wording import figure

_MOST = 80  # candidates shown; the newest first


class Disposition(models.Model):
    _inherit = "cx.disposition"

    adoption_ids = fields.One2many("cx.adoption", "disposition_id", string="Linked Documents")
    is_linked = fields.Boolean(
        string="Done Outside", readonly=True, copy=False,
        help="Scrapped or reworked with core's own documents, and linked afterwards.")

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name == "is_linked" or super()._is_written_by_nobody(field)


class RmaLine(models.Model):
    """Scraps and manufacturing orders made outside, of goods that came straight into stock for a line.

    What stands in quarantine leaves it under a disposition only, so nothing of it can be done outside. What core's own
    return put into stock was free: what was done with it is linked, and becomes a disposition that is done.
    """

    _inherit = "cx.rma.line"

    def action_link_documents(self):
        """Choose scraps and manufacturing orders about the goods of this line."""
        self.ensure_one()
        self.env["cx.disposition"]._check_may("approve")
        return self.env["cx.document.link"]._open(rma_line=self)

    def _link_documents(self, documents):
        """Make done scraps or manufacturing orders dispositions of the goods of this line.

        :param documents: ``stock.scrap`` or ``mrp.production``
        :raises UserError: with every reason against it
        """
        self.ensure_one()
        self.env["cx.disposition"]._check_may("approve")
        self.check_access("read")
        self.env["cx.guard"]._take_for(self, documents)
        documents = documents.sudo()  # sudo: stock.scrap, mrp.production - what he may is checked by the blockers
        documents.invalidate_recordset()
        for document in documents:
            if blockers := self._blockers_link(document):
                raise UserError("\n".join(blocker.sentence() for blocker in blockers))
            self._link_document(document)
            self.invalidate_recordset()

    def _link_document(self, document):
        """One disposition per document: what was decided is what was done."""
        is_scrap = document._name == "stock.scrap"
        units = self._units_of(document)
        disposition = self.env["cx.disposition"].sudo().create({  # sudo: cx.disposition - the verb is checked
            "rma_line_id": self.id,
            "quantity": sum(units.values()),
            "lot_ids": [(6, 0, [lot.id for lot in units if lot])],
            "work": "none" if is_scrap else "rework",
            "destination": "scrap" if is_scrap else "stock",
            "is_linked": True,
            "decision": "closed",
            "approved_on": fields.Datetime.now(),
            "approved_by_id": self.env.uid,
        })
        document.cx_disposition_id = disposition
        goods, parts = self._moves_of(document)
        goods.write({"cx_rma_line_id": self.id, "cx_disposition_id": disposition.id})
        parts.write({"cx_disposition_id": disposition.id})
        self.env["cx.adoption"]._link(
            disposition, "scrap" if is_scrap else "production", document, sum(units.values()), self.product_id)

    def _moves_of(self, document):
        """Done moves of the goods themselves, and of the parts."""
        if document._name == "stock.scrap":
            return document.move_ids, document.move_ids.browse()
        moves = (document.move_raw_ids | document.move_finished_ids).filtered(lambda move: move.state == "done")
        goods = moves.filtered(lambda move: move.product_id == self.product_id)
        return goods, document.move_raw_ids.filtered(lambda move: move.state == "done") - goods

    def _units_of(self, document):
        """``{lot: quantity}`` of this product that a document scrapped or worked on; of an order, what it consumed."""
        goods, _parts = self._moves_of(document)
        units = defaultdict(float)
        for line in goods.filtered(lambda move: not move.production_id).move_line_ids:
            units[line.lot_id] += line.quantity_product_uom
        return dict(units)

    def _units_in_stock(self):
        """``{lot: quantity}`` that came straight into stock for this line and nothing was linked to yet."""
        self.ensure_one()
        units = defaultdict(float)
        for move in self.sudo().move_ids.filtered(lambda move: move.state == "done"):  # sudo: stock.move - figures
            for line in move.move_line_ids:
                if line.location_id.usage == "customer" and line.location_dest_id._cx_is_stock():
                    units[line.lot_id] += line.quantity_product_uom
        for disposition in self.sudo().disposition_ids.filtered("is_linked"):  # sudo: cx.disposition - as above
            for lot_id, quantity in leaving.fold(disposition._done_flows()[disposition.id])[2].items():
                units[self.env["stock.lot"].browse(lot_id or ())] -= quantity
        return units

    def _done_outside(self):
        return super()._done_outside() + sum(
            disposition.done_qty for disposition in self.sudo().disposition_ids  # sudo: cx.disposition - figures
            if disposition.is_linked and disposition.state != "cancelled")

    # Proposals

    def _linkable_documents(self):
        """Scraps and manufacturing orders of this product, also those that cannot be linked."""
        self.ensure_one()
        domain = [("product_id", "=", self.product_id.id), ("company_id", "=", self.company_id.id),
                  ("state", "=", "done")]
        # sudo: stock.scrap, mrp.production - quality may not read them; what is shown is of this product
        scraps = self.env["stock.scrap"].sudo().search(domain, order="date_done desc, id desc", limit=_MOST)
        orders = self.env["mrp.production"].sudo().search([
            *domain, ("move_raw_ids.product_id", "=", self.product_id.id)], order="id desc", limit=_MOST)
        return scraps, orders

    # Blockers

    def _blockers_link(self, document):
        """Everything that speaks against this document being about goods of this line."""
        self.ensure_one()
        found, is_scrap = [], document._name == "stock.scrap"
        product = self.product_id.display_name
        if other := document.cx_disposition_id:
            found.append(("linked_already", self.env._("It belongs to %(other)s.", other=other.name),
                          self.env._("Choose another document.")))
        if document.state != "done":
            found.append(("not_done", self.env._("It is not done."), self.env._("Choose one that is done.")))
        if document.product_id != self.product_id or document.company_id != self.company_id:
            found.append(("other_product", self.env._(
                "It is about %(other)s.", other=document.product_id.display_name),
                self.env._("Choose one of %(product)s.", product=product)))
            return [Blocker(code, document.display_name, text, way_out) for code, text, way_out in found]
        if not is_scrap and not self._is_rework(document):
            found.append(("other_units", self.env._(
                "It does not bring out the very units of %(product)s that it takes in.", product=product),
                self.env._("Choose an order that reworked them.")))
        goods, _parts = self._moves_of(document)
        taken = goods.filtered(lambda move: not move.production_id)
        if any(line.owner_id and line.owner_id != self.company_id.partner_id for line in taken.move_line_ids):
            found.append(("other_owner", self.env._("It took units that belong to somebody else."),
                          self.env._("Choose one that took ours.")))
        arrived = min(self.sudo().move_ids.filtered(  # sudo: stock.move - the date of the receipt
            lambda move: move.state == "done" and move.location_id.usage == "customer").mapped("date"), default=None)
        if not arrived or any(move.date < arrived for move in taken):
            found.append(("too_early", self.env._("It was done before the goods of %(line)s came back.",
                          line=self.display_name), self.env._("Choose one that came after them.")))
        if not found:
            found = self._against_units(document)
        return [Blocker(code, document.display_name, text, way_out) for code, text, way_out in found]

    def _against_units(self, document):
        """No more, and no other lots, than came straight into stock for the line."""
        there, wanted = self._units_in_stock(), self._units_of(document)
        if self.tracking == "none":
            there, wanted = {None: sum(there.values())}, {None: sum(wanted.values())}
        return [
            ("not_in_stock", self.env._(
                "It is about %(wanted)s %(unit)s of %(product)s%(lot)s; %(there)s came straight into stock for this line "
                "and are not accounted for yet.", wanted=figure(quantity), unit=self.product_uom_id.name,
                product=self.product_id.display_name, lot=f" ({lot.name})" if lot else "",
                there=figure(max(there.get(lot, 0.0), 0.0))),
             self.env._("Choose another document; goods in quarantine are decided by a disposition."))
            for lot, quantity in wanted.items() if leaving.more(quantity, there.get(lot, 0.0))]

    def _is_rework(self, order):
        """Whether a manufacturing order consumed and produced the same units of this product."""
        goods, _parts = self._moves_of(order)
        consumed = order._cx_units_of(goods.filtered("raw_material_production_id"))
        produced = order._cx_units_of(goods.filtered("production_id"))
        return bool(consumed) and order._cx_is_same(consumed, produced)
