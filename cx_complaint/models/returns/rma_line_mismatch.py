from odoo import api, fields, models
from odoo.exceptions import UserError

_RECORDED = frozenset({"content_mismatch", "content_mismatch_on", "content_mismatch_by_id"})


class RmaLine(models.Model):
    """Goods that are not what the paper says: planning knows at once."""

    _inherit = "cx.rma.line"

    content_mismatch = fields.Text(
        string="Content Differs from Paper", readonly=True, copy=False, help="What differs, as quality reported it.")
    content_mismatch_on = fields.Datetime(string="Reported On", readonly=True, copy=False)
    content_mismatch_by_id = fields.Many2one("res.users", string="Reported By", readonly=True, copy=False)

    @api.model
    def _is_written_by_nobody(self, field):
        return field.name in _RECORDED or super()._is_written_by_nobody(field)

    def action_report_mismatch(self, text=None):
        """Quality reports at once to planning that the content of the goods and the paper do not match.

        :param text: what differs; asked for where it is not given
        :raises UserError: nothing of a line has come yet
        :source: S2.01-37
        """
        if not text:
            return self.env["cx.rma.reason"]._open("report_mismatch", lines=self)
        self.env["cx.inspection"]._check_may("finish")
        self.check_access("write")
        if not self:
            raise UserError(self.env._("Choose lines whose content differs from the paper."))
        if absent := self.filtered(lambda line: not line.has_arrived):
            raise UserError("\n".join(self.env._(
                "%(line)s: nothing has come yet that could differ from the paper.", line=line.display_name)
                for line in absent))
        self.sudo().write({  # sudo: cx.rma.line - the right to report is checked above
            "content_mismatch": text, "content_mismatch_on": fields.Datetime.now(),
            "content_mismatch_by_id": self.env.uid})
        on_duty = self.env["cx.department"]._on_duty("planning", self.company_id)
        for rma, lines in self.grouped("rma_id").items():
            user = on_duty.get(rma.company_id) or self.env["cx.department"]._user_on_duty(rma.company_id)
            rma._tell_of_mismatch(lines, text, user)
        return None
