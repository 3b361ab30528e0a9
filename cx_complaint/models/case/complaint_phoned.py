from odoo import fields, models

from ...rules.clock import is_open
from .complaint_events import aware
from .working_time import WorkingTime


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
        if not self.received_on:
            return False
        received = aware(self.received_on)
        return not WorkingTime().ask_anyway(
            self._calendar(), self.company_id, lambda spans: is_open(received, spans), [received])

    def _blockers_phoned_leader(self):
        if self.phoned_user_id or self.urgency in (False, "0") or not self._is_received_out_of_hours():
            return []
        return [self._blocker(
            "leader_not_phoned", self.env._("it is urgent, reached us outside working hours, and no leader was phoned."),
            self.env._("Phone a leader of the company and enter him in “Leader Phoned”."))]
