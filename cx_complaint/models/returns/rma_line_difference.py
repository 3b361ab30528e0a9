from datetime import datetime

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...rules import receipt_steps
from ...rules.blocker import Blocker
from ...rules.wording import figure

_ANSWERS = [
    ("accepted", "The count is accepted"),
    ("contacted", "The customer is asked and agrees"),
]
# recorded by the receipt and by verbs, never by hand
_RECORDED = frozenset({
    "difference_kind", "difference_on", "difference_answer", "difference_reason", "difference_answered_on",
    "difference_answered_by_id", "decision_asked_on",
})


class RmaLine(models.Model):
    """What came other than the sheet says, what business answers to it, and who decides about the goods then."""

    _inherit = "cx.rma.line"

    difference_kind = fields.Selection(
        [("short", "Fewer"), ("over", "More"), ("other", "Other goods or lots")], string="Count Differs", readonly=True,
        copy=False, help="How the last receipt that differed from the sheet did so.")
    difference_on = fields.Datetime(string="Differed On", readonly=True, copy=False)
    difference_answer = fields.Selection(_ANSWERS, string="Answer to the Difference", readonly=True, copy=False)
    difference_reason = fields.Char(string="Reason of the Answer", readonly=True, copy=False)
    difference_answered_on = fields.Datetime(string="Answered On", readonly=True, copy=False)
    difference_answered_by_id = fields.Many2one("res.users", string="Answered By", readonly=True, copy=False)
    is_difference_open = fields.Boolean(
        string="Difference Not Answered", compute="_compute_is_difference_open", search="_search_is_difference_open")
    decision_asked_on = fields.Datetime(readonly=True, copy=False)

    @api.depends("difference_kind", "difference_answered_on", "short_reason", "received_qty", "quantity")
    def _compute_is_difference_open(self):
        for line in self:
            is_open = bool(line.difference_kind) and not line.difference_answered_on
            if line.difference_kind == "short":  # the rest may have come since, or is waited for no more
                is_open &= not line.short_reason and line.product_uom_id.compare(line.received_qty, line.quantity) < 0
            line.is_difference_open = is_open

    def _search_is_difference_open(self, operator, value):
        if operator != "in":
            return NotImplemented
        candidates = self.search([("difference_kind", "!=", False), ("difference_answered_on", "=", False)])
        return [("id", "in", candidates.filtered("is_difference_open").ids)]

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name in _RECORDED or super()._is_written_by_nobody(field)

    # Recording

    @api.model
    def _on_receipt_differs(self, differences):
        res = super()._on_receipt_differs(differences)
        now = fields.Datetime.now()
        kinds = {}
        for picking, line, move, counted, demand, strange in differences:
            if not line or strange:
                kind = "other"
            else:
                kind = "short" if move.product_uom.compare(counted, demand) < 0 else "over"
            # goods nobody announced: whose they are is open, so it concerns all lines of the receipt
            # sudo: cx.rma.line - recorded for the clerk, who may not read it
            for concerned in line or picking.sudo().move_ids.cx_rma_line_id:
                kinds[concerned] = "other" if "other" in (kind, kinds.get(concerned)) else kind
        for line, kind in kinds.items():
            line.write({
                "difference_kind": kind, "difference_on": now, "difference_answer": False, "difference_reason": False,
                "difference_answered_on": False, "difference_answered_by_id": False})
        return res

    # Answering

    def action_answer_difference(self, answer=None, reason=None):
        """Sales or customer service answer what came other than announced; the decision is asked for then.

        :param answer: ``accepted`` or ``contacted``; asked for where it is not given, with the reason
        :raises UserError: naming the lines that have no open difference
        :source: S2.02-24
        """
        if not answer or not reason:
            return self.env["cx.rma.reason"]._open("answer_difference", lines=self)
        self.rma_id._check_may("authorise")
        self.check_access("write")
        if not self or (quiet := self.filtered(lambda line: not line.is_difference_open)):
            raise UserError(self.env._("Choose lines whose count differs.") if not self else "\n".join(self.env._(
                "%(line)s: no difference waits for an answer.", line=line.display_name) for line in quiet))
        self.sudo().write({  # sudo: cx.rma.line - the right to answer is checked above
            "difference_answer": answer, "difference_reason": reason,
            "difference_answered_on": fields.Datetime.now(), "difference_answered_by_id": self.env.uid})
        for rma, lines in self.grouped("rma_id").items():
            rma.message_post(body=self.env._(
                "Difference at receipt of %(products)s answered: %(answer)s. %(reason)s",
                products=", ".join(lines.product_id.mapped("display_name")),
                answer=dict(self._fields["difference_answer"]._description_selection(self.env))[answer], reason=reason))
        self._ask_for_decision()
        return None

    def action_close_short(self, reason=None):
        res = super().action_close_short(reason)
        if reason:
            self._ask_for_decision()
        return res

    def _blockers_difference(self):
        """Why nothing is decided about the goods of the line yet."""
        self.ensure_one()
        if not self.is_difference_open or not self.rma_id._receipt_profile().is_difference_blocking:
            return []
        kinds = dict(self._fields["difference_kind"]._description_selection(self.env))
        return [Blocker(
            "count_difference", self.display_name,
            self.env._(
                "%(received)s of %(quantity)s %(unit)s came (%(kind)s), and nobody has answered the difference.",
                received=figure(self.received_qty), quantity=figure(self.quantity), unit=self.product_uom_id.name,
                kind=kinds[self.difference_kind]),
            self.env._("Ask sales or customer service to accept the count, to close the line short or to ask the "
                       "customer."))]

    # Asking for the decision

    def _call_people(self):
        waiting = super()._call_people()
        lines = self.filtered(lambda line: line.rma_id._receipt_profile()._functions_after("count"))
        lines.filtered(
            lambda line: line._last_arrived_on() > (line.decision_asked_on or datetime.min))._ask_for_decision()
        return waiting

    def _ask_for_decision(self):
        """Counted, and the count is right or answered: who decides method and department is asked to.

        :source: S2.02-24
        """
        lines = self.sudo().filtered(  # sudo: cx.rma.line, mail.activity - news of a receipt, for others
            lambda line: not line.is_difference_open and (
                line.is_to_decide or any(disposition.state == "proposed" for disposition in line.disposition_ids)))
        for (company, profile), same in lines.grouped(
            lambda line: (line.company_id, line.rma_id._receipt_profile())
        ).items():
            if receipt_steps.follows(profile._steps(), "count") == "papers":
                continue  # told of the papers instead
            for function in profile._functions_after("count"):
                user = self.env["cx.department"].sudo()._on_duty(function, company).get(company)
                for rma, its_lines in same.grouped("rma_id").items() if user else ():
                    rma._ask_for_decision_about(its_lines, user)
            if profile:
                same.decision_asked_on = fields.Datetime.now()
