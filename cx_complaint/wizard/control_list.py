from urllib.parse import urlencode

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..models.returns.rma import STATES


class ControlList(models.TransientModel):
    """Which returned goods go on the control list."""

    _name = "cx.control.list"
    _description = "Print the Returned Goods Control List"

    date_from = fields.Date(
        string="Authorised From", default=lambda self: fields.Date.context_today(self).replace(day=1))
    date_to = fields.Date(string="Authorised Until", default=fields.Date.context_today)
    partner_ids = fields.Many2many("res.partner", string="Customers", help="Empty: all of them, with their branches.")
    state = fields.Selection(
        [("open", "Not done yet")] + [item for item in STATES if item[0] not in ("draft", "submitted")],
        help="Empty: every return that was authorised.")

    @api.constrains("date_from", "date_to")
    def _check_period_runs_forward(self):
        for choice in self:
            if choice.date_from and choice.date_to and choice.date_from > choice.date_to:
                raise ValidationError(self.env._(
                    "The period ends on %(end)s, before it starts on %(start)s. Exchange the two days.",
                    start=choice.date_from, end=choice.date_to))

    def action_export(self):
        """Download the list as a workbook, for the companies that are ticked now."""
        self.ensure_one()
        parameters = {
            "date_from": self.date_from or "",
            "date_to": self.date_to or "",
            "partner_ids": ",".join(map(str, self.partner_ids.ids)),
            "state": self.state or "",
            "company_ids": ",".join(map(str, self.env.companies.ids)),
        }
        return {
            "type": "ir.actions.act_url",
            "url": f"/cx_complaint/control_list?{urlencode(parameters)}",
            "target": "download",
        }
