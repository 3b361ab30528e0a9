from odoo import api, models
from odoo.exceptions import ValidationError

from ...rules.figures import figure_problem


def _check_figures(records, label_of, figures):
    """:raises ValidationError: a figure that no clock can count

    :param figures: ``{field: field of its unit, or the unit}``
    """
    for record in records:
        for name, unit in figures.items():
            problem = figure_problem(record[name], record[unit] if unit in record._fields else unit)
            if not problem:
                continue
            texts = {
                "negative": records.env._("cannot be negative. Enter it without a sign."),
                "too_long": records.env._("is longer than ten years. Enter less."),
                "whole": records.env._("is counted in whole ones. Enter a whole number."),
                "day_of_month": records.env._("is a day of the month. Enter a number from 1 to 31."),
            }
            raise ValidationError(records.env._(
                "%(record)s: “%(figure)s” %(problem)s", record=label_of(record),
                figure=record._fields[name]._description_string(records.env), problem=texts[problem]))


class Procedure(models.Model):
    """What is refused at once: names that say nothing, quantities below nothing."""

    _inherit = "cx.procedure"

    @api.constrains("name", "code", "edition")
    def _check_named(self):
        for procedure in self:
            for name in ("name", "code", "edition"):
                if not (procedure[name] or "").strip():
                    raise ValidationError(self.env._(
                        "%(procedure)s: “%(field)s” is empty. Fill it in.", procedure=procedure.display_name,
                        field=self._fields[name]._description_string(self.env)))

    @api.constrains("batch_limit", "inspect_above_qty")
    def _check_quantities_positive(self):
        _check_figures(self, lambda one: one.display_name, {"batch_limit": None, "inspect_above_qty": None})


class Milestone(models.Model):
    """What is refused at once: limits that no clock can count."""

    _inherit = "cx.milestone"

    @api.constrains("limit_value", "limit_unit", "unreachable_value", "repeat_days")
    def _check_figures(self):
        _check_figures(self, lambda one: one.name, {
            "limit_value": "limit_unit", "unreachable_value": "limit_unit", "repeat_days": "calendar_day"})


class MilestoneBand(models.Model):
    """As of milestones."""

    _inherit = "cx.milestone.band"

    @api.constrains("limit_value", "limit_unit")
    def _check_figures(self):
        _check_figures(self, lambda one: one.milestone_id.name, {"limit_value": "limit_unit"})


class LadderRung(models.Model):
    """As of milestones."""

    _inherit = "cx.ladder.rung"

    @api.constrains("offset", "unit", "repeat_every", "repeat_max", "consecutive")
    def _check_figures(self):
        _check_figures(self, lambda one: one.ladder_id.name, {
            "offset": "unit", "repeat_every": "unit", "repeat_max": None, "consecutive": None})


class SeverityRule(models.Model):
    """As of milestones."""

    _inherit = "cx.severity.rule"

    @api.constrains("days")
    def _check_figures(self):
        _check_figures(self, lambda one: one.procedure_id.display_name, {"days": "calendar_day"})
