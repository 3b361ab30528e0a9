from typing import NamedTuple

from odoo import models

from ...rules.bands import Band
from ...rules.conditions import Condition
from ...rules.ladder import Rung
from ...rules.limits import Limit
from ...rules.milestones import Duty


class Rule(NamedTuple):
    """A milestone as plain values: what the life of a task asks of it, without reading a record.

    :param bands: :class:`Band` each, of which the value is a limit
    :param limit: None: a task without a clock
    :param ladder: :class:`Rung` each, by the id of the step
    :param is_same_working_day: due on the day on which work goes on: at night on the day that follows
    """

    duty: Duty
    condition: Condition
    role: int
    resolver: str
    function: str | None
    limit: Limit | None
    bands: tuple
    unreachable: Limit | None
    is_pausable: bool
    is_next_opening: bool
    is_same_working_day: bool
    is_reason_required: bool
    is_promise: bool
    blocks_verb: str | None
    ladder: tuple


class Procedure(models.Model):
    """Milestones as the rules read them."""

    _inherit = "cx.procedure"

    def _rules(self):
        """The milestones of one procedure as :class:`Rule`, by id, in the order of the document."""
        return self._plain("milestones")

    def _read_milestones(self):
        return {milestone.id: milestone._as_rule() for milestone in self.milestone_ids}


class Milestone(models.Model):
    """One milestone as plain values."""

    _inherit = "cx.milestone"

    def _as_rule(self):
        self.ensure_one()
        limit = self._as_limit()
        return Rule(
            duty=Duty(
                self.id, self.start_event or None, self.after_id.id or None, self.stop_event or None, self.repeat_days),
            condition=self._condition(),
            role=self.role_id.id,
            resolver=self.role_id.resolver,
            function=self.role_id.function or None,
            limit=limit,
            bands=tuple(
                Band(band.up_to_km or None, Limit(band.limit_value, band.limit_unit), band.from_km or None)
                for band in self.band_ids),
            unreachable=Limit(self.unreachable_value, self.limit_unit) if (
                self.unreachable_value and self.limit_unit and not self.is_undecided) else None,
            is_pausable=self.is_pausable,
            is_next_opening=self.is_next_opening,
            is_same_working_day=self.is_at_once and self.limit_unit == "working_day",
            is_reason_required=self.is_reason_required,
            is_promise=self.is_promise,
            blocks_verb=self.blocks_verb or None,
            ladder=tuple(rung._as_rung() for rung in self.ladder_id.rung_ids),
        )

    def _as_limit(self):
        """The limit of one milestone; at once is the end of the day where days are counted, None is no clock."""
        self.ensure_one()
        if self.is_undecided or not self.limit_unit:
            return None
        if self.is_at_once:
            return Limit(0, "calendar_day" if self.limit_unit.endswith("day") else self.limit_unit)
        is_limited = self.limit_value or self.limit_unit == "agreed"
        return Limit(self.limit_value, self.limit_unit) if is_limited else None


class LadderRung(models.Model):
    """One step of a ladder as plain values."""

    _inherit = "cx.ladder.rung"

    def _as_rung(self):
        self.ensure_one()
        return Rung(
            self.id, self.offset, self.unit, self.when, self.repeat_every or None, self.repeat_max or None,
            self.consecutive or None, self.is_quiet_outside_hours)
