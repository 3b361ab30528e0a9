from odoo import api, models


class LadderRung(models.Model):
    """A step of a ladder in words."""

    _inherit = "cx.ladder.rung"

    @api.depends("when", "offset", "unit", "role_id.name")
    @api.depends_context("lang")
    def _compute_display_name(self):
        moments = dict(self._fields["when"]._description_selection(self.env))
        units = dict(self._fields["unit"]._description_selection(self.env))
        for rung in self:
            moment = moments.get(rung.when, "")
            if rung.when != "at":
                moment = f"{rung.offset:g} {units[rung.unit].lower()} {moment.lower()}"
            rung.display_name = f"{moment}: {rung.role_id.name or ''}"
