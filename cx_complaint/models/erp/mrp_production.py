from collections import defaultdict

from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...rules import ways
from ...rules.wording import figure
from .link_guard import Link


class MrpProduction(models.Model):
    _name = "mrp.production"
    _inherit = ["mrp.production", "cx.disposition.document"]

    # Links

    def _get_move_finished_values(self, product_id, product_uom_qty, product_uom, operation_id=False,
                                  byproduct_id=False, cost_share=0):
        vals = super()._get_move_finished_values(
            product_id, product_uom_qty, product_uom, operation_id, byproduct_id, cost_share)
        disposition = self.sudo().cx_disposition_id  # sudo: cx.disposition - the planner may not read it
        if disposition and product_id == self.product_id.id:
            vals["cx_disposition_id"] = Link(disposition.id)
            if self._cx_is_rework():
                vals["cx_rma_line_id"] = Link(disposition.rma_line_id.id)
        return vals

    def _get_backorder_mo_vals(self):
        vals = super()._get_backorder_mo_vals()
        return {**vals, "cx_disposition_id": Link(self.cx_disposition_id.id)} if self.cx_disposition_id else vals

    def _cx_returned_moves(self):
        """Raw moves that take the returned units into work; parts are not among them."""
        return self.move_raw_ids.filtered(lambda move: move.cx_rma_line_id)

    def _cx_is_rework(self):
        """Whether the very units come out that went in; a conversion makes something else of them."""
        self.ensure_one()
        disposition = self.sudo().cx_disposition_id  # sudo: cx.disposition - the planner may not read it
        return bool(disposition) and ways.WORKS[disposition.work].comes_back

    # The same units go in and come out

    def write(self, vals):
        res = super().write(vals)
        if "lot_producing_ids" in vals:
            self._cx_consume_produced()
        return res

    def _cx_consume_produced(self):
        """A rework order consumes the serial numbers that it is said to produce."""
        for order in self:
            if not order._cx_is_rework() or order.product_tracking != "serial" or order.state in ("done", "cancel"):
                continue
            move = order._cx_returned_moves().filtered(lambda move: move.state not in ("done", "cancel"))[:1]
            surplus = move.move_line_ids.filtered(lambda line, order=order: line.lot_id not in order.lot_producing_ids)
            missing = order.lot_producing_ids - move.move_line_ids.lot_id
            surplus.unlink()
            if move and missing:
                disposition = order.sudo().cx_disposition_id  # sudo: cx.disposition - the planner may not read it
                move.move_line_ids = [
                    Command.create({**line_vals, "location_dest_id": move.location_dest_id.id})
                    for line_vals in disposition._prepare_line_vals_list(len(missing), missing)]

    def _button_mark_done_sanity_checks(self):
        for order in self.filtered(lambda order: order._cx_is_rework()):
            if order.product_tracking != "none" and not order.lot_producing_ids:
                order.lot_producing_ids = order._cx_returned_moves().move_line_ids.lot_id
        return super()._button_mark_done_sanity_checks()

    def _auto_production_checks(self):
        # the units are known: one click reworks all of them, as with untracked goods
        return bool(self._cx_is_rework() and self.lot_producing_ids) or super()._auto_production_checks()

    def _set_quantities(self):
        if self._cx_is_rework() and self.product_tracking == "serial" and not self.qty_producing:
            self.qty_producing = len(self.lot_producing_ids)
            self._set_qty_producing()
        return super()._set_quantities()

    def _get_quantity_produced_issues(self):
        # no backorder: what was not reworked falls back to its disposition, which owes it again
        return [order for order in super()._get_quantity_produced_issues() if not order.cx_disposition_id]

    def _post_inventory(self, cancel_backorder=False):
        res = super()._post_inventory(cancel_backorder=cancel_backorder)
        rework = self.filtered(lambda order: order._cx_is_rework() or (
            order._cx_returned_moves() and not order.cx_disposition_id))
        rework._cx_check_same_units()
        rework._cx_trace_units()
        return res

    def _cx_check_same_units(self):
        """:raises UserError: an order did not consume exactly the returned units that it produces"""
        for order in self:
            consumed = order._cx_units_of(order._cx_returned_moves())
            produced = order._cx_units_of(
                order.move_finished_ids.filtered(lambda move, order=order: move.product_id == order.product_id))
            if order._cx_is_same(consumed, produced):
                continue
            raise UserError(self.env._(
                "%(order)s takes %(consumed)s of %(product)s into work and brings out %(produced)s. A rework order "
                "brings out the very units that went in; make both the same.",
                order=order.name, product=order.product_id.display_name,
                consumed=order._cx_units_text(consumed), produced=order._cx_units_text(produced)))

    def _cx_units_of(self, moves):
        """Done quantity by product and lot."""
        units = defaultdict(float)
        for line in moves.filtered(lambda move: move.state == "done").move_line_ids:
            units[line.product_id, line.lot_id] += line.quantity_product_uom
        return units

    def _cx_is_same(self, consumed, produced):
        return all(
            product.uom_id.compare(consumed.get((product, lot), 0.0), produced.get((product, lot), 0.0)) == 0
            for product, lot in consumed.keys() | produced.keys())

    def _cx_units_text(self, units):
        """Such as "2 Units (SN1, SN3)"."""
        lots = ", ".join(sorted(lot.name for _product, lot in units if lot))
        quantity = f"{figure(sum(units.values()))} {self.product_id.uom_id.name}"
        return f"{quantity} ({lots})" if lots else quantity

    def _cx_trace_units(self):
        """A reworked serial comes from itself and the parts, not from its neighbours on the order; it is not used up.

        Core links every produced line to every consumed one: an unbuild would take a neighbour back. And it counts the
        number as used up by the order, so that it could never be built into anything else (`_check_sn_uniqueness`).
        """
        for order in self:
            returned = order._cx_returned_moves().move_line_ids
            returned.production_id = False
            if order.product_tracking != "serial":
                continue
            parts = (order.move_raw_ids.move_line_ids - returned).filtered(lambda line: line.state == "done")
            for line in order.move_finished_ids.move_line_ids:
                own = returned.filtered(lambda raw, line=line: raw.lot_id == line.lot_id)
                line.consume_line_ids = [Command.set((own | parts).ids)]

    # Owner and value

    def _prepare_finished_extra_vals(self):
        vals = super()._prepare_finished_extra_vals()
        if owner := self._cx_returned_moves().move_line_ids.owner_id[:1]:
            vals["owner_id"] = owner.id
        return vals

    def _cal_price(self, consumed_moves):
        res = super()._cal_price(consumed_moves)
        returned = consumed_moves.filtered(lambda move: move.cx_rma_line_id and move.product_id == self.product_id)
        if not returned or self.company_id.cx_capitalise_rework:
            return res
        finished = self.move_finished_ids.filtered(
            lambda move: move.product_id == self.product_id and move.state not in ("done", "cancel"))
        quantity = sum(returned.move_line_ids.mapped("quantity_product_uom"))
        if quantity and self.product_id.cost_method in ("fifo", "average"):
            finished.price_unit = sum(returned.mapped("value")) / quantity
        return res

    def _post_labour(self):
        # work on a case is a cost of the case, not of the goods, unless the company capitalises it
        return super(MrpProduction, self.filtered(
            lambda order: not order._cx_is_rework() or order.company_id.cx_capitalise_rework))._post_labour()
