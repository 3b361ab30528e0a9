from odoo import models
from odoo.tools import is_html_empty

from ...rules.blocker import Blocker

# a duplicate is answered under the case it repeats
_NOT_ANSWERED_HERE = frozenset({"duplicate"})


class Complaint(models.Model):
    """What stands in the way of each verb, as a whole list."""

    _inherit = "cx.complaint"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        parts = {
            "confirm": (self._blockers_party, self._blockers_read_back, self._blockers_wish, self._blockers_details),
            "conclude": (self._blockers_conclusion,),
            "decide": (self._blockers_wish, self._blockers_solution),
            "answer": (self._blockers_answer_text,),
            "close": (self._blockers_confirmed, self._blockers_outcome, self._blockers_answered,
                      self._blockers_returns, self._blockers_goods, self._blockers_money),
            "cancel": (self._blockers_returns, self._blockers_goods, self._blockers_money),
        }
        return blockers + [blocker for part in parts.get(verb, ()) for blocker in part()]

    def _next_verb(self):
        """Who only registered the case is not shown what others have to do about it."""
        return super()._next_verb() if self.env.user.has_group("cx_complaint.group_reader") else None

    def _blocker(self, code, text, way_out, record=None):
        return Blocker(code, record or self.display_name or "", text, way_out)

    # Confirming

    def _blockers_party(self):
        blockers = []
        if not self.partner_id:
            blockers.append(self._blocker(
                "customer_missing", self.env._("the customer is not known yet."),
                self.env._("Choose or create the customer.")))
        if not (self.phone or self.email):
            blockers.append(self._blocker(
                "contact_missing", self.env._("nobody can be reached about it."),
                self.env._("Enter a phone number or an e-mail address.")))
        return blockers

    def _blockers_read_back(self):
        if self.is_read_back or not self._is_gate_on("read_back"):
            return []
        return [self._blocker(
            "read_back_missing", self.env._("the customer has not agreed to what we understood."),
            self.env._("Repeat name, address, phone and content in your own words, then tick “Read Back”."))]

    def _blockers_wish(self):
        """The customer is asked what he wants before anybody tells him what he gets."""
        if not self._is_gate_on("wish_first"):
            return []
        goods = self.line_ids.filtered("product_id")
        blockers = [
            self._blocker(
                "wish_missing", self.env._("what the customer wants is not known."),
                self.env._("Ask him and enter his wish on the line."), record=line.display_name)
            for line in goods if not line.wish
        ]
        if not goods and not self.demand and not any(line.wish for line in self.line_ids):
            blockers.append(self._blocker(
                "demand_missing", self.env._("what the customer wants is not known."),
                self.env._("Ask him and enter his demand.")))
        return blockers

    def _blockers_details(self):
        return [blocker for line in self.line_ids for blocker in line._blockers_details()] + (
            self._blockers_evidence() if self._is_gate_on("details") else [])

    def _blockers_evidence(self):
        """A picture, or the unit itself on its way, where the company asks for it."""
        goods = self.line_ids.filtered("product_id")
        if not goods or self._has_attachments() or any(
            line.return_decision not in (False, "none") for line in goods
        ):
            return []
        return [self._blocker(
            "evidence_missing", self.env._("there is neither a picture nor a unit to look at."),
            self.env._("Attach a photo, or decide on a line that a unit comes back."))]

    def _has_attachments(self):
        return bool(self.env["ir.attachment"].search_count(
            [("res_model", "=", self._name), ("res_id", "=", self.id)], limit=1))

    # Finding, solution, answer

    def _blockers_conclusion(self):
        if not is_html_empty(self.conclusion):
            return []
        return [self._blocker(
            "conclusion_missing", self.env._("the finding is not written down."),
            self.env._("Write it on the page “Finding”."))]

    def _blockers_solution(self):
        blockers = [
            self._blocker(
                "return_undecided", self.env._("nobody has decided whether the goods come back."),
                self.env._("Choose “Return” on the line; “No return” is a decision as well."), record=line.display_name)
            for line in self.line_ids if line.product_id and not line.return_decision
        ]
        if is_html_empty(self.solution):
            blockers.append(self._blocker(
                "solution_missing", self.env._("the solution is not written down."),
                self.env._("Write it on the page “Solution & Answer”.")))
        return blockers

    def _blockers_answer_text(self):
        if not is_html_empty(self.answer):
            return []
        return [self._blocker(
            "answer_missing", self.env._("there is no answer to the customer."),
            self.env._("Write what he is told on the page “Solution & Answer”."))]

    # Closing and cancelling

    def _blockers_confirmed(self):
        if self.confirmed_on:
            return []
        return [self._blocker(
            "not_confirmed", self.env._("it was never confirmed with the customer."),
            self.env._("Read it back to him and press “Confirm”."))]

    def _blockers_outcome(self):
        blockers = []
        if not self.outcome:
            blockers.append(self._blocker(
                "outcome_missing", self.env._("the outcome is not chosen."),
                self.env._("Choose it in “Outcome”.")))
        if self.outcome == "duplicate" and not self.duplicate_of_id:
            blockers.append(self._blocker(
                "original_missing", self.env._("the case it repeats is not named."),
                self.env._("Choose it in “Duplicate Of”.")))
        return blockers

    def _blockers_answered(self):
        if self.outcome in _NOT_ANSWERED_HERE:
            return []
        blockers = []
        if not self.answered_on:
            blockers.append(self._blocker(
                "unanswered", self.env._("the customer has no answer yet."),
                self.env._("Write the answer, tell him, and press “Answered”.")))
        blockers += [
            self._blocker(
                "line_unanswered", self.env._("this line is not answered."),
                self.env._("Tick “Answered” on the line once the answer covers it."), record=line.display_name)
            for line in (self.line_ids if self._is_gate_on("lines_answered") else ()) if not line.is_answered
        ]
        return blockers + self._blockers_acceptance() + self._blockers_passed_on()

    def _blockers_acceptance(self):
        """What the customer says to the answer, where the company asks for it; a refusal is never passed over."""
        if self.acceptance == "refused" and self.outcome != "disputed":
            return [self._blocker(
                "not_accepted", self.env._("the customer does not accept the answer."),
                self.env._("Find another solution, or close it with the outcome “Disputed”."))]
        if self.answered_on and not self.acceptance and self._is_gate_on("reaction_known"):
            return [self._blocker(
                "reaction_missing", self.env._("what the customer says to the answer is not known."),
                self.env._("Ask him and enter his reaction on the page “Solution & Answer”."))]
        return []

    def _blockers_passed_on(self):
        """Who passed the case on gets a reply as well."""
        told = self.contact_ids.filtered(lambda contact: contact.kind in ("told", "callback")).partner_id
        if not self.transferred_by_id or self.transferred_by_id in told:
            return []
        return [self._blocker(
            "passed_on_unanswered",
            self.env._("%(party)s passed it on and has no reply yet.", party=self.transferred_by_id.display_name),
            self.env._("Reply, and record it on the page “Contacts” as told."))]

    def _blockers_returns(self):
        """RMAs that are not through, with the quantities that hold them."""
        states = dict(self.env["cx.rma"]._fields["state"]._description_selection(self.env))
        blockers = []
        for rma in self._open_rmas():
            texts = {line: self._open_quantities_text(line) for line in rma.line_ids & self.line_ids.rma_line_ids}
            details = "; ".join(f"{line.product_id.display_name}: {text}" for line, text in texts.items() if text)
            blockers.append(self._blocker(
                "rma_open", self.env._("the return is %(state)s%(details)s.", state=states[rma.state].lower(),
                                       details=f" ({details})" if details else ""),
                self.env._("Receive and decide the goods, close the rest short, or cancel the return."),
                record=rma.display_name))
        return blockers

    def _blockers_goods(self):
        """Dispositions that are not through."""
        states = dict(self.env["cx.disposition"]._fields["state"]._description_selection(self.env))
        return [
            self._blocker(
                "disposition_open", self.env._(
                    "the disposition of %(quantity)s %(unit)s %(product)s is %(state)s, %(done)s are done.",
                    quantity=f"{goods.quantity:g}", unit=goods.product_uom_id.name, done=f"{goods.done_qty:g}",
                    product=goods.product_id.display_name, state=states[goods.state].lower()),
                self.env._("Have it executed, closed short or cancelled."), record=goods.display_name)
            for goods in self._open_dispositions()
        ]

    def _open_quantities_text(self, rma_line):
        """What of an RMA line is not at its end: expected, undecided, in work; empty when nothing is."""
        labels = {name: rma_line._fields[name]._description_string(self.env).lower()
                  for name in ("expected_qty", "undecided_qty", "in_work_qty")}
        unit = rma_line.product_uom_id
        return ", ".join(
            f"{rma_line[name]:g} {unit.name} {label}" for name, label in labels.items()
            if unit.compare(rma_line[name], 0) > 0)

    def _blockers_money(self):
        states = dict(self.env["cx.settlement"]._fields["state"]._description_selection(self.env))
        kinds = dict(self.env["cx.settlement"]._fields["kind"]._description_selection(self.env))
        return [
            self._blocker(
                "settlement_open",
                self.env._("the settlement (%(kind)s) is %(state)s.",
                           kind=kinds[money.kind], state=states[money.state].lower()),
                self.env._("Have it executed and posted, refused or cancelled."), record=money.display_name)
            for money in self._open_settlements()
        ]
