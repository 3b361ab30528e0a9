from odoo import api, fields, models


class RmaReason(models.TransientModel):
    """Asks why, where a verb of the return room wants a reason."""

    _name = "cx.rma.reason"
    _description = "Reason"

    verb = fields.Selection(
        [("refuse", "Refuse"), ("close_short", "Close Short"), ("answer_difference", "Answer Difference"),
         ("report_mismatch", "Content Differs from Paper")], required=True, readonly=True)
    rma_ids = fields.Many2many("cx.rma", string="RMAs", readonly=True)
    line_ids = fields.Many2many("cx.rma.line", string="Lines", readonly=True)
    answer = fields.Selection(
        [("accepted", "The count is accepted"), ("contacted", "The customer is asked and agrees")], default="accepted")
    reason = fields.Char(required=True)

    @api.model
    def _open(self, verb, rmas=None, lines=None):
        """Action that asks for the reason of ``verb`` on these records."""
        return {
            "type": "ir.actions.act_window",
            "name": dict(self._fields["verb"]._description_selection(self.env))[verb],
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_verb": verb,
                "default_rma_ids": rmas.ids if rmas else [],
                "default_line_ids": lines.ids if lines else [],
            },
        }

    def action_confirm(self):
        """Do what was asked for, with the reason; rights and states are checked by the verb itself."""
        self.ensure_one()
        if self.verb == "refuse":
            return self.rma_ids.action_refuse(self.reason)
        if self.verb == "answer_difference":
            return self.line_ids.action_answer_difference(self.answer or "accepted", self.reason)
        if self.verb == "report_mismatch":
            return self.line_ids.action_report_mismatch(self.reason)
        return self.line_ids.action_close_short(self.reason)
