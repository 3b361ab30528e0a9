from odoo import models
from odoo.exceptions import UserError


class Complaint(models.Model):
    """What stands in the way of a transfer, and what a transferred case does not need here."""

    _inherit = "cx.complaint"

    def write(self, vals):
        if "company_id" in vals:
            self._check_company_stays(vals["company_id"])
        return super().write(vals)

    def _check_company_stays(self, company_id):
        """:raises UserError: people have tasks in a case that shall belong to a company where they do not work"""
        for complaint in self.sudo():  # sudo: cx.task - whether there is one
            if complaint.company_id.id != company_id and (complaint.task_ids or complaint.origin_transfer_ids):
                raise UserError(self.env._(
                    "%(complaint)s: people of %(company)s have tasks in it. Press “Transfer”: the other company handles it in"
                    " a case of its own.", complaint=complaint.display_name, company=complaint.company_id.name))

    def _blockers(self, verb):
        parts = {
            "transfer": (self._blockers_under_way, self._blockers_returns, self._blockers_goods, self._blockers_money),
            "record_result": (self._blockers_with_partner,),
            "give_back": (self._blockers_waited_for, self._blockers_under_way, self._blockers_returns, self._blockers_goods,
                          self._blockers_money),
            "close": (self._blockers_under_way,),
            "cancel": (self._blockers_under_way,),
            "reopen": (self._blockers_given_back,),
        }
        return super()._blockers(verb) + [blocker for part in parts.get(verb, ()) for blocker in part()]

    def _raise_transfer_blockers(self, blockers):
        """:raises UserError: with all of them, when there is one"""
        if blockers:
            raise UserError("\n".join(blocker.sentence() for blocker in blockers))

    def _blockers_under_way(self):
        """It is with somebody else now."""
        return [
            self._blocker(
                "transferred", self.env._("%(party)s handles it (%(number)s, %(stage)s).", party=transfer.to_name,
                                          number=transfer.reference or "–", stage=transfer.state_there),
                self.env._("Wait until it is settled there, or comes back."))
            for transfer in self._transfers_under_way()]

    def _companies_open_to(self):
        """Companies of the group that the case can be transferred to, and why it cannot go to the others.

        :return: the companies, and the sentences of what is wrong with the rest but its own
        """
        self.ensure_one()
        # sudo: res.company - the group's companies, also those where the user does not work
        others = self.env["res.company"].sudo().search([("id", "!=", self.company_id.id)])
        problems = {company: self._blockers_company(company) for company in others}
        return others.filtered(lambda company: not problems[company]), [
            blocker.sentence() for blockers in problems.values() for blocker in blockers]

    def _blockers_company(self, company):
        """Why the case cannot be transferred to a company."""
        if company == self.company_id:
            return [self._blocker(
                "own_company", self.env._("it is a case of %(company)s already.", company=company.name),
                self.env._("Choose another company."))]
        if company in self._companies_behind():
            return [self._blocker(
                "in_a_circle", self.env._("it has come from %(company)s, where it would be a case twice.", company=company.name),
                self.env._("Press “Give Back”."))]
        if not company.active or not self._handled_by(company):
            return [self._blocker(
                "nobody_there", self.env._("nobody in %(company)s handles complaints.", company=company.name),
                self.env._("Have a department of customer service set up there, or choose another company."))]
        return []

    def _handled_by(self, company):
        """Who takes a case in another company: its complaint desk, else whoever has the right to handle complaints there."""
        # sudo: res.groups, res.users - who works in a company where the user need not work
        clerks = self.env.ref("cx_complaint.group_service").sudo().all_user_ids
        return self.env["cx.department"]._user_on_duty(company) or clerks._cx_working_in(company)

    def _blockers_partner(self, partner):
        """Why the case cannot be given to a dealer or tenant."""
        # sudo: res.company - whose own address it is
        own = self.env["res.company"].sudo().search([("partner_id", "=", partner.commercial_partner_id.id)], limit=1)
        if not own:
            return []
        return [self._blocker(
            "is_company", self.env._("%(company)s is a company of the group, no dealer.", company=own.name),
            self.env._("Choose “Company of the group”.") if own != self.company_id else self.env._("Choose somebody else."))]

    def _blockers_with_partner(self):
        if self._transfers_under_way().to_partner_id:
            return []
        return [self._blocker(
            "not_with_partner", self.env._("no dealer or tenant handles it."),
            self.env._("There is no result to record."))]

    def _blockers_waited_for(self):
        if self._waiting_origins():
            return []
        return [self._blocker(
            "not_from_group", self.env._("no other company waits for it."),
            self.env._("Transfer it, or close it with its own outcome."))]

    def _blockers_given_back(self):
        """What was given back is handled where it came from."""
        # sudo: cx.transfer - of another company; only whether it went back
        return [
            self._blocker(
                "given_back", self.env._("it went back to %(company)s.", company=transfer.complaint_id.company_id.name),
                self.env._("Let them transfer it again."))
            for transfer in self.sudo().origin_transfer_ids if transfer.came_back]

    def _blockers_confirmed(self):
        return [] if self._is_handled_elsewhere() else super()._blockers_confirmed()

    def _blockers_answered(self):
        return [] if self._is_handled_elsewhere() else super()._blockers_answered()
