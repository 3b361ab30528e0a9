from odoo import api, fields, models

_GO_ALONG = "cx_complaint.mail_activity_type_go_along"


class SiteCheck(models.Model):
    """Who goes along: the specialist whom the rulebook names, to batch and disputed returns.

    Which returns these are, and whose specialist goes, is the rulebook's: the milestone that is done with *specialist
    called* says for which cases, the ones after it say who.

    :source: S2.09-16, S2.12-13
    """

    _inherit = "cx.site.check"

    companion_ids = fields.Many2many(
        "res.users", string="Goes Along", domain="[('share', '=', False)]", copy=False,
        help="Quality, research and development or whoever else goes to the customer with sales.")
    is_joint = fields.Boolean(
        string="To Be Seen Together", compute="_compute_is_joint", compute_sudo=True,
        help="By the rulebook a specialist goes along: it is a batch, or disputed.")
    called_on = fields.Datetime(string="Asked On", readonly=True, copy=False)
    called_by_id = fields.Many2one("res.users", string="Asked By", readonly=True, copy=False)

    @api.depends("complaint_id.severity", "complaint_id.procedure_id", "complaint_id.batch_class")
    def _compute_is_joint(self):
        calls = {}
        for procedure in self.complaint_id.procedure_id:
            cases = self.complaint_id.filtered(lambda case, of=procedure: case.procedure_id == of)
            calls.update(procedure._calls_for_specialist()._matching(cases))
        for check in self:
            check.is_joint = bool(calls.get(check.complaint_id))

    def action_call(self):
        """Ask whoever goes along; where nobody was chosen, who does it by the rulebook, else who is on duty in quality."""
        on_duty = self.env["cx.department"]._on_duty("quality", self.company_id)
        for check in self.filtered(lambda check: not check.companion_ids):
            check.companion_ids = check._specialists() or on_duty.get(check.company_id) or self.env["res.users"]
        self._transition("call", {"called_on": fields.Datetime.now(), "called_by_id": self.env.uid})
        for check in self:
            check._tell_companions()

    def _specialists(self):
        """Whom the rulebook sends along: who is first to do what comes after the call."""
        self.ensure_one()
        calls = self.complaint_id.procedure_id._calls_for_specialist()
        roles = calls.procedure_id.milestone_ids.filtered(lambda milestone: milestone.after_id in calls).role_id
        people = roles._resolve(self.complaint_id)
        return self.env["res.users"].union(*(users[:1] for users in people.values()))

    def _tell_companions(self):
        self.ensure_one()
        text = self.env._(
            "%(case)s: come along to %(site)s to confirm the reason of the return and to negotiate.",
            case=self.complaint_id.display_name, site=self.site_partner_id.display_name)
        for user in self.companion_ids:
            if self.with_user(user).has_access("read"):
                self.activity_schedule(_GO_ALONG, user_id=user.id, note=text)
        # sudo: cx.complaint - who was asked, on the case that he is asked about
        self.sudo().complaint_id.message_post(
            body=self.env._("%(people)s asked to go along to the customer.", people=", ".join(self.companion_ids.mapped("name"))),
            partner_ids=self.companion_ids.partner_id.ids, subtype_xmlid="mail.mt_note")

    def action_finish(self):
        result = super().action_finish()
        self.activity_feedback([_GO_ALONG])
        return result

    # Blockers

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "call" and not self.companion_ids:
            blockers.append(self._blocker(
                "nobody_to_call", self.env._("There is nobody to go along."),
                self.env._("Choose who does, or say who is on duty in quality.")))
        elif verb == "finish" and self.is_joint:
            blockers += self._blockers_joint()
        return blockers

    def _blockers_joint(self):
        if not self.called_on:
            return [self._blocker(
                "specialist_not_called", self.env._("It is a batch or disputed, and no specialist was asked to go along."),
                self.env._("Press “Ask to Go Along”."))]
        if not self.companion_ids:
            return [self._blocker(
                "nobody_went_along", self.env._("It is a batch or disputed, and nobody went along."),
                self.env._("Enter who did in “Goes Along”."))]
        return []


class Procedure(models.Model):
    """Where a rulebook sends a specialist along."""

    _inherit = "cx.procedure"

    def _calls_for_specialist(self):
        """Milestones of these rulebooks that are done with the call for a specialist."""
        # sudo: cx.milestone - what a rulebook says is the same for whoever asks
        return self.sudo().milestone_ids.filtered(lambda milestone: milestone.stop_event == "specialist_called")
