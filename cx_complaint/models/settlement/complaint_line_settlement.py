from odoo import api, models
from odoo.exceptions import UserError

from ...rules import made_good


class ComplaintLineSettlement(models.Model):
    """Proposing settlements for any selection of complaint lines."""

    _inherit = "cx.complaint.line"

    @api.model
    def _get_selection(self, name):
        """What may be chosen for the field ``name``, in the user's language; dialogs offer the same."""
        return self._fields[name]._description_selection(self.env)

    def action_propose_replacement(self):
        """Propose a replacement for each line, for what can still be made good."""
        return self._propose_settlements("replacement")

    def action_propose_credit(self):
        """Propose a credit for each line; a line that was invoiced in parts gets one per invoice, oldest first."""
        return self._propose_settlements("credit")

    def action_propose_deduction(self):
        """Propose to accept that the customer has kept the price of each line's goods already."""
        return self._propose_settlements("deduction")

    def action_propose_charge(self):
        """Propose what the customer pays for the repair of each line's goods."""
        return self._propose_settlements("charge")

    def _propose_settlements(self, kind):
        """:return: the action that opens what was proposed
        :raises UserError: with every line that names no product"""
        without = self.filtered(lambda line: not line.product_id)
        if without:
            raise UserError(self.env._(
                "Choose the product first, then propose what the customer gets: %(lines)s.",
                lines=", ".join(line.display_name or line.name or "" for line in without)))
        prepare = {
            "credit": lambda line: line._prepare_credit_vals_list(),
            "deduction": lambda line: [{**vals, "kind": "deduction"} for vals in line._prepare_credit_vals_list()],
            "replacement": lambda line: [line._prepare_replacement_vals()],
            "charge": lambda line: [line._prepare_charge_vals()],
        }[kind]
        vals_list = [vals for line in self for vals in prepare(line)]
        return self.env["cx.settlement"].create(vals_list)._action_view()

    def _prepare_replacement_vals(self):
        self.ensure_one()
        return {
            "complaint_line_id": self.id,
            "kind": "replacement",
            "product_id": self.product_id.id,
            "quantity": self._settled_quantity(),
        }

    def _prepare_credit_vals_list(self):
        """One proposal per invoice line that still has something to credit; at least one, to be completed by hand."""
        self.ensure_one()
        quantity = self._settled_quantity()
        vals = {"complaint_line_id": self.id, "kind": "credit", "product_id": self.product_id.id}
        invoiced = self._creditable_by_invoice_line()
        if not invoiced:
            return [{**vals, "quantity": quantity}]
        shares = made_good.share_out(quantity, list(invoiced.values()))
        return [
            {**vals, "quantity": share, "invoice_line_id": line.id}
            for line, share in zip(invoiced, shares, strict=True)
            if self.product_id.uom_id.compare(share, 0.0) > 0]

    def _settled_quantity(self):
        """What the line complains of, in the product's unit; one where it says nothing."""
        self.ensure_one()
        return self._get_product_quantity() or 1.0

    def _creditable_by_invoice_line(self):
        """Posted invoice lines of the order line with what may still be credited, in the product's unit, oldest first.

        :return: ``{invoice line: quantity}``
        """
        self.ensure_one()
        sale_line = (self.sale_line_id or self.origin_move_id.sudo().sale_line_id).sudo()
        # sudo: sale.order.line, account.move.line - the invoice lines of goods he works on; proposed, not shown
        lines = sale_line.invoice_lines.filtered(
            lambda line: line.move_id.move_type == "out_invoice" and line.parent_state == "posted"
            and line.product_id == self.product_id and not line._cx_is_given_again())
        lines = lines.sorted(lambda line: (line.move_id.invoice_date, line.id))
        credited = lines._cx_credited_qty()
        promised = self.env["cx.settlement"]._promised_qty(lines)
        creditable = {}
        for line in lines:
            uom, unit = line.product_uom_id or self.product_id.uom_id, self.product_id.uom_id
            left = uom._compute_quantity(
                line.quantity - credited.get(line, 0.0), unit, rounding_method="HALF-UP")
            left -= sum(quantity for _settlement, quantity in promised[line])
            if unit.compare(left, 0.0) > 0:
                creditable[line.sudo(False)] = left
        return creditable
