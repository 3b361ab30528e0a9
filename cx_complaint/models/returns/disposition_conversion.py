from odoo import api, fields, models
from odoo.fields import Command

from ...rules import leaving, ways
from ...rules.blocker import Blocker


class Disposition(models.Model):
    """Material conversion (改材利用): returned units are issued to the workshop, which makes another product of them."""

    _inherit = "cx.disposition"

    output_product_id = fields.Many2one(
        "product.product", string="Becomes", check_company=True, index="btree_not_null",
        domain="[('id', '!=', product_id), ('type', '=', 'consu')]", help="What the workshop makes of the returned units.")
    output_qty = fields.Float(
        string="Quantity Made", digits="Product Unit", default=1.0, help="Made of all the units of this disposition.")
    output_uom_id = fields.Many2one(related="output_product_id.uom_id", string="Unit Made")
    output_location_id = fields.Many2one(
        "stock.location", string="Made Goods Go To", compute="_compute_output_location_id", store=True, readonly=False,
        precompute=True, check_company=True, domain="[('warehouse_id', '=', warehouse_id), ('usage', '=', 'internal')]",
        help="Stock, or the place where the warehouse checks what it takes in.")

    _output_qty_not_negative = models.Constraint(
        "CHECK (output_qty >= 0)", "The quantity made of returned goods cannot be below zero.")

    @api.depends("work", "rma_line_id")
    def _compute_output_location_id(self):
        for disposition in self:
            if disposition.work != "conversion":
                disposition.output_location_id = False
            elif not disposition.output_location_id:
                disposition.output_location_id = disposition.rma_line_id.rma_id.warehouse_id.lot_stock_id

    def _create_conversion_orders(self, parts):
        """One manufacturing order of the other product per disposition.

        :param parts: list of ``(disposition, quantity, lots)``
        """
        if not parts:
            return self.env["mrp.production"]
        orders = self.env["mrp.production"].create([
            disposition._prepare_conversion_order_vals(quantity, lots) for disposition, quantity, lots in parts])
        orders.action_confirm()
        return orders

    def _prepare_conversion_order_vals(self, quantity, lots):
        """As a rework order, but something else comes out of it, and straight to its place."""
        self.ensure_one()
        made = self.output_uom_id.round(self.output_qty * quantity / self.quantity)
        return {
            **self._prepare_rework_order_vals(quantity, lots),
            "product_id": self.output_product_id.id,
            "product_qty": made,
            "product_uom_id": self.output_uom_id.id,
            "location_dest_id": self.output_location_id.id,
            "location_final_id": self.output_location_id.id,
            "lot_producing_ids": [Command.clear()],
        }

    def _lots_to_use_up(self, account):
        """Lots that are on no order yet and not used up; of a lot-tracked product the one lot."""
        self.ensure_one()
        if self.tracking != "serial":
            return self.lot_ids
        taken = self._open_goods_moves().move_line_ids.lot_id
        return (self.lot_ids - taken).filtered(lambda lot: not leaving.more(account.final.get(lot.id, 0.0), 0.0))

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "approve":
            if ways.is_used_up(self.work):
                blockers += self._blockers_ours_only()
            if self.work == "conversion":
                blockers += self._blockers_output()
        return blockers

    def _blockers_ours_only(self):
        if self.goods_owner != "customer":
            return []
        return [Blocker(
            "ours_only", self.name,
            self.env._("The goods belong to %(owner)s and would become something else.",
                       owner=self.rma_line_id._owner().display_name),
            self.env._("Take them over first, or choose another work."))]

    def _blockers_output(self):
        blockers = []
        if not self.output_product_id or not leaving.more(self.output_qty, 0.0):
            blockers.append(Blocker(
                "no_output", self.name, self.env._("It is not said what the goods become."),
                self.env._("Choose the product and the quantity that the workshop makes of them.")))
        elif self.output_product_id == self.product_id:
            blockers.append(Blocker(
                "same_output", self.name,
                self.env._("%(product)s would become %(product)s.", product=self.product_id.display_name),
                self.env._("Choose rework, or another product.")))
        location = self.output_location_id
        if location.usage != "internal" or location.warehouse_id != self.warehouse_id:
            blockers.append(Blocker(
                "output_place", self.name,
                self.env._("It is not said where in %(warehouse)s the made goods go.",
                           warehouse=self.warehouse_id.display_name),
                self.env._("Choose its stock, or the place where it checks what it takes in.")))
        return blockers
