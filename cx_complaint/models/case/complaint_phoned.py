from datetime import timedelta

import pytz

from odoo import fields, models


class Complaint(models.Model):
    """An urgent case that reached us when nobody works: a leader is phoned, who arranges what cannot wait.

    :source: S2.16-25
    """

    _inherit = "cx.complaint"

    phoned_user_id = fields.Many2one(
        "res.users", string="Leader Phoned", copy=False, tracking=True, index="btree_not_null",
        help="Who was called about it because it could not wait for the next opening.")
    phoned_on = fields.Datetime(copy=False, help="When he was called.")

    def _is_received_out_of_hours(self):
        """Whether it reached us outside the working time of its procedure, else of the company."""
        self.ensure_one()
        procedure = self.procedure_id.sudo()  # sudo: cx.procedure, resource.calendar - when people work
        calendar = procedure.calendar_id or self.company_id.sudo().resource_calendar_id
        if not calendar or not self.received_on:
            return False
        received = pytz.utc.localize(self.received_on)
        worked = calendar._work_intervals_batch(received, received + timedelta(minutes=1))[False]
        return not list(worked)

    def _blockers_phoned_leader(self):
        if self.phoned_user_id or self.urgency in (False, "0") or not self._is_received_out_of_hours():
            return []
        return [self._blocker(
            "leader_not_phoned", self.env._("it is urgent, reached us outside working hours, and no leader was phoned."),
            self.env._("Phone a leader of the company and enter him in “Leader Phoned”."))]
