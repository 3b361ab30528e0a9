from odoo import api, models

_LATER = object()  # a client can send the key, but never this object
_WORKING_TIME = frozenset({
    "attendance_ids", "attendance_ids_1st_week", "attendance_ids_2nd_week", "leave_ids", "global_leave_ids", "tz",
    "flexible_hours", "schedule_type", "duration_based", "two_weeks_calendar"})


class ResourceCalendar(models.Model):
    """Working time of which clocks of cases are told when it changes."""

    _inherit = "resource.calendar"

    def write(self, vals):
        if _WORKING_TIME.isdisjoint(vals):
            return super().write(vals)
        # its lines are written one by one: the clocks look once, at the end
        result = super(ResourceCalendar, self.with_context(cx_clocks_look=_LATER)).write(vals)
        self._cx_tell_clocks()
        return result

    def _cx_tell_clocks(self):
        if self.env.context.get("cx_clocks_look") is not _LATER:
            self.env.registry.clear_cache()  # see _cx_spans
            self.env["cx.task"]._on_working_time_changed(self, self.env["res.company"])


class ResourceCalendarAttendance(models.Model):
    """Hours of a working time."""

    _inherit = "resource.calendar.attendance"

    @api.model_create_multi
    def create(self, vals_list):
        attendances = super().create(vals_list)
        attendances.calendar_id._cx_tell_clocks()
        return attendances

    def write(self, vals):
        before = self.calendar_id
        result = super().write(vals)
        (before | self.calendar_id)._cx_tell_clocks()
        return result

    def unlink(self):
        """Clocks that ran in these hours are told."""
        calendars = self.calendar_id
        result = super().unlink()
        calendars._cx_tell_clocks()
        return result


class ResourceCalendarLeaves(models.Model):
    """Holidays; what one person takes off is not among them."""

    _inherit = "resource.calendar.leaves"

    @api.model_create_multi
    def create(self, vals_list):
        leaves = super().create(vals_list)
        leaves._cx_tell_clocks(*leaves._cx_closed())
        return leaves

    def write(self, vals):
        calendars, companies = self._cx_closed()
        result = super().write(vals)
        now_calendars, now_companies = self._cx_closed()
        self._cx_tell_clocks(calendars | now_calendars, companies | now_companies)
        return result

    def unlink(self):
        """Clocks that stood on these days are told."""
        closed = self._cx_closed()
        result = super().unlink()
        self._cx_tell_clocks(*closed)
        return result

    def _cx_closed(self):
        """Calendars in which these are holidays, and companies in all of whose calendars they are."""
        holidays = self.filtered(lambda leave: not leave.resource_id)
        # sudo: resource.calendar, res.company - which of them, whoever enters the holiday
        return holidays.sudo().calendar_id, holidays.filtered(lambda leave: not leave.calendar_id).sudo().company_id

    def _cx_tell_clocks(self, calendars, companies):
        if (calendars or companies) and self.env.context.get("cx_clocks_look") is not _LATER:
            self.env.registry.clear_cache()  # see _cx_spans
            self.env["cx.task"]._on_working_time_changed(calendars, companies)


class ResCompany(models.Model):
    """The working time of a company."""

    _inherit = "res.company"

    def write(self, vals):
        result = super().write(vals)
        if "resource_calendar_id" in vals:
            self.env["cx.task"]._on_working_time_changed(self.env["resource.calendar"], self)
        return result
