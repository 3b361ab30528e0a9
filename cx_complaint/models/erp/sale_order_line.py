from odoo import api, models
from odoo.exceptions import UserError

from ...rules.made_good import lowering


class SaleOrderLine(models.Model):
    """Goods credited by a settlement lower *delivered* exactly as they lower *invoiced*: nothing is left to invoice.

    Whether the goods came back, stayed with the customer or were scrapped makes no difference to the order; receipts of
    an RMA do not touch it either.
    """

    _inherit = "sale.order.line"

    @api.depends(
        "invoice_lines.cx_settlement_id", "invoice_lines.quantity", "invoice_lines.parent_state",
        "invoice_lines.product_uom_id")
    def _compute_qty_delivered(self):
        return super()._compute_qty_delivered()

    def _prepare_qty_delivered(self):
        if moves := self.filtered(lambda line: line.invoice_lines.cx_settlement_id).move_ids:
            (moves.location_id | moves.location_dest_id)._cx_read_together()
        delivered = super()._prepare_qty_delivered()
        for line in self:
            credited = line._cx_goods_credited_qty()
            if credited and line.qty_delivered_method == "stock_move":
                returned = line._cx_returned_qty(delivered[line])
                _invoiced, by_core = line._cx_invoiced_and_credited_by_core()
                lower = lowering(credited, returned, by_core)
                delivered[line] = max(delivered[line] - lower, min(delivered[line], 0.0))
        return delivered

    def _compute_qty_to_invoice(self):
        """What is invoiced by order quantity is not invoiced again after its credit."""
        result = super()._compute_qty_to_invoice()
        for line in self:
            if line._cx_is_credited_by_order():
                line.qty_to_invoice -= line._cx_goods_credited_qty()
        return result

    def _compute_untaxed_amount_to_invoice(self):
        result = super()._compute_untaxed_amount_to_invoice()
        for line in self:
            if line._cx_is_credited_by_order() and line.product_uom_qty:
                share = line._cx_goods_credited_qty() / line.product_uom_qty
                line.untaxed_amount_to_invoice -= line.price_subtotal * share
        return result

    def _compute_amount_to_invoice(self):
        result = super()._compute_amount_to_invoice()
        for line in self:
            if line._cx_is_credited_by_order() and line.product_uom_qty:
                line.amount_to_invoice -= line.price_total * line._cx_goods_credited_qty() / line.product_uom_qty
        return result

    def _compute_invoice_status(self):
        """Credited in part is invoiced as far as it will ever be."""
        result = super()._compute_invoice_status()
        for line in self:
            if line.invoice_status == "no" and line.state == "sale" and line._cx_goods_credited_qty():
                rest = line.product_uom_qty - line.qty_invoiced - line._cx_goods_credited_qty()
                if line.product_uom_id.compare(rest, 0.0) <= 0:
                    line.invoice_status = "invoiced"
        return result

    def _update_line_quantity(self, values):
        """Core refuses less than *delivered*, which no longer tells what went out; less would order goods back."""
        for line in self:
            credited = line._cx_goods_credited_qty()
            went_out = line.qty_delivered + credited
            if credited and line.product_uom_id.compare(values["product_uom_qty"], went_out) < 0:
                raise UserError(self.env._(
                    "%(product)s: %(delivered)s %(unit)s went out, %(credited)s %(unit)s of them are credited. Leave"
                    " the ordered quantity; the credit note already lowers what is invoiced.",
                    product=line.product_id.display_name, delivered=went_out, credited=credited,
                    unit=line.product_uom_id.name))
        return super()._update_line_quantity(values)

    # Quantities, in the unit of the order line; of a kit, in kits

    def _cx_goods_credited_qty(self):
        """Goods on credit note lines of settlements, in draft or posted, less what finance reversed of these."""
        self.ensure_one()
        credited = 0.0
        for line in self._get_invoice_lines():
            if line.parent_state == "cancel":
                continue
            quantity = line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            if line.cx_settlement_id and line.move_id.move_type == "out_refund":
                credited += quantity
            elif line._cx_reverses_settlement():
                credited -= quantity
        return max(credited, 0.0)

    def _cx_invoiced_and_credited_by_core(self):
        """Gross on invoices, and on credit notes that no settlement made; cancelled ones left out."""
        self.ensure_one()
        invoiced = credited = 0.0
        for line in self._get_invoice_lines():
            if line.parent_state == "cancel" or line.cx_settlement_id or line._cx_reverses_settlement():
                continue
            quantity = line.product_uom_id._compute_quantity(line.quantity, self.product_uom_id)
            if line.move_id.move_type == "out_invoice":
                invoiced += quantity
            elif line.move_id.move_type == "out_refund":
                credited += quantity
        return invoiced, credited

    def _cx_returned_qty(self, delivered):
        """What returns with "update quantities" have taken off ``delivered`` already."""
        self.ensure_one()
        returns = self.move_ids.filtered(
            lambda move: move.state == "done" and move.to_refund and move._is_incoming())
        if not returns:
            return 0.0
        if not returns.bom_line_id:
            # what a correction took back on paper and a settlement delivered afterwards is not missing any more, nor
            # is what was sent back to him
            again = self.move_ids.filtered(
                lambda move: move.state == "done" and move._is_outgoing() and (
                    move.cx_settlement_id or move.to_refund and move.origin_returned_move_id))
            return max(self._cx_sum_of(returns) - self._cx_sum_of(again), 0.0)
        kit = returns.bom_line_id.bom_id.filtered(lambda bom: bom.type == "phantom")[:1]
        went_out = self.move_ids.filtered(lambda move: move.state == "done" and move._is_outgoing())
        wanted = self.product_uom_id._compute_quantity(self.product_uom_qty, kit.product_uom_id)
        kits = went_out._compute_kit_quantities(self.product_id, wanted, kit, {
            "incoming_moves": lambda move: not move.origin_returned_move_id or move.to_refund,
            "outgoing_moves": lambda move: False})
        return max(kit.product_uom_id._compute_quantity(kits, self.product_uom_id) - delivered, 0.0)

    def _cx_sum_of(self, moves):
        """Quantity of the line's product on these moves, in the line's unit."""
        return sum(
            move.product_uom._compute_quantity(move.quantity, self.product_uom_id, rounding_method="HALF-UP")
            for move in moves if move.product_id == self.product_id)

    def _cx_is_credited_by_order(self):
        """Whether the line is invoiced by its ordered quantity and has goods credited."""
        self.ensure_one()
        return (
            self.state == "sale" and not self.display_type and self.product_id.type != "combo"
            and self.product_id.invoice_policy == "order" and bool(self._cx_goods_credited_qty()))
