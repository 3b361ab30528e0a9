from odoo import fields, models
from odoo.exceptions import UserError

from ...rules.wording import figure
from .link_guard import Link


class StockScrap(models.Model):
    _name = "stock.scrap"
    _inherit = ["stock.scrap", "cx.disposition.document"]

    def _compute_scrap_qty(self):
        if len(self) < 2:
            return super()._compute_scrap_qty()
        for scrap in self:  # core answers for the first record of a batch and leaves 1 on the others
            scrap._compute_scrap_qty()
        return None

    def _prepare_move_values(self):
        vals = super()._prepare_move_values()
        if disposition := self.sudo().cx_disposition_id:  # sudo: cx.disposition - the keeper may not read it
            vals.update(cx_disposition_id=Link(disposition.id), cx_rma_line_id=Link(disposition.rma_line_id.id))
        return vals

    def do_scrap(self):
        """Scraps of dispositions are done together."""
        ours = self.filtered("cx_disposition_id")
        if len(ours) < 2:
            return super().do_scrap()
        if others := self - ours:
            super(StockScrap, others).do_scrap()
        return ours._cx_scrap_together()

    def _cx_scrap_together(self):
        """What core does one by one, with all moves done at once."""
        self._check_company()
        for scrap in self:
            scrap.name = self.env["ir.sequence"].next_by_code("stock.scrap") or self.env._("New")
        moves = self.env["stock.move"].create([scrap._prepare_move_values() for scrap in self])
        moves.with_context(is_scrap=True)._action_done()
        self.write({"state": "done", "date_done": fields.Datetime.now()})
        for scrap in self.filtered("should_replenish"):
            scrap.do_replenish()
        return True

    def _cx_check_available(self):
        """:raises UserError: the goods of a scrap do not stand where it takes them from"""
        storable = self.filtered(lambda scrap: scrap.product_id.is_storable)
        groups = self.env["stock.quant"]._read_group(
            [("product_id", "in", storable.product_id.ids), ("location_id", "in", storable.location_id.ids)],
            ["product_id", "location_id", "lot_id", "owner_id"], ["quantity:sum"])
        there = {(product, location, lot, owner): quantity for product, location, lot, owner, quantity in groups}
        for scrap in storable:
            key = (scrap.product_id, scrap.location_id, scrap.lot_id, scrap.owner_id)
            quantity = scrap.product_uom_id._compute_quantity(
                scrap.scrap_qty, scrap.product_id.uom_id, rounding_method="HALF-UP")
            there[key] = there.get(key, 0.0) - quantity
            if scrap.product_id.uom_id.compare(there[key], 0.0) < 0:
                raise UserError(self.env._(
                    "%(disposition)s: %(asked)s %(unit)s of %(product)s are to be scrapped, %(there)s stand in "
                    "%(location)s. Choose where they stand on the disposition, or count the location.",
                    disposition=scrap.cx_disposition_id.name, asked=figure(quantity),
                    unit=scrap.product_id.uom_id.name, product=scrap.product_id.display_name,
                    there=figure(max(there[key] + quantity, 0.0)), location=scrap.location_id.display_name))
