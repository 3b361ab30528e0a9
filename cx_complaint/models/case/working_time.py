"""Working time of calendars for many clocks at once: read once per calendar, and only as much as is asked for."""

from datetime import timezone

from ...rules.clock import NoWorkingTime, OutOfRange, Spans, due, range_for
from ...rules.limits import UNITS, WORKING, WORKING_DAYS

_WORKED = frozenset(unit for unit, (kind, _size) in UNITS.items() if kind in (WORKING, WORKING_DAYS))


class WorkingTime:
    """What was read of calendars so far, for the length of one operation."""

    def __init__(self):
        self.known = {}

    def ask(self, calendar, company, question, moments):
        """The answer to a question about working time around some moments.

        :param calendar: ``resource.calendar``, or none: there is no working time
        :param company: whose public holidays count
        :param question: called with :class:`Spans`, again with longer ones where they were too short
        :raises NoWorkingTime: the calendar is closed for good
        """
        for spans in self._longer_and_longer(calendar, company, (), moments):
            answer = _tried(question, spans)
            if answer not in (OutOfRange, NoWorkingTime):
                return answer
            if answer is NoWorkingTime:
                break
        raise NoWorkingTime(f"{calendar.display_name} has no hours")

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

    def _longer_and_longer(self, calendar, company, clocks, moments=()):
        """Working time of a range, then of longer ones; it ends at once where there are no hours at all."""
        if not clocks and not moments:
            return
        begin, end = range_for(clocks, moments)
        while True:
            yield self._spans(calendar, company, begin, end)
            if not _has_hours(calendar):
                return
            begin, end = begin - (end - begin), end + (end - begin)

    def _spans(self, calendar, company, begin, end):
        known = self.known.get((calendar.id, company.id))
        if known and known.begin <= begin and end <= known.end:
            return known
        if known:
            begin, end = min(begin, known.begin), max(end, known.end)
        spans = Spans(worked(calendar, company, begin, end), zone_of(calendar, company), begin, end)
        self.known[calendar.id, company.id] = spans
        return spans


def is_worked(unit):
    """Whether a unit counts working time."""
    return unit in _WORKED


def zone_of(calendar, company):
    """The zone in whose days the working time is written."""
    return calendar.sudo().tz or company.sudo().partner_id.tz or "UTC"  # sudo: resource.calendar, res.partner - the zone only


def _has_hours(calendar):
    calendar = calendar.sudo()  # sudo: resource.calendar - as in worked
    return not calendar or calendar.flexible_hours or bool(calendar.attendance_ids)


def _tried(question, spans):
    """The answer, or the class of the error that there was instead."""
    try:
        return question(spans)
    except (OutOfRange, NoWorkingTime) as error:
        return type(error)


def worked(calendar, companies, begin, end):
    """Stretches of work; without a calendar, and in one whose hours are free, every hour is one."""
    # sudo: resource.calendar, resource.calendar.leaves - when people work, for whoever looks at a clock
    calendar = calendar.sudo()
    if not calendar or calendar.flexible_hours:
        return [(begin, end)]
    # holidays of this calendar and of the company; those of other companies are none of its business
    holidays = [("time_type", "=", "leave"), ("company_id", "in", [False, *companies.ids])]
    intervals = calendar._work_intervals_batch(begin, end, domain=holidays)[False]
    return [(first.astimezone(timezone.utc), last.astimezone(timezone.utc)) for first, last, _attendance in intervals]
