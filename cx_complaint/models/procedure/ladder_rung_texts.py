from odoo import api, models

from .time_texts import limit_text


class LadderRung(models.Model):
    """A step of a ladder in words."""

    _inherit = "cx.ladder.rung"

    @api.depends("when", "offset", "unit", "role_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        for rung in self:
            rung.display_name = f"{rung._when_text()}: {rung.role_id.name or ''}"

    def _when_text(self):
        """E.g. “2 working days after”."""
        moment = dict(self._fields["when"]._description_selection(self.env)).get(self.when, "")
        span = self.when != "at" and limit_text(self.env, self.offset, self.unit)
        return f"{span} {moment.lower()}" if span else moment
