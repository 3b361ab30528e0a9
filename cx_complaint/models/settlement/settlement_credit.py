from collections import defaultdict

from odoo import Command, fields, models

from ...rules.blocker import Blocker
from .settlement import GOODS_CREDITS


class SettlementCredit(models.Model):
    """Credits: drafts made by the complaint side, one per invoice for a whole selection; finance posts them."""

    _inherit = "cx.settlement"

    # Quantities and amounts

    def _credited_qty(self, *states):
        """Goods on credit note lines in one of these states, in the product's unit."""
        self.ensure_one()
        return sum(
            line._cx_net(lambda line: self._in_product_unit(line.quantity, line.product_uom_id))
            for line in self.credit_line_ids if line.parent_state in states)

    def _posted_amount(self):
        self.ensure_one()
        return self._credited_amount("posted")

    def _drafted_amount(self):
        """Untaxed amount on drafts and posted credit notes."""
        self.ensure_one()
        return self._credited_amount("draft", "posted")

    def _credited_amount(self, *states):
        """Untaxed amount on credit note lines in one of these states, less what finance reversed of it."""
        self.ensure_one()
        return sum(
            line._cx_net(lambda line: line.price_subtotal)
            for line in self.credit_line_ids if line.parent_state in states)

    def _on_reversed(self):
        """A credit note was reversed by finance, or its reversal taken back: it is owed again, or not any more."""
        before = {settlement: settlement.state for settlement in self}
        for name in ("state", "is_draft_waiting"):
            self.env.add_to_compute(self._fields[name], self)
        self.flush_recordset(["state"])
        for settlement in self.filtered(lambda settlement: (
                before[settlement] == "done" and settlement.state != "done")):
            settlement.message_post(body=self.env._(
                "Its credit note was reversed: it is owed again. Execute it once more, or agree on something else."))

    def _in_product_unit(self, quantity, uom):
        if not uom or uom == self.product_uom_id:
            return quantity
        return uom._compute_quantity(quantity, self.product_uom_id, rounding_method="HALF-UP")

    def _in_invoice_unit(self, quantity):
        """``quantity`` of the product's unit in the unit of the invoice line; not rounded to whole packages."""
        uom = self.invoice_line_id.product_uom_id
        if not uom or not self.product_uom_id or uom == self.product_uom_id:
            return quantity
        return self.product_uom_id._compute_quantity(quantity, uom, round=False)

    def _owed_credit(self):
        """What no draft says yet: a quantity in the product's unit, or an amount."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: account.move.line - a sum of a record he may read
        if self.kind == "allowance":
            return self.amount - settlement._drafted_amount()
        return self.quantity - settlement._credited_qty("draft", "posted")

    def _is_credit_owed(self):
        if self.kind == "allowance":
            return self.currency_id.compare_amounts(self._owed_credit(), 0.0) > 0
        return self.product_uom_id.compare(self._owed_credit(), 0.0) > 0

    # Execution

    def _create_credit_notes(self):
        """Draft what is still owed: one credit note per invoice, or per customer and currency without one.

        :return: the drafts
        """
        owed = self.filtered(lambda settlement: settlement._is_credit_owed())
        notes = self.env["account.move"].sudo()  # sudo: account.move - drafts of what was approved; finance posts them
        for company in owed.company_id:
            ours = owed.filtered(lambda settlement, company=company: settlement.company_id == company).sudo()
            notes |= ours.with_company(company)._create_reversals() | ours.with_company(company)._create_free_notes()
        return notes

    def _create_reversals(self):
        """Drafts that reverse a part of an invoice, by core's own reversal so that whatever addons add is on them."""
        by_invoice = defaultdict(self.browse)
        for settlement in self:
            if settlement.invoice_line_id:
                by_invoice[settlement.invoice_line_id.move_id] |= settlement
        invoices = self.env["account.move"].union(*by_invoice)
        return invoices._cx_reverse_partly([
            (by_invoice[invoice]._prepare_reversal_vals(invoice), by_invoice[invoice]._prepare_credited_lines())
            for invoice in invoices
        ])

    def _prepare_reversal_vals(self, invoice):
        """Values of the draft that core's reversal does not know."""
        today = fields.Date.context_today(self)
        mixed = invoice.invoice_payment_term_id.early_pay_discount_computation == "mixed"
        return {
            "ref": self.with_context(lang=invoice.partner_id.lang or self.env.lang).env._(
                "Reversal of: %(invoice)s, %(settlements)s",
                invoice=invoice.name, settlements=", ".join(self.mapped("name"))),
            "date": today,
            "invoice_date": today,
            "invoice_date_due": today,
            "journal_id": invoice.journal_id.id,
            # money goes back to the customer, not to the account he paid to
            "partner_bank_id": invoice.commercial_partner_id.bank_ids.filtered(
                lambda bank: bank.company_id in (self.env["res.company"], invoice.company_id))[:1].id,
            "invoice_payment_term_id": invoice.invoice_payment_term_id.id if mixed else None,
            "invoice_user_id": invoice.invoice_user_id.id,
            "invoice_origin": invoice.invoice_origin,
            "auto_post": "no",
        }

    def _prepare_credited_lines(self):
        """Lines of the draft as :meth:`account.move._cx_reverse_partly` takes them."""
        lines = []
        for settlement in self:
            if settlement.kind in GOODS_CREDITS:
                quantity = settlement._in_invoice_unit(settlement._owed_credit())
                lines.append((settlement.invoice_line_id, {
                    "quantity": quantity, "cx_settlement_id": settlement.id}))
            else:
                lines.append((None, settlement._prepare_allowance_line_vals()))
        return lines

    def _prepare_allowance_line_vals(self):
        """A service line: no product of the order, no order line, so that neither stock nor order hear of it."""
        self.ensure_one()
        product = self.company_id._cx_allowance_product()
        taxes = self.invoice_line_id.tax_ids or self._allowance_taxes(product)
        amount = self._owed_credit()
        return {
            "display_type": "product",
            "product_id": product.id,
            "name": self.reason or product.display_name,
            "quantity": 1.0,
            "price_unit": self._price_for_untaxed(taxes, amount),
            "tax_ids": [Command.set(taxes.ids)],
            "analytic_distribution": self.invoice_line_id.analytic_distribution,
            "cx_settlement_id": self.id,
        }

    def _allowance_taxes(self, product):
        position = self.env["account.fiscal.position"]._get_fiscal_position(self.partner_id)
        taxes = product.taxes_id._filter_taxes_by_company(self.company_id)
        return position.map_tax(taxes) if position else taxes

    def _price_for_untaxed(self, taxes, amount):
        """Price whose untaxed amount is ``amount``, also where taxes are included in prices."""
        if not any(tax.price_include for tax in taxes):
            return amount
        details = taxes._get_tax_details(amount, 1.0, rounding_method="round_globally", special_mode="total_excluded")
        return amount + sum(
            found["tax_amount"] for found in details["taxes_data"] if found["tax"].price_include)

    def _create_free_notes(self):
        """Drafts of credits without goods that name no invoice."""
        groups = defaultdict(self.browse)
        for settlement in self:
            if not settlement.invoice_line_id:
                groups[settlement.partner_id, settlement.currency_id] |= settlement
        return self.env["account.move"].create([
            settlements._prepare_free_note_vals(partner, currency)
            for (partner, currency), settlements in groups.items()])

    def _prepare_free_note_vals(self, partner, currency):
        return {
            "move_type": "out_refund",
            "partner_id": partner.id,
            "currency_id": currency.id,
            "company_id": self.company_id.id,
            "invoice_date": fields.Date.context_today(self),
            "ref": ", ".join(self.mapped("name")),
            "invoice_line_ids": [
                Command.create(settlement._prepare_allowance_line_vals()) for settlement in self],
        }

    # Blockers

    def _blockers_posting(self):
        """Why no credit note can be drafted."""
        self.ensure_one()
        settlement = self.sudo()  # sudo: account.move - whether the invoice can be credited, nothing of it
        blockers = settlement._blockers_invoice()
        if settlement.kind == "allowance" and not settlement.company_id._cx_allowance_product():
            blockers.append(Blocker(
                "no_allowance_product", self.display_name,
                self.env._("%(company)s has no product for credits without goods.",
                           company=settlement.company_id.name),
                self.env._("Ask the complaint manager to choose one in the settings.")))
        return blockers + settlement._blockers_period()

    def _blockers_invoice(self):
        name = self.display_name
        line = self.invoice_line_id
        invoice = line.move_id
        if not line:
            return [] if self.kind == "allowance" else [Blocker(
                "not_invoiced", name, self.env._("None of it is on a posted invoice."),
                self.env._("Post the invoice first and choose its line here; or lower what will be invoiced by a return"
                           " that updates the order's quantities."))]
        if invoice.move_type != "out_invoice" or invoice.state != "posted":
            return [Blocker(
                "invoice_not_posted", name,
                self.env._("%(invoice)s is not a posted customer invoice.", invoice=invoice.display_name),
                self.env._("Post it first, or choose another invoice line."))]
        blockers = []
        if invoice.commercial_partner_id != self.partner_id.commercial_partner_id:
            blockers.append(Blocker(
                "other_customer", name,
                self.env._("%(invoice)s belongs to %(owner)s, not to %(customer)s.", invoice=invoice.name,
                  owner=invoice.commercial_partner_id.name, customer=self.partner_id.name),
                self.env._("Choose an invoice of the customer.")))
        if invoice.currency_id != self.currency_id:
            blockers.append(Blocker(
                "other_currency", name,
                self.env._("%(invoice)s is in %(theirs)s, the settlement in %(ours)s.", invoice=invoice.name,
                  theirs=invoice.currency_id.name, ours=self.currency_id.name),
                self.env._("Use the currency of the invoice.")))
        if self.kind in GOODS_CREDITS and line.product_id != self.product_id:
            blockers.append(Blocker(
                "other_product", name,
                self.env._("The invoice line is about %(theirs)s, the settlement about %(ours)s.",
                  theirs=line.product_id.display_name or line.name, ours=self.product_id.display_name),
                self.env._("Choose the invoice line of the product.")))
        return blockers

    def _blockers_period(self):
        journal = self.invoice_line_id.move_id.journal_id
        lock_date = self.company_id._get_user_fiscal_lock_date(journal)
        if not lock_date or fields.Date.context_today(self) > lock_date:
            return []
        return [Blocker(
            "locked_period", self.display_name,
            self.env._("The books are closed until %(date)s.", date=lock_date),
            self.env._("Wait until then, or ask accounting to open the period."))]
