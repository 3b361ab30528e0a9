from odoo import fields, models

from ...rules.blocker import Blocker


class RmaWarranty(models.Model):
    """A return out of warranty needs the customer's agreement; without it he scraps the goods himself."""

    _inherit = "cx.rma"

    def _blockers(self, verb):
        blockers = super()._blockers(verb)
        if verb == "authorise" and self.state in self._TRANSITIONS[verb].sources:
            needs = self.company_id.cx_return_agreement
            for lines in self.line_ids.filtered(lambda line: not line.return_agreed_on).grouped("complaint_line_id").values():
                blockers += lines[0]._blockers_return_agreement(needs)  # the parts of a kit are agreed at once
        return blockers


class RmaLine(models.Model):
    _inherit = "cx.rma.line"

    # stored: the lines of an RMA are read when it is authorised, those of the complaint are not
    warranty = fields.Selection(related="complaint_line_id.warranty", store=True)
    return_agreed_on = fields.Date(related="complaint_line_id.return_agreed_on", store=True)

    def _blockers_return_agreement(self, needs):
        """What comes back is agreed, in line with the terms of the warranty.

        :param str needs: the company's setting: which returns have to be agreed
        """
        self.ensure_one()
        if self.warranty == "out":
            return [Blocker(
                "return_not_agreed", self.complaint_line_id.display_name,
                self.env._("It is out of warranty, and the customer has not agreed to send it back."),
                self.env._("Agree on return and price and enter “Return Agreed On”; or choose “No return” on the line of"
                           " the complaint, then the customer scraps it himself."))]
        if needs == "always":
            return [Blocker(
                "return_not_agreed", self.complaint_line_id.display_name,
                self.env._("It is not agreed with the customer that it comes back, and on which terms."),
                self.env._("Agree with him and enter “Return Agreed On” on the line of the complaint."))]
        return []
