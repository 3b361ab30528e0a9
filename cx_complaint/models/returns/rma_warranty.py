from odoo import models

from ...rules.blocker import Blocker


class RmaWarranty(models.Model):
    """A return out of warranty needs the customer's agreement; without it he scraps the goods himself."""

    _inherit = "cx.rma"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise" and self.state in self._TRANSITIONS[verb].sources:
            for line in self.line_ids.complaint_line_id:
                blockers += line._blockers_return_agreement()
        return blockers


class ComplaintLine(models.Model):
    _inherit = "cx.complaint.line"

    def _blockers_return_agreement(self):
        """:return: :class:`Blocker` list; what comes back is agreed, in line with the terms of the warranty"""
        self.ensure_one()
        if self.return_agreed_on:
            return []
        if self.warranty == "out":
            return [Blocker(
                "return_not_agreed", self.display_name,
                self.env._("It is out of warranty, and the customer has not agreed to send it back."),
                self.env._("Agree on return and price and enter “Return Agreed On”; or choose “No return” on the line of"
                           " the complaint, then the customer scraps it himself."))]
        if self.company_id.cx_return_agreement == "always":
            return [Blocker(
                "return_not_agreed", self.display_name,
                self.env._("It is not agreed with the customer that it comes back, and on which terms."),
                self.env._("Agree with him and enter “Return Agreed On” on the line of the complaint."))]
        return []
