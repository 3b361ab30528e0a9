from odoo import Command, fields, models

# links of the invoice to its deferrals; core's copy takes them along, a credit note has its own
_NOT_OF_A_CREDIT_NOTE = {"adjusting_entries_move_ids": [], "adjusting_entry_origin_move_ids": []}


class _Reversal:
    """What travels with core's reversal of invoices of which only a part is credited.

    Core reverses invoices one by one and writes each draft several times. Here its first run only collects the values,
    which every installed addon may extend; the drafts are created together; a second run shows them to the addons.
    """

    def __init__(self, lines_by_invoice):
        self.lines_by_invoice = lines_by_invoice
        self.defaults = {}
        self.drafts = {}


class AccountMove(models.Model):
    _inherit = "account.move"

    cx_settlement_count = fields.Integer(compute="_compute_cx_settlement_count", groups="cx_complaint.group_reader")

    def _compute_cx_settlement_count(self):
        for move in self.sudo():  # sudo: cx.settlement - a number; the list behind the button follows his rights
            move.cx_settlement_count = len(move._cx_settlements())

    def _cx_settlements(self):
        """Settlements that this credit note pays, or that credit this invoice."""
        return self.invoice_line_ids.cx_settlement_id | self.env["cx.settlement"].search(
            [("invoice_line_id", "in", self.invoice_line_ids.ids)])

    def action_cx_view_settlements(self):
        return self.sudo()._cx_settlements().sudo(False)._action_view()  # sudo: account.move.line - links only

    def action_cx_return(self):
        """Open the dialog that makes a complaint and its return of the goods on this invoice."""
        self.ensure_one()
        request = self.env["cx.return.request"]
        moves = self.invoice_line_ids.sale_line_ids.move_ids
        return request._action_open(self, request._prepare_line_vals_list(moves))

    # Crediting a part of an invoice

    def _cx_reverse_partly(self, plans):
        """Draft credit notes for parts of these invoices, all of them at once.

        :param plans: per invoice ``(values of the draft, lines)``; a line is ``(invoice line, values)``: a copy of that
            line with these values, or a line of its own without one
        :return: the drafts, in the order of the invoices
        """
        if not self:
            return self
        reversal = _Reversal({invoice: lines for invoice, (_vals, lines) in zip(self, plans, strict=True)})
        # a draft is no news to anybody but finance, who has it on the list; reference and button name the settlement
        invoices = self.with_context(cx_reversal=reversal, tracking_disable=True)
        invoices._reverse_moves([dict(vals) for vals, _lines in plans])
        vals_list = [invoice._cx_prepare_partial_vals(reversal) for invoice in invoices]
        drafts = invoices.browse().create(vals_list)  # on no invoice: core would compute its lines again as well
        reversal.drafts = dict(zip(self, drafts, strict=True))
        invoices._reverse_moves([dict(vals) for vals, _lines in plans])
        return self.browse(drafts.ids)

    def copy(self, default=None):
        reversal = self.env.context.get("cx_reversal")
        if not isinstance(reversal, _Reversal):  # a client can send the key, but never such an object
            return super().copy(default)
        if reversal.drafts:
            return self.browse(reversal.drafts[self].id)
        reversal.defaults[self] = self.env.context, dict(default or {})
        return self.browse()

    def write(self, vals):
        if vals == {"line_ids": []} and isinstance(self.env.context.get("cx_reversal"), _Reversal):
            return True  # core's reversal has nothing to turn round on a customer invoice
        result = super().write(vals)
        if "state" in vals:
            self.sudo()._cx_reversed_settlements()._on_reversed()  # sudo: cx.settlement - finance need not know it
        return result

    def _cx_reversed_settlements(self):
        """Settlements whose credit notes these reverse, or whose reversals they reverse in turn."""
        settlements = self.env["cx.settlement"]
        lines = self.filtered(lambda move: move.move_type in ("out_invoice", "out_refund")).invoice_line_ids
        while lines := lines.cx_origin_line_id:
            settlements |= lines.cx_settlement_id
        return settlements

    def _cx_prepare_partial_vals(self, reversal):
        """Values of the draft: core's copy of the invoice, with the credited lines only."""
        self.ensure_one()
        context, default = reversal.defaults[self]
        vals = self.with_context(context, active_test=False).copy_data({**default, **_NOT_OF_A_CREDIT_NOTE})[0]
        copies = {
            command[2].get("cx_origin_line_id"): command[2] for command in vals.get("line_ids", [])
            if command[0] == Command.CREATE}
        lines = [
            line._cx_prepare_credit_vals(copies, changes) if line else changes
            for line, changes in reversal.lines_by_invoice[self]]
        vals["line_ids"] = [Command.create(line) for line in lines + self._cx_prepare_tax_and_term_vals(vals, lines)]
        return vals

    def _cx_prepare_tax_and_term_vals(self, vals, lines):
        """Tax and payment lines of the draft, as core is about to compute them.

        Core computes them again while it creates the draft and keeps what is right, which costs half of making them
        one after the other. Where payment terms or cash rounding make more of them, all is left to core.
        """
        if vals.get("invoice_payment_term_id") or vals.get("invoice_cash_rounding_id"):
            return []
        taxes, company = self.env["account.tax"], self.company_id
        draft = self.new({**vals, "line_ids": [], "invoice_line_ids": [Command.create(line) for line in lines]})
        base_lines, _tax_lines = draft._get_rounded_base_and_tax_lines()
        taxes._add_accounting_data_in_base_lines_tax_details(
            base_lines, company, include_caba_tags=draft.always_tax_exigible)
        results = taxes._prepare_tax_lines(base_lines, company)
        for line, (_base_line, booking) in zip(lines, results["base_lines_to_update"], strict=False):
            line.update(booking)
        tax_vals = [{**line, "display_type": "tax"} for line in results["tax_lines_to_add"]]
        booked = tax_vals + [line for _base_line, line in results["base_lines_to_update"]]
        return tax_vals + [{
            "display_type": "payment_term",
            "account_id": self.line_ids.filtered(lambda line: line.display_type == "payment_term").account_id[:1].id,
            "partner_id": self.commercial_partner_id.id,
            "currency_id": self.currency_id.id,
            "date_maturity": vals.get("invoice_date_due"),
            "balance": -sum(line["balance"] for line in booked),
            "amount_currency": -sum(line["amount_currency"] for line in booked),
        }]
