from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import dismantling
from ...rules.wording import figure
from .link_guard import Link


class MrpUnbuild(models.Model):
    """Unbuild orders of dispositions: the components are those that were decided, not those of the bill of materials."""

    _name = "mrp.unbuild"
    _inherit = ["mrp.unbuild", "cx.disposition.document"]

    def _cx_check_available(self):
        """:raises UserError: the goods do not stand where the order takes them from"""
        for unbuild in self.filtered("product_id.is_storable"):
            disposition = unbuild.sudo().cx_disposition_id  # sudo: cx.disposition - whoever unbuilds may not read it
            there = sum(self.env["stock.quant"]._gather(
                unbuild.product_id, unbuild.location_id, lot_id=unbuild.lot_id, owner_id=disposition._owner(),
                strict=True).mapped("quantity"))
            if unbuild.product_id.uom_id.compare(there, unbuild.product_qty) < 0:
                raise UserError(self.env._(
                    "%(disposition)s: %(asked)s %(unit)s of %(product)s are to be dismantled, %(there)s stand in "
                    "%(location)s. Choose where they stand on the disposition, or count the location.",
                    disposition=disposition.name, asked=figure(unbuild.product_qty), unit=unbuild.product_uom_id.name,
                    product=unbuild.product_id.display_name, there=figure(max(there, 0.0)),
                    location=unbuild.location_id.display_name))

    def action_unbuild(self):
        res = super().action_unbuild()
        if self.cx_disposition_id:
            self._cx_produce_components()
        return res

    def _generate_consume_moves(self):
        ours = self.filtered("cx_disposition_id")
        moves = super(MrpUnbuild, self - ours)._generate_consume_moves()
        for unbuild in ours:
            disposition = unbuild.sudo().cx_disposition_id  # sudo: cx.disposition - whoever unbuilds may not read it
            move = unbuild._generate_move_from_bom_line(unbuild.product_id, unbuild.product_uom_id, unbuild.product_qty)
            move.write({
                "cx_disposition_id": Link(disposition.id), "cx_rma_line_id": Link(disposition.rma_line_id.id)})
            moves += move
        return moves

    def _generate_produce_moves(self):
        # those of dispositions follow when the unit is taken apart and its value is known
        return super(MrpUnbuild, self.filtered(lambda unbuild: not unbuild.cx_disposition_id))._generate_produce_moves()

    def _cx_produce_components(self):
        """Bring in what is kept and write off what is scrapped, in one go, with the numbers that were read off."""
        self.ensure_one()
        disposition = self.sudo().cx_disposition_id  # sudo: cx.disposition - whoever unbuilds may not read it
        consumed = self.produce_line_ids.filtered(lambda move: move.product_id == self.product_id)
        before = sum(disposition.unbuild_ids.filtered(
            lambda unbuild: unbuild.state == "done" and unbuild != self).mapped("product_qty"))
        coming = disposition._component_moves(self.product_qty, before)
        kept = [part for part in coming if part[0].fate == "keep"]
        prices = dismantling.prices(sum(consumed.mapped("value")), [dismantling.Kept(
            quantity, self._cx_cost(component.product_id)) for component, quantity, _lots in kept])
        price_of = {part[0]: price for part, price in zip(kept, prices, strict=True)}
        moves = self.env["stock.move"].create([
            self._prepare_cx_component_vals(component, quantity, lots, price_of.get(component, 0.0))
            for component, quantity, lots in coming])
        moves._action_confirm(merge=False)
        moves.picked = True
        moves._action_done()
        consumed.move_line_ids.produce_line_ids = moves.move_line_ids

    def _cx_cost(self, product):
        return product.with_company(self.company_id).standard_price

    def _prepare_cx_component_vals(self, component, quantity, lots, price):
        product = component.product_id
        source = product.with_company(self.company_id).property_stock_production
        dest = self.location_dest_id if component.fate == "keep" else self.company_id._cx_scrap_location()
        return {
            "company_id": self.company_id.id,
            "product_id": product.id,
            "product_uom": product.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": source.id,
            "location_dest_id": dest.id,
            "procure_method": "make_to_stock",
            "unbuild_id": self.id,
            "origin": self.name,
            "price_unit": price,
            "cx_disposition_id": Link(component.disposition_id.id),
            "move_line_ids": [Command.create({
                "company_id": self.company_id.id, "product_id": product.id, "product_uom_id": product.uom_id.id,
                "quantity": lot_quantity, "lot_id": lot.id, "location_id": source.id, "location_dest_id": dest.id,
            }) for lot, lot_quantity in lots],
        }
