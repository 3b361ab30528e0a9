from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import leaving
from ...rules.blocker import Blocker
from ...rules.wording import figure


class Disposition(models.Model):
    """Dismantling (拆废): a returned unit is taken apart by an unbuild order; some components are kept, some scrapped."""

    _inherit = "cx.disposition"

    component_ids = fields.One2many(
        "cx.disposition.component", "disposition_id", string="Components", compute="_compute_component_ids", store=True,
        readonly=False, copy=True)
    unbuild_ids = fields.One2many("mrp.unbuild", "cx_disposition_id", string="Unbuild Orders")

    @api.depends("work", "rma_line_id")
    def _compute_component_ids(self):
        """What the bill of materials says the product is made of, all of it kept; somebody decides from there."""
        for disposition in self:
            if disposition.work != "dismantle":
                disposition.component_ids = [Command.clear()]
            elif not disposition.component_ids:
                disposition.component_ids = [
                    Command.create(vals) for vals in disposition._prepare_component_vals_list()]

    def _prepare_component_vals_list(self):
        self.ensure_one()
        product = self.rma_line_id.product_id
        bom = self.env["mrp.bom"].sudo()._bom_find(  # sudo: mrp.bom - what the product is made of
            product, company_id=self.rma_line_id.company_id.id, bom_type="normal")[product]
        if not bom:
            return []
        factor = product.uom_id._compute_quantity(1.0, bom.product_uom_id) / bom.product_qty
        _boms, lines = bom.explode(product, factor, picking_type=bom.picking_type_id)
        return [{
            "product_id": line.product_id.id,
            "quantity": line.product_uom_id._compute_quantity(data["qty"], line.product_id.uom_id, round=False),
        } for line, data in lines if line.product_id.type == "consu"]

    def _check_components_open(self):
        """:raises UserError: what is kept and what is scrapped was approved already"""
        for disposition in self:
            if disposition.decision != "proposed":
                raise UserError(self.env._(
                    "%(disposition)s is %(state)s; its components cannot be changed any more. Cancel it and propose "
                    "another one.", disposition=disposition.name, state=disposition._state_label()))

    # Documents

    def _create_unbuilds(self, parts):
        """Take units apart: one unbuild order per disposition, for serials one per unit, done at once.

        :param parts: list of ``(disposition, quantity, lots)``
        """
        vals_list = []
        for disposition, quantity, lots in parts:
            lot_quantity = 1.0 if disposition.tracking == "serial" else quantity
            vals_list += [disposition._prepare_unbuild_vals(lot_quantity, lot) for lot in lots or [lots]]
        unbuilds = self.env["mrp.unbuild"].create(vals_list)
        for unbuild in unbuilds:
            unbuild._cx_check_available()
            unbuild.action_unbuild()
        return unbuilds

    def _prepare_unbuild_vals(self, quantity, lot):
        self.ensure_one()
        return {
            "company_id": self.company_id.id,
            "product_id": self.product_id.id,
            "product_qty": quantity,
            "product_uom_id": self.product_uom_id.id,
            "lot_id": lot.id,
            "location_id": self.source_location_id.id,
            "location_dest_id": self.warehouse_id.lot_stock_id.id,
            "cx_disposition_id": self.id,
        }

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if self.work == "dismantle":
            if verb == "approve":
                blockers += self._blockers_components()
            elif verb == "execute":
                blockers += self._blockers_component_lots()
        return blockers

    def _blockers_components(self):
        if self.component_ids.filtered(lambda component: component.fate == "keep"):
            return []
        return [Blocker(
            "nothing_kept", self.name, self.env._("It is not said which component is kept."),
            self.env._("Enter what is kept, or scrap the goods as a whole."))]

    def _blockers_component_lots(self):
        return [Blocker(
            "component_lots", self.name,
            self.env._("%(product)s is tracked: %(quantity)s %(unit)s come out, %(lots)s numbers are named.",
                       product=component.product_id.display_name, quantity=figure(component.total_qty),
                       unit=component.product_uom_id.name, lots=len(component.lot_ids)),
            self.env._("Name the number of each component, or the one lot.")
        ) for component in self.component_ids if not component._is_lots_complete()]

    def _component_moves(self, quantity, done):
        """What comes out of so many units, after so many that were taken apart before.

        :return: list of ``(component, quantity, [(lot, quantity)])``
        """
        self.ensure_one()
        return [
            (component, component.quantity * quantity,
             component._lots_for(component.quantity * quantity, component.quantity * done))
            for component in self.component_ids if leaving.more(component.quantity * quantity, 0.0)]
