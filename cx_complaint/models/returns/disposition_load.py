from collections import defaultdict

from odoo import api, fields, models

from ...rules import days


class Disposition(models.Model):
    """What the planner looks at when he issues rework: hours of work, and how full the work centre is that week."""

    _inherit = "cx.disposition"

    workcenter_id = fields.Many2one(
        "mrp.workcenter", string="Work Center", compute="_compute_work", compute_sudo=True,
        help="Of the first operation that is not done.")
    work_hours = fields.Float(
        string="Hours of Work", compute="_compute_work", compute_sudo=True,
        help="Expected by the open work orders, else by the scheme.")
    load_hours = fields.Float(
        string="Booked Hours", compute="_compute_load", compute_sudo=True,
        help="Open work orders of the work center in the week of the planned start, production and rework together.")
    capacity_hours = fields.Float(
        compute="_compute_load", compute_sudo=True, help="Working hours of the work center in that week.")
    load_rate = fields.Float(string="Load (%)", compute="_compute_load", compute_sudo=True, aggregator=None)

    @api.depends("scheme_id.operation_ids", "quantity", "production_ids.workorder_ids.duration_expected",
                 "production_ids.workorder_ids.state")
    def _compute_work(self):
        for disposition in self:
            orders = disposition.production_ids.filtered(lambda order: order.state != "cancel")
            work = orders.workorder_ids.filtered(lambda order: order.state not in ("done", "cancel"))
            operations = disposition.scheme_id.operation_ids
            if orders:
                disposition.workcenter_id = work[:1].workcenter_id
                disposition.work_hours = sum(work.mapped("duration_expected")) / 60
            else:
                disposition.workcenter_id = operations[:1].workcenter_id
                disposition.work_hours = sum(operations.mapped("minutes")) * disposition.quantity / 60

    @api.depends("workcenter_id", "planned_date", "production_ids.date_start")
    def _compute_load(self):
        weeks = {disposition: disposition._week() for disposition in self}
        booked = self._booked_minutes(weeks)
        capacity = {}
        for disposition, (monday, end) in weeks.items():
            center = disposition.workcenter_id
            key = center, monday
            if key not in capacity:
                capacity[key] = disposition._capacity(center, monday, end)
            disposition.load_hours = sum(
                minutes for (other, day), minutes in booked.items() if other == center and monday <= day < end) / 60
            disposition.capacity_hours = capacity[key]
            disposition.load_rate = (
                100 * disposition.load_hours / capacity[key] if capacity[key] else 0.0)

    def _week(self):
        """Monday and the Monday after of the week in which the work is planned; of this week where it is not."""
        self.ensure_one()
        orders = self.production_ids.filtered(lambda order: order.state not in ("done", "cancel"))
        day = self.planned_date or (orders and days.day_of(min(orders.mapped("date_start")), self._timezone()))
        return days.week_of(day or fields.Date.context_today(self))

    def _booked_minutes(self, weeks):
        """Expected minutes of the open work orders of our work centers, by ``(work center, day)``; one query."""
        booked = defaultdict(float)
        if not weeks or not self.workcenter_id:
            return booked
        for center, day, minutes in self.env["mrp.workorder"]._read_group([
            ("workcenter_id", "in", self.workcenter_id.ids), ("state", "not in", ("done", "cancel")),
            ("production_date", ">=", min(monday for monday, _end in weeks.values())),
            ("production_date", "<", max(end for _monday, end in weeks.values())),
        ], ["workcenter_id", "production_date:day"], ["duration_expected:sum"]):
            booked[center, day.date()] += minutes
        return booked

    def _capacity(self, center, monday, end):
        """Working hours of a work center between two days, its leaves and those of the company taken off."""
        calendar = center.resource_calendar_id
        if not calendar:
            return 0.0
        timezone = center.tz or self._timezone()
        return calendar.get_work_hours_count(
            days.midnight(monday, timezone), days.midnight(end, timezone),
            domain=[("time_type", "=", "leave"), ("resource_id", "in", (False, center.resource_id.id))])

    def action_view_work_orders(self):
        """Everything that is booked on the work centers of these dispositions."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Work Orders"),
            "res_model": "mrp.workorder",
            "view_mode": "list,form",
            "domain": [("workcenter_id", "in", self.workcenter_id.ids), ("state", "not in", ("done", "cancel"))],
            "context": {"create": False},
        }
