"""Working time of calendars for many clocks at once: read once per calendar, and only as much as is asked for."""

from datetime import timezone

from dateutil.relativedelta import relativedelta

from odoo import api, models, tools

from ...rules.clock import NoWorkingTime, OutOfRange, Spans, due, range_for
from ...rules.limits import UNITS, WORKING, WORKING_DAYS

_WORKED = frozenset(unit for unit, (kind, _size) in UNITS.items() if kind in (WORKING, WORKING_DAYS))
_ATTEMPTS = 6  # each range is three times as long as the one before it: twenty years and more


class WorkingTime:
    """What was read of calendars so far, for the length of one operation."""

    def __init__(self):
        self.known = {}

    def ask(self, calendar, company, question, moments, zone=None):
        """The answer to a question about working time around some moments.

        :param calendar: ``resource.calendar``, or none: every hour is worked
        :param company: whose public holidays count
        :param question: called with :class:`Spans`, again with longer ones where they were too short
        :param zone: in which days begin and end; None: that of the calendar
        :raises NoWorkingTime: the calendar is closed for good
        """
        for spans in self._longer_and_longer(calendar, company, (), moments, zone):
            answer = _tried(question, spans)
            if answer not in (OutOfRange, NoWorkingTime):
                return answer
            if answer is NoWorkingTime:
                break
        raise NoWorkingTime(f"{calendar.display_name} has no hours")

    def ask_anyway(self, calendar, company, question, moments):
        """The same; where the calendar has no hours, as if every hour were worked."""
        try:
            return self.ask(calendar, company, question, moments)
        except NoWorkingTime:
            return self.ask(calendar.browse(), company, question, moments, zone_of(calendar, company))

    def dues(self, calendar, company, clocks):
        """When each of many clocks is due, and which of them stand because the calendar has no hours.

        :param clocks: list of :class:`Clock`
        :return: list of moments in their order, None for what is never due, and positions of those that stand
        """
        found, left, standing = [None] * len(clocks), list(range(len(clocks))), []
        if not any(is_worked(clock.limit.unit) for clock in clocks):
            spans = [self._zone_only(calendar, company, clocks)]
        else:
            spans = self._longer_and_longer(calendar, company, clocks)
        for known in spans:
            for position in left:
                clock = clocks[position]
                found[position] = _tried(lambda spans, clock=clock: due(
                    clock.start, clock.limit, spans, clock.pauses, clock.extra, clock.agreed), known)
            standing += [position for position in left if found[position] is NoWorkingTime]
            left = [position for position in left if found[position] is OutOfRange]
            if not left:
                break
        standing += left
        for position in standing:
            found[position] = None
        return found, standing

    def _zone_only(self, calendar, company, clocks):
        """What suffices for clocks that count no working time; nothing is read."""
        return Spans([], zone_of(calendar, company), *range_for(clocks))

    def _longer_and_longer(self, calendar, company, clocks, moments=(), zone=None):
        """Working time of a range, then of longer ones; it ends at once where there are no hours at all."""
        if not clocks and not moments:
            return
        begin, end = range_for(clocks, moments)
        zone = zone or zone_of(calendar, company)
        for _attempt in range(_ATTEMPTS):
            yield self._spans(calendar, company, zone, begin, end)
            if not _has_hours(calendar):
                return
            begin, end = begin - (end - begin), end + (end - begin)

    def _spans(self, calendar, company, zone, begin, end):
        key = calendar.id, company.id, zone
        known = self.known.get(key)
        if known and known.begin <= begin and end <= known.end:
            return known
        if known:
            begin, end = min(begin, known.begin), max(end, known.end)
        self.known[key] = calendar._cx_spans(calendar.id, company.id, zone, *_whole_months(begin, end))
        return self.known[key]


def is_worked(unit):
    """Whether a unit counts working time."""
    return unit in _WORKED


def zone_of(calendar, company):
    """The zone in whose days the working time is written."""
    return calendar._cx_zone(calendar.id) if calendar else company.sudo().partner_id.tz or "UTC"  # sudo: res.partner - the zone


def _has_hours(calendar):
    calendar = calendar.sudo()  # sudo: resource.calendar - as in _cx_spans
    return not calendar or calendar.flexible_hours or bool(calendar.attendance_ids)


def _tried(question, spans):
    """The answer, or the class of the error that there was instead."""
    try:
        return question(spans)
    except (OutOfRange, NoWorkingTime) as error:
        return type(error)


def _whole_months(begin, end):
    """The range in whole months: many clocks ask for the same one, so that it is worth keeping."""
    begin = begin.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    end = end.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    return begin, end + relativedelta(months=1)


class ResourceCalendar(models.Model):
    """Working time as the rules read it; kept until a working time or a holiday changes, see models/erp/working_time.py."""

    _inherit = "resource.calendar"

    @api.model
    @tools.ormcache("calendar_id")
    def _cx_zone(self, calendar_id):
        return self.sudo().browse(calendar_id).tz  # sudo: resource.calendar - the zone only

    @api.model
    @tools.ormcache("calendar_id", "company_id", "zone", "begin", "end")
    def _cx_spans(self, calendar_id, company_id, zone, begin, end):
        """Working time of a calendar in a range. Without a calendar, and in one whose hours are free, every hour is one.

        :param company_id: whose public holidays count, beside those of the calendar
        """
        # sudo: resource.calendar, resource.calendar.leaves - when people work, for whoever looks at a clock
        calendar = self.sudo().browse(calendar_id or ())
        if not calendar or calendar.flexible_hours:
            return Spans([(begin, end)], zone, begin, end)
        holidays = [("time_type", "=", "leave"), ("company_id", "in", (False, company_id))]
        intervals = calendar._work_intervals_batch(begin, end, domain=holidays)[False]
        return Spans([
            (first.astimezone(timezone.utc), last.astimezone(timezone.utc)) for first, last, _attendance in intervals],
            zone, begin, end)
