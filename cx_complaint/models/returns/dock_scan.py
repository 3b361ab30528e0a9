from odoo import Command, api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...rules import scan as rules
from ...rules.matching import reference_key
from ...rules.parcels import BEFORE_PLACING
from ...rules.wording import figure

# what scanners put in front of a GS1 code, and the separator inside it
_GS1_MARKS = ("]C1", "]e0", "]d2", "]Q3", "]J1", "\x1d")
_OPEN_RMA = ("authorised", "receiving")


class Dock(models.AbstractModel):
    """What codes at the dock say: gathered here, decided in ``rules.scan``."""

    _inherit = "cx.dock"

    # A code that should be of a parcel

    @api.model
    def _find_consignments(self, text):
        """Parcels of a code; a number that nobody announced starts one."""
        Consignment = self.env["cx.consignment"]
        if key := reference_key(text):
            self.env["cx.guard"]._take([f"cx.dock,waybill,{key}"])  # two clerks, one parcel
        open_ = Domain("state", "in", BEFORE_PLACING) & Domain("company_id", "in", self.env.companies.ids)
        found = Consignment.search(open_ & (Domain("name", "=", text) | Domain("waybill_key", "=", key or "/")))
        if found:
            return found
        if rma := self._rma_of(text):
            found = Consignment.search(open_ & Domain("rma_ids", "in", rma.ids))
            return found or Consignment.create({
                **Consignment._prepare_vals_of_waybill("", rma), "partner_id": rma.partner_id.id})
        if self._products_of(text):
            raise UserError(self.env._(
                "“%(code)s” is a product. Scan the waybill of the parcel first, or tap “No Waybill”.", code=text))
        return Consignment._find_by_waybill(text)

    @api.model
    def _rma_of(self, text):
        """The RMA whose number is on a label."""
        return self.env["cx.rma"].search([
            ("company_id", "in", self.env.companies.ids), "|", ("name", "=", text), ("return_number", "=", text),
        ], limit=1) if text not in ("", "/") else self.env["cx.rma"]

    # A code of goods

    def _answer(self, consignment, text, counted, asked):
        """See :meth:`scan`."""
        if rma := self._rma_of(text):
            return self._answer_rma(consignment, rma)
        code = self._read_code(consignment, text)
        asked_product, asked_quantity = (asked.get(name) for name in ("product_id", "quantity"))
        asked_product = asked_product if isinstance(asked_product, int) else None
        if isinstance(asked_quantity, (int, float)) and not code.products:
            code = code._replace(quantity=code.quantity or asked_quantity)  # the code before said how many
        products = self.env["product.product"].browse({
            *code.products, *(product for _lot, product in code.lots), *filter(None, [asked_product])})
        products.check_access("read")
        answer = rules.decide(
            code, self._lines_of(consignment), [rules.Fill(
                entry.move.id or None, entry.product.id, entry.lot.id or None, entry.lot_name, entry.quantity)
                for entry in counted],
            {product.id: product.tracking for product in products}, asked_product)
        return {
            "kind": answer.kind,
            "message": self._sentence(answer, code, text),
            "fills": [self._prepare_fill(fill) for fill in answer.fills],
            "asked": answer.kind == rules.ASK_LOT and self._prepare_fill(
                rules.Fill(None, answer.product, None, "", code.quantity or 0.0)),
        }

    def _lines_of(self, consignment):
        """What is expected with the parcel, as the rules know it."""
        return [
            rules.Line(move.id, move.product_id.id, move.product_qty, frozenset(
                lot.id for lot in move.cx_rma_line_id._open_lots()) if move.cx_rma_line_id else frozenset())
            for move in consignment._dock_moves()]

    def _answer_rma(self, consignment, rma):
        """An RMA's own label: what it expects joins the parcel."""
        other = consignment.partner_id.commercial_partner_id - rma.partner_id.commercial_partner_id
        names = {"rma": rma.name, "customer": rma.partner_id.display_name}
        message, kind = self.env._("%(rma)s: count its goods.", **names), "rma"
        if other or rma.company_id != consignment.company_id:
            kind = "refused"
            message = self.env._(
                "%(rma)s is of %(customer)s, this parcel is not. Put these goods aside and scan the label in the list of "
                "parcels.", **names)
        elif rma.state not in _OPEN_RMA:
            message = self.env._(
                "%(rma)s expects nothing (any more). Count the goods as not announced; customer service decides.", **names)
            if not consignment.partner_id:
                consignment.partner_id = rma.partner_id
        elif rma not in consignment.rma_ids:
            consignment.rma_ids = [Command.link(rma.id)]
        screen = consignment._prepare_dock_screen()
        elsewhere = rma.line_ids.sudo()._open_receipt_moves().picking_id.cx_consignment_id - consignment  # sudo: which parcel
        if kind == "rma" and elsewhere and rma.id not in [group["id"] for group in screen["groups"]]:
            message = self.env._(
                "The goods of %(rma)s are expected with %(parcel)s. Go back and choose that one.",
                parcel=elsewhere[0].display_name, **names)
        return {"kind": kind, "message": message, "fills": [], "screen": screen, "rma_id": rma.id}

    # Reading

    def _read_code(self, consignment, text):
        """What the books know of a code: a barcode, the name of a lot, or GS1 elements."""
        if products := self._products_of(text):
            return rules.Code(products=frozenset(products), quantity=min(products.values()) or None)
        if lots := self._lots_named(consignment, text):
            return rules.Code(lots=lots, lot_name=text)
        return self._read_gs1(consignment, text) or rules.Code(lot_name=text)

    @api.model
    def _products_of(self, *codes):
        """Products with one of these barcodes, or whose packaging has it.

        :return: ``{product id: units in the packaging}``, 0 for the product's own code
        """
        codes = [code for code in codes if code]
        if not codes:
            return {}
        Product = self.env["product.product"].with_context(skip_preprocess_gs1=True)
        found = dict.fromkeys(Product.search([("barcode", "in", codes), ("type", "=", "consu")]).ids, 0.0)
        for packaging in self.env["product.uom"].search([("barcode", "in", codes)]):
            product = packaging.product_id
            found.setdefault(product.id, packaging.uom_id._compute_quantity(1.0, product.uom_id))
        return found

    @api.model
    def _lots_named(self, consignment, name):
        """``(lot id, product id)`` of the lots of a name."""
        lots = self.env["stock.lot"].search([
            ("name", "=", name), ("company_id", "in", (False, consignment.company_id.id))]) if name else ()
        return tuple((lot.id, lot.product_id.id) for lot in lots)

    @api.model
    def _read_gs1(self, consignment, text):
        """A GS1 code by Odoo's nomenclature, or None where it is none.

        Without its mark in front many a serial number looks like one: then it counts only when the books know what it
        names.
        """
        elements = self._gs1_elements(consignment.company_id, text)
        if not elements:
            return None
        gtin = next((found["value"] for found in elements if found["type"] == "product"), "")
        names = {found["ai"]: str(found["value"]) for found in elements if found["type"] == "lot"}
        amounts = [found["value"] for found in elements if found["type"] == "quantity"]
        short = gtin.lstrip("0")
        products = self._products_of(*{gtin, *(short.zfill(size) for size in (8, 12, 13, 14))}) if short else {}
        name = names.get("21") or names.get("10") or ""
        lots = self._lots_named(consignment, name)
        if products and len(names) == 2:  # lot and serial number on one label: the product says which of them counts
            tracking = self.env["product.product"].browse(list(products)[:1]).tracking
            name = names["10" if tracking == "lot" else "21"]
            lots = self._lots_named(consignment, name)
        if not (products or lots or text.startswith(_GS1_MARKS)):
            return None
        if gtin and not products:
            return rules.Code(quantity=amounts[0] if amounts else None)  # a product that the books do not know
        packed = min(products.values()) if products else 0.0
        quantity = amounts[0] * (packed or 1.0) if amounts else packed or None
        return rules.Code(frozenset(products), lots, name, quantity)

    @api.model
    def _gs1_elements(self, company, text):
        """Elements of a GS1 code by the company's nomenclature, or Odoo's own where that one is no GS1."""
        nomenclature = company.nomenclature_id
        if not nomenclature.is_gs1_nomenclature:
            nomenclature = self.env.ref("barcodes_gs1_nomenclature.default_gs1_nomenclature", raise_if_not_found=False)
        try:
            return (nomenclature and nomenclature.gs1_decompose_extended(text)) or []
        except (ValidationError, ValueError):  # a date or a number that is none
            return []

    # Saying

    def _prepare_fill(self, fill):
        product = self.env["product.product"].browse(fill.product)
        return {
            "move_id": fill.key or False,
            "product_id": product.id,
            "product": product.name,
            "unit": product.uom_id.name,
            "tracking": product.tracking,
            "lot_id": fill.lot or False,
            "lot_name": self.env["stock.lot"].browse(fill.lot).name if fill.lot else fill.lot_name,
            "quantity": fill.quantity,
        }

    def _sentence(self, answer, code, text):
        """What the screen says to a scan, with the way out where something is to be asked."""
        names = {"code": text, "product": self.env["product.product"].browse(answer.product or []).display_name or ""}
        if answer.kind == rules.COUNT:
            names["quantity"] = figure(sum(fill.quantity for fill in answer.fills))
            if all(fill.key is None for fill in answer.fills):
                return self.env._("%(quantity)s × %(product)s: not announced. Customer service decides.", **names)
            return self.env._("%(quantity)s × %(product)s", **names)
        return {
            rules.ASK_LOT: self.env._("%(product)s: scan its lot or serial number.", **names),
            rules.ALREADY: self.env._("“%(code)s” is counted already. Scan the next one.", **names),
            rules.SEVERAL: self.env._(
                "“%(code)s” names one serial number and several units. Scan each unit, or tap “Lot Unreadable”.", **names),
            rules.WHICH_PRODUCT: self.env._(
                "“%(code)s” stands for several products. Scan the barcode of the product first.", **names),
            rules.UNKNOWN: self.env._(
                "Nobody knows “%(code)s”. Scan another code of the goods, or tap “Unknown Product”.", **names),
        }[answer.kind]
