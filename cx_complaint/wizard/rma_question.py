from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError


class RmaQuestion(models.TransientModel):
    """Ask the customer for what is not known about his return."""

    _name = "cx.rma.question"
    _description = "Question to the Customer"

    rma_id = fields.Many2one("cx.rma", string="RMA", required=True, readonly=True)
    is_reason_asked = fields.Boolean(string="Reason", compute="_compute_asked", store=True, readonly=False, precompute=True)
    is_ship_date_asked = fields.Boolean(
        string="Shipping Date", compute="_compute_asked", store=True, readonly=False, precompute=True)
    question = fields.Char(
        required=True, compute="_compute_question", store=True, readonly=False, precompute=True)
    answer_by = fields.Date(
        required=True, default=lambda self: fields.Date.context_today(self) + timedelta(days=2))

    @api.depends("rma_id")
    def _compute_asked(self):
        for wizard in self:
            wizard.is_reason_asked = not wizard.rma_id.is_reason_known
            wizard.is_ship_date_asked = not (wizard.rma_id.planned_ship_date or wizard.rma_id.shipped_on)

    @api.depends("is_reason_asked", "is_ship_date_asked")
    def _compute_question(self):
        for wizard in self:
            wizard.question = " ".join(filter(None, (
                wizard.is_reason_asked and self.env._("Why do the goods come back?"),
                wizard.is_ship_date_asked and self.env._("When will you ship them?")))) or wizard.question

    def action_ask(self):
        """Record the question; the verb of the RMA decides who may."""
        self.ensure_one()
        self.rma_id._ask({
            "summary": self.question, "answer_by": self.answer_by, "is_reason_asked": self.is_reason_asked,
            "is_ship_date_asked": self.is_ship_date_asked})


class RmaAnswer(models.TransientModel):
    """What the customer answered; it fills in what was asked."""

    _name = "cx.rma.answer"
    _description = "Customer's Answer"

    question_id = fields.Many2one("cx.contact", required=True, readonly=True)
    rma_id = fields.Many2one(related="question_id.rma_id", string="RMA")
    is_reason_asked = fields.Boolean(related="question_id.is_reason_asked")
    is_ship_date_asked = fields.Boolean(related="question_id.is_ship_date_asked")
    answer = fields.Char(required=True, string="What He Said")
    return_reason = fields.Char()
    planned_ship_date = fields.Date(string="Customer Ships On")

    def action_answer(self):
        """Enter the answer; the verb of the RMA decides who may."""
        self.ensure_one()
        question = self.question_id
        question.check_access("read")
        rma = question.rma_id
        if question not in rma._open_questions():
            raise UserError(self.env._("This question is answered already, or is none. Open the return again."))
        rma._transition("ask_customer")
        vals = {name: self[name] for name in ("return_reason", "planned_ship_date") if self[name]}
        rma.write(vals)
        question.sudo().write({  # sudo: cx.contact - quality may ask and enter the answer, and change no other contact
            "answer": self.answer, "answered_on": fields.Datetime.now()})
        if not rma._open_questions():
            rma.activity_feedback(["cx_complaint.mail_activity_type_ask_customer"], feedback=self.answer)
