from markupsafe import Markup

from odoo import Command, fields, models


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
        # our own note says it with a link to the case, so the standard ones are spared
        invoices = self.with_context(cx_reversal=reversal, mail_create_nolog=True, mail_notrack=True)
        invoices._reverse_moves([dict(vals) for vals, _lines in plans])
        vals_list = [invoice._cx_prepare_partial_vals(reversal) for invoice in invoices]
        drafts = invoices.create(vals_list)
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
        return super().write(vals)

    def _cx_prepare_partial_vals(self, reversal):
        """Values of the draft: core's copy of the invoice, with the credited lines only."""
        self.ensure_one()
        context, default = reversal.defaults[self]
        vals = self.with_context(context, active_test=False).copy_data(default)[0]
        copies = {
            command[2].get("cx_origin_line_id"): command[2] for command in vals.get("line_ids", [])
            if command[0] == Command.CREATE}
        vals["line_ids"] = [
            Command.create(line._cx_prepare_credit_vals(copies, changes) if line else changes)
            for line, changes in reversal.lines_by_invoice[self]]
        return vals

    def _cx_log_settlements(self):
        """Say on each draft which settlement and which case it pays."""
        if not self:
            return
        bodies = {}
        for move in self:
            settlements = move.invoice_line_ids.cx_settlement_id
            bodies[move.id] = self.env._(
                "Credit note for %(settlements)s of %(complaints)s",
                settlements=Markup(", ").join(each._get_html_link() for each in settlements),
                complaints=Markup(", ").join(each._get_html_link() for each in settlements.complaint_id))
        self._message_log_batch(bodies=bodies)
