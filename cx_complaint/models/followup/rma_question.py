from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...rules.blocker import Blocker


class Rma(models.Model):
    """Reason or shipping date is not known: the customer is asked, and the return waits for his answer.

    :source: S2.02-33
    """

    _inherit = "cx.rma"

    return_reason = fields.Char(help="Why the goods come back; the lines of the complaint say it in detail.")
    planned_ship_date = fields.Date(string="Customer Ships On", help="The day on which the customer wants to ship.")
    question_ids = fields.One2many("cx.contact", "rma_id", string="Questions")
    question_text = fields.Char(string="Asked the Customer", compute="_compute_question_text")
    is_answer_awaited = fields.Boolean(
        string="Waits for the Customer's Answer", compute="_compute_is_answer_awaited", store=True)
    is_reason_known = fields.Boolean(compute="_compute_is_reason_known")

    @api.depends("question_ids.kind", "question_ids.answered_on")
    def _compute_is_answer_awaited(self):
        for rma in self:
            rma.is_answer_awaited = bool(rma._open_questions())

    @api.depends("question_ids.answered_on", "question_ids.summary")
    def _compute_question_text(self):
        for rma in self:
            rma.question_text = " ".join(rma._open_questions().mapped(lambda question: self.env._(
                "Waits for the customer until %(day)s: %(question)s", day=format_date(self.env, question.answer_by),
                question=question.summary))) or False

    @api.depends("return_reason", "line_ids.complaint_line_id.name", "line_ids.complaint_line_id.defect_id")
    def _compute_is_reason_known(self):
        for rma in self:
            lines = rma.line_ids.complaint_line_id
            rma.is_reason_known = bool(rma.return_reason or (lines and all(
                line.defect_id or line.name for line in lines)))

    def _open_questions(self):
        return self.question_ids.filtered(lambda question: question.kind == "question" and not question.answered_on)

    def action_ask_customer(self):
        """Open the question about what is not known."""
        self.ensure_one()
        self._check_may("ask_customer")
        self._raise_blockers("ask_customer")
        return {
            "type": "ir.actions.act_window", "res_model": "cx.rma.question", "view_mode": "form", "target": "new",
            "name": self.env._("Ask the Customer"), "context": {"default_rma_id": self.id},
        }

    def action_answer_question(self):
        """Enter what the customer answered.

        :raises UserError: when nothing was asked
        """
        self.ensure_one()
        self._check_may("ask_customer")
        question = self._open_questions()[:1]
        if not question:
            raise UserError(self.env._("%(rma)s: the customer was asked nothing.", rma=self.display_name))
        return {
            "type": "ir.actions.act_window", "res_model": "cx.rma.answer", "view_mode": "form", "target": "new",
            "name": self.env._("The Customer's Answer"), "context": {"default_question_id": question.id},
        }

    def _ask(self, vals):
        """Record a question and remind who asked.

        :param dict vals: ``summary``, ``answer_by``, what is asked
        :return: the contact
        """
        self.ensure_one()
        self._transition("ask_customer")
        complaints = self.complaint_ids
        question = self.env["cx.contact"].create({
            "kind": "question", "rma_id": self.id, "company_id": self.company_id.id, "partner_id": self.partner_id.id,
            "complaint_id": complaints.id if len(complaints) == 1 else False, **vals})
        self.activity_schedule(
            "cx_complaint.mail_activity_type_ask_customer", user_id=self.env.uid, date_deadline=question.answer_by,
            summary=question.summary)
        return question

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise":
            blockers += self._blockers_question() + self._blockers_reason()
        return blockers

    def _blockers_question(self):
        """As long as the customer has not said why, nobody authorises."""
        if not self.is_answer_awaited:
            return []
        return [Blocker(
            "waits_for_customer", self.display_name,
            self.env._("The customer was asked for the reason and has until %(day)s to answer.",
                       day=format_date(self.env, question.answer_by)),
            self.env._("Enter his answer, or call him."),
        ) for question in self._open_questions() if question.is_reason_asked]

    def _blockers_reason(self):
        if not self.company_id.cx_is_return_reason_needed or self.is_reason_known:
            return []
        return [Blocker(
            "reason_unknown", self.display_name, self.env._("Nobody knows why the goods come back."),
            self.env._("Press “Ask Customer”, or enter the reason."))]
