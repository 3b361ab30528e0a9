from odoo import api, models


class ResUsers(models.Model):
    """Who can be given something to do; what he had is handed over when he cannot any more."""

    _inherit = "res.users"

    def _cx_working_in(self, company):
        """Those who can do something in a company: active, internal, allowed in it."""
        return self.filtered(lambda user: user.active and not user.share and company in user.company_ids)

    def _cx_cases(self):
        """The cases that concern the user, as a domain; record rules ask for it."""
        return self.env["cx.complaint"]._domain_concerning(self)

    def write(self, vals):
        if {"active", "company_ids", "group_ids"}.isdisjoint(vals):
            return super().write(vals)
        before = self._cx_staff_of_companies()
        result = super().write(vals)
        self._cx_after_change(before)
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_after_hand_over(self):
        """Who is deleted was archived first, as far as cases are concerned."""
        self.filtered("active").action_archive()

    def _cx_staff_of_companies(self):
        """Who works where, and what everybody there does: ``{company: (users, staff)}``."""
        return {
            # sudo: res.users - in which companies somebody works
            company: (self.sudo()._cx_working_in(company), self.env["cx.role"]._staff(company.id))
            for company in self.sudo().company_ids}

    def _cx_after_change(self, before):
        """What those had who do not work in a company any more goes to others."""
        for company, (users, staff) in before.items():
            # sudo: res.users - as above
            if leavers := users - users.sudo()._cx_working_in(company).sudo(False):
                self.env["cx.complaint"]._hand_over_from(leavers, company, staff)
                self.env["cx.task"]._hand_over_from(leavers, company)
        self.env["cx.role"]._on_staff_changed({company: staff for company, (_users, staff) in before.items()})
