from odoo import api, fields, models

from .time_texts import limit_text


class Milestone(models.Model):
    """A milestone in words, for lists and for the page of the procedure."""

    _inherit = "cx.milestone"

    start_text = fields.Char(string="Begins", compute="_compute_start_text")
    limit_text = fields.Char(string="May Take", compute="_compute_limit_text")

    @api.depends("start_event", "after_id.name")
    @api.depends_context("lang")
    def _compute_start_text(self):
        events = dict(self._fields["start_event"]._description_selection(self.env))
        for milestone in self:
            if milestone.after_id:
                milestone.start_text = self.env._("After: %(milestone)s", milestone=milestone.after_id.name)
            else:
                milestone.start_text = events.get(milestone.start_event, False)

    @api.depends(
        "limit_value", "limit_unit", "is_undecided", "is_at_once", "band_ids.limit_value", "band_ids.limit_unit",
        "band_ids.up_to_km")
    @api.depends_context("lang")
    def _compute_limit_text(self):
        for milestone in self:
            if milestone.is_undecided:
                milestone.limit_text = self.env._("to be decided")
            elif milestone.is_at_once and milestone.limit_unit:
                is_by_day = milestone.limit_unit.endswith("day")
                milestone.limit_text = self.env._("the same day") if is_by_day else self.env._("at once")
            elif milestone.band_ids:
                milestone.limit_text = "; ".join(band._text() for band in milestone.band_ids.sorted("from_km"))
            else:
                milestone.limit_text = limit_text(self.env, milestone.limit_value, milestone.limit_unit)

    @api.depends("is_callback")
    def _compute_condition_text(self):
        return super()._compute_condition_text()

    def _condition_texts(self):
        texts = super()._condition_texts()
        return [*texts, self.env._("unless the customer wants no call-back")] if self.is_callback else texts


class MilestoneBand(models.Model):
    """A limit by distance in words."""

    _inherit = "cx.milestone.band"

    def _text(self):
        """E.g. “up to 1000 km: 24 hours”."""
        self.ensure_one()
        limit = limit_text(self.env, self.limit_value, self.limit_unit) or ""
        if not self.up_to_km:
            return self.env._("from %(km)s km: %(limit)s", km=f"{self.from_km:g}", limit=limit)
        return self.env._("up to %(km)s km: %(limit)s", km=f"{self.up_to_km:g}", limit=limit)
