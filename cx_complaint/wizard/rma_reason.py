from odoo import api, fields, models


class RmaReason(models.TransientModel):
    """Asks why, where a verb of the return room wants a reason."""

    _name = "cx.rma.reason"
    _description = "Reason"

    verb = fields.Selection([("refuse", "Refuse"), ("close_short", "Close Short")], required=True, readonly=True)
    rma_ids = fields.Many2many("cx.rma", string="RMAs", readonly=True)
    line_ids = fields.Many2many("cx.rma.line", string="Lines", readonly=True)
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
        return self.line_ids.action_close_short(self.reason)
