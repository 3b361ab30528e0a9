from odoo import api, models
from odoo.exceptions import UserError

from ...rules import days
from ...rules.blocker import Blocker


class Procedure(models.Model):
    """From when on an edition holds: its effective date, on the clock of each company; without one, at once.

    New cases follow the date by themselves: the choices are read with the days on which they change (see
    ``cx.procedure.choice._of_company``). The scheduled job only tidies up afterwards: it lets the choices name the new
    edition and retires the earlier one. Late or run twice it changes nothing of where a case falls.
    """

    _inherit = "cx.procedure"

    # Which edition takes over from which

    def _earlier(self):
        """The edition that it takes over from: the one before it, or the one before those that were retired."""
        self.ensure_one()
        earlier = self.predecessor_id
        while earlier.decision == "retired":
            earlier = earlier.predecessor_id
        return earlier

    def _to_follow(self, company):
        """Editions still to come that take over what ``company`` has chosen this one for, the first day first."""
        self.ensure_one()
        found, later = self.browse(), self.with_context(active_test=False).successor_ids
        while later := later.filtered(
                lambda one: one.state in ("to_come", "retired") and (not one.company_id or one.company_id == company)):
            found |= later.filtered("is_to_come")
            later = later.successor_ids
        return found.sorted("effective_date")

    def _taken_over(self):
        """The choices that it takes over, of every company that it is for."""
        self.ensure_one()
        # sudo: cx.procedure.choice - of all companies that a shared procedure is for
        choices = self._earlier().sudo().with_context(active_test=False).choice_ids
        return choices.filtered(lambda choice: not self.company_id or choice.company_id == self.company_id)

    # Its day

    def _companies_concerned(self):
        """Companies whose new cases fall under it, or will."""
        # sudo: cx.procedure.choice, res.company - of all companies; the day on the wall of each counts
        chosen = self.sudo().choice_ids | self._taken_over()
        return self.company_id.sudo() or chosen.company_id or self.env.company.sudo()

    def _has_come(self):
        """Whether its day has come in every company that it is for."""
        self.ensure_one()
        if self._earlier().is_to_come:
            return False  # one after the other, also where they are of the same day
        return not self.effective_date or all(
            company._cx_today() >= self.effective_date for company in self._companies_concerned())

    # Verbs

    def action_put_in_force(self):
        """From its effective date on new cases fall under it, and the earlier edition retires; without one, now."""
        # two drafts of one edition: the second of two people finds it followed already
        self.env["cx.guard"]._take(f"cx.procedure,{code}" for code in sorted(set(self.mapped("code"))))
        result = super().action_put_in_force()
        to_come = self.filtered(lambda procedure: not procedure._has_come())
        to_come.sudo().is_to_come = True  # sudo: cx.procedure - the verb has checked
        for procedure in self - to_come:
            procedure._succeed()
        for procedure in to_come:
            procedure._call_job()
        return result

    def _succeed(self):
        """What the earlier edition was chosen for, this one is; open cases stay where they are."""
        earlier = self._earlier()
        self._taken_over().procedure_id = self
        if earlier and earlier.company_id == self.company_id:
            earlier.action_retire()

    def _call_job(self):
        """Let the scheduled job run when the day begins in the last of the companies."""
        moments = [
            days.midnight(self.effective_date, company._cx_timezone()) for company in self._companies_concerned()]
        # sudo: ir.cron - when our own job runs; without it the day comes all the same
        if job := self.env.ref("cx_complaint.cron_procedure_come_into_force", raise_if_not_found=False):
            job.sudo()._trigger(at=max(moments))

    @api.model
    def _cron_come_into_force(self):
        """Take note of the editions whose day has come; each is kept by itself, so that it may end at any point."""
        waiting = self.search([("is_to_come", "=", True)]).sorted(lambda one: (one.effective_date, one.id))
        for position, procedure in enumerate(waiting, start=1):
            if procedure._has_come() and procedure.try_lock_for_update():  # else somebody is at it: the next time
                procedure.is_to_come = False
                procedure._succeed()
            self.env["ir.cron"]._commit_progress(1, remaining=len(waiting) - position)

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "put_in_force":
            blockers += self._blockers_dates() + self._blockers_archived()
        return blockers

    def _blockers_dates(self):
        """Editions hold one after the other."""
        earlier = self._earlier()
        first_day = self.effective_date or self._own_company()._cx_today()
        if not earlier.effective_date or first_day >= earlier.effective_date:
            return []
        return [self._blocker(
            "dates_crossed", self._fields["effective_date"]._description_string(self.env),
            self.env._("it would hold before %(earlier)s, which holds from %(day)s on.",
                       earlier=earlier.display_name, day=self._day_text(earlier.effective_date)),
            self.env._("Enter that day or a later one."))]

    def _blockers_archived(self):
        if self.active:
            return []
        return [Blocker(
            "archived", self.display_name, self.env._("it is archived."), self.env._("Restore it first."))]

    # Putting it away

    def write(self, vals):
        if "active" in vals and not vals["active"]:
            self._check_not_in_force()
        return super().write(vals)

    def _check_not_in_force(self):
        """:raises UserError: new cases fall under one of the procedures, or will"""
        in_force = self.filtered(lambda procedure: procedure.decision == "in_force")
        if in_force:
            raise UserError(self.env._(
                "%(procedure)s is in force and cannot be archived: new cases may fall under it. Retire it first.",
                procedure=in_force[0].display_name))
