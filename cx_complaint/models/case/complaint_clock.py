from datetime import timedelta
from typing import NamedTuple

from odoo import models

from ...rules import bands, clock
from .complaint_events import aware
from .working_time import is_worked, zone_of


class Reading(NamedTuple):
    """The clock of a task with what is needed to read it."""

    clock: clock.Clock
    calendar: models.Model
    company: models.Model

    def ask(self, hours, question, *moments):
        """What ``question`` says about working time around some moments; of clocks that count none nothing is read.

        :param hours: :class:`WorkingTime`
        :param question: called with the working time, or with None where it is not counted
        :raises NoWorkingTime: the calendar has no hours
        """
        if not is_worked(self.clock.limit.unit):
            return question(None)
        return hours.ask(self.calendar, self.company, question, [aware(moment) for moment in moments if moment])


class Complaint(models.Model):
    """What the clocks of a case follow from: its rulebook's working time, distance, reach, pauses and the date agreed."""

    _inherit = "cx.complaint"

    def _calendar(self):
        """The working time that the case is measured with."""
        case = self.sudo()  # sudo: cx.procedure, res.company - which working time is used
        return case.procedure_id.calendar_id or case.company_id.resource_calendar_id

    def _zone(self):
        """In which days begin and end for the case."""
        return zone_of(self._calendar(), self.company_id)

    def _limit_of(self, rule):
        """The limit of a milestone in this case, or None: no clock, or nobody has decided it yet."""
        case = self.sudo()  # sudo: cx.complaint - distance and reach of the case
        if rule.unreachable and case.is_unreachable:
            return rule.unreachable
        if rule.bands:  # as long as nobody has entered a distance the shortest one counts: rather too early than too late
            return bands.pick_band(case.distance_km, rule.bands)
        return rule.limit

    def _pauses_of(self, rule):
        """The intervals in which the case waits, as far as they stop the clock of a milestone; an open one ends with None."""
        if not rule.is_pausable:
            return ()
        waits = self.sudo().waiting_ids  # sudo: cx.waiting - when the case waited
        return tuple((aware(wait.from_on), aware(wait.until_on) or None) for wait in waits)

    def _reading(self, rule, started, calendar, extra=timedelta(0)):
        """The clock of a milestone that began at an aware moment, or None: it has no limit."""
        limit = self._limit_of(rule)
        agreed = aware(self.sudo().agreed_on) or None  # sudo: cx.complaint - the date agreed
        return limit and Reading(
            clock.Clock(started, limit, self._pauses_of(rule), extra, agreed), calendar, self.company_id)
