from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError


class Complaint(models.Model):
    """An open case comes under another procedure or edition only when somebody moves it, and says why.

    What was done stays: tasks of duties that the other procedure has as well carry on; see task_procedure.py.
    """

    _inherit = "cx.complaint"

    can_change_procedure = fields.Boolean(compute="_compute_can_change_procedure")

    @api.depends("procedure_id", "decision")
    def _compute_can_change_procedure(self):
        """Whether there is another procedure to be under; a case that was registered before the first one may come under it."""
        is_any_used = self.env["cx.procedure"]._is_any_used()
        for case in self:
            case.can_change_procedure = is_any_used and case.decision == "open"

    def action_change_procedure(self):
        """Ask under which procedure the cases shall be, and why; see :meth:`_move_to_procedure`."""
        self._check_may_move()
        return self._ask("cx_complaint.complaint_change_procedure_action")

    def _check_may_move(self):
        """:raises AccessError: the user is neither the complaint manager nor heads customer service
        :raises UserError: a case is over
        """
        user = self.env.user
        if not self.env.su and not user.has_group("cx_complaint.group_manager") and not (
                user.has_group("cx_complaint.group_service") and self._heads_service(user)):
            raise AccessError(self.env._(
                "%(complaint)s: the complaint manager, or whoever heads customer service, moves a case to another procedure."
                " Ask one of them.", complaint=self[:1].display_name))
        over = self.filtered(lambda case: case.decision != "open")
        if over:
            raise UserError(self.env._(
                "%(complaint)s is over and stays under the procedure that it was handled by. Reopen it first.",
                complaint=over[0].display_name))

    def _heads_service(self, user):
        """Whether the user heads customer service in every company of the cases."""
        # sudo: cx.department - who heads which one
        headed = self.env["cx.department"].sudo().search(
            [("function", "=", "service"), ("head_id", "=", user.id), ("company_id", "in", self.company_id.ids)])
        return headed.company_id == self.company_id

    def _move_to_procedure(self, procedure, reason):
        """Put the cases under ``procedure``, keep in the chatter where they come from, and why.

        :param reason: a sentence
        """
        self._check_may_move()
        if procedure.state != "in_force":
            raise UserError(self.env._(
                "%(procedure)s is not in force, so that no case can be under it. Choose another one.",
                procedure=procedure.display_name))
        self.check_access("write")
        moved = self.filtered(lambda case: case.procedure_id != procedure)
        moved._message_log_batch({case.id: self.env._(
            "Moved from %(old)s to %(new)s: %(reason)s",
            old=case.procedure_id.display_name or self.env._("no procedure"), new=procedure.display_name, reason=reason)
            for case in moved})
        # the message says what the tracking would
        for cause, cases in moved.with_context(mail_notrack=True).grouped("cause_category_id").items():
            # sudo: cx.cause.category - causes of the rulebook
            namesake = procedure.sudo().cause_ids.filtered(lambda one, cause=cause: one.code and one.code == cause.code)[:1]
            cases._put_under(procedure, reason, is_procedure_moved=True, cause_category_id=namesake.id)
