from collections import defaultdict

from odoo import fields, models
from odoo.fields import Domain

from ...rules.made_good import share_out
from .link_guard import Link

# copied from the invoice line, but true of its whole quantity only, or computed anew at no loss
_NOT_OF_A_PART = ("amount_currency", "tax_base_amount", "no_followup")
# what is asked of the lines that take back something
_OF_CREDIT = ("cx_origin_line_id", "move_id", "product_id", "product_uom_id", "quantity")


class AccountMoveLine(models.Model):
    _name = "account.move.line"
    _inherit = ["account.move.line", "cx.link.guard"]

    _CX_LINKS = frozenset({"cx_settlement_id", "cx_origin_line_id"})

    cx_settlement_id = fields.Many2one(
        "cx.settlement", string="Settlement", copy=False, index="btree_not_null", ondelete="set null",
        check_company=True)
    cx_origin_line_id = fields.Many2one(
        "account.move.line", string="Reversed Line", copy=False, index="btree_not_null", ondelete="set null",
        readonly=True, help="The invoice line that this credit note line was copied from.")
    cx_reversing_line_ids = fields.One2many("account.move.line", "cx_origin_line_id", string="Reversed By")

    def _copy_data_extend_business_fields(self, values):
        values["cx_origin_line_id"] = Link(self.id)
        return super()._copy_data_extend_business_fields(values)

    def _cx_prepare_credit_vals(self, copies, changes):
        """The line as core's reversal copies it, for a part of its quantity."""
        self.ensure_one()
        vals = {**copies[self.id], **changes, "cx_origin_line_id": self.id}
        for name in _NOT_OF_A_PART:
            vals.pop(name, None)
        if changes["quantity"] != self.quantity:
            vals.pop("extra_tax_data", None)
        return vals

    def _cx_credited_qty(self):
        """Quantities of these invoice lines that credit notes in draft or posted take back, in their own units.

        Whoever made the credit note counts. One from before the addon was installed does not name the line it came
        from; it fills the lines of its invoice with the same product and order line one after the other.
        :return: ``{invoice line: quantity}``
        """
        credited, unknown = defaultdict(float), defaultdict(float)
        for line in self.sudo()._cx_search_credit_lines():  # sudo: account.move.line - the sum of everybody's
            origin = line.cx_origin_line_id
            if origin:
                root, sign = line._cx_root_of_reversal(self)
                credited[root] += sign * line._cx_in_unit_of(root)
            elif line.product_id:
                unknown[line.move_id.reversed_entry_id, line.product_id, line.sale_line_ids] += line.quantity
        for (invoice, product, sale_lines), quantity in unknown.items():
            lines = invoice.invoice_line_ids.filtered(
                lambda line, product=product, sale_lines=sale_lines:
                line.product_id == product and line.sale_line_ids == sale_lines)
            shares = share_out(quantity, lines.mapped("quantity"))
            for line, share in zip(lines, shares, strict=True):
                credited[line] += share
        return credited

    def _cx_search_credit_lines(self):
        """Lines that take back something of these invoice lines, or may, and those that take that back in turn."""
        refund, posted = Domain("move_id.move_type", "=", "out_refund"), Domain("parent_state", "=", "posted")
        again = Domain("move_id.move_type", "=", "out_invoice") & posted & Domain(
            "cx_origin_line_id.cx_origin_line_id", "in", self.ids)
        once_more = refund & posted & Domain(
            "cx_origin_line_id.cx_origin_line_id.cx_origin_line_id", "in", self.ids)
        return self.search_fetch(again | once_more | (
            refund & Domain("parent_state", "in", ("draft", "posted"))
            & (Domain("cx_origin_line_id", "in", self.ids) | (
                Domain("cx_origin_line_id", "=", False) & Domain("cx_settlement_id", "=", False)
                & Domain("display_type", "=", "product")
                & Domain("move_id.reversed_entry_id", "in", self.move_id.ids)))), _OF_CREDIT)

    def _cx_root_of_reversal(self, invoice_lines):
        """Which of these invoice lines it reverses at last, and whether it takes back (1) or gives again (-1)."""
        self.ensure_one()
        root, sign = self.cx_origin_line_id, 1
        while root not in invoice_lines and root.cx_origin_line_id:
            root, sign = root.cx_origin_line_id, -sign
        return root, sign

    def _cx_is_given_again(self):
        """Whether it invoices what a credit note took back. The line that was credited stands for it: it may be
        credited once more, this one may not."""
        return self.move_id.move_type == "out_invoice" and self.cx_origin_line_id.move_id.move_type == "out_refund"

    def _cx_net(self, measure):
        """What is left of the line after posted reversals of it, and of these in turn.

        :param measure: function that tells quantity or amount of a line
        """
        self.ensure_one()
        if self.parent_state != "posted":
            return measure(self)
        return measure(self) - sum(
            line._cx_net(measure) for line in self.cx_reversing_line_ids if line.parent_state == "posted")

    def _cx_reverses_settlement(self):
        """Whether it invoices again what the credit note of a settlement took back."""
        return self.move_id.move_type == "out_invoice" and bool(self.cx_origin_line_id.cx_settlement_id)

    def _cx_in_unit_of(self, other):
        uom = self.product_uom_id
        return uom._compute_quantity(self.quantity, other.product_uom_id, round=False) if uom else self.quantity
