from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules import days


class ServiceEvent(models.Model):
    """Something that happened to an object on a day: bought, delivered, accepted, in the workshop, visited.

    :source: S2.03-7, S2.16-16, S2.19-20
    """

    _name = "cx.service.event"
    _description = "Service Event"
    _check_company_auto = True
    _order = "date desc, id desc"

    object_id = fields.Many2one(
        "cx.object", required=True, check_company=True, index=True, ondelete="cascade")
    company_id = fields.Many2one(related="object_id.company_id", store=True, index=True)
    partner_id = fields.Many2one(related="object_id.partner_id", string="Holder")
    kind_id = fields.Many2one("cx.service.event.kind", required=True, check_company=True, index=True, ondelete="restrict")
    is_visit = fields.Boolean(related="kind_id.is_visit")
    warranty_start = fields.Selection(related="kind_id.warranty_start")
    date = fields.Date(required=True, default=fields.Date.context_today)
    reference = fields.Char(help="Number of the work order, the acceptance sheet or the invoice.")
    signed_by = fields.Char(help="Who signed for the customer.")
    place = fields.Char(help="Workshop or branch.")
    user_id = fields.Many2one("res.users", string="Done By", default=lambda self: self.env.user)
    complaint_id = fields.Many2one(
        "cx.complaint", check_company=True, index="btree_not_null", ondelete="set null",
        help="The complaint that it was done for.")
    note = fields.Char()

    @api.depends("kind_id.name", "date", "reference")
    def _compute_display_name(self):
        for event in self:
            words = (event.kind_id.name, event.date and fields.Date.to_string(event.date), event.reference)
            event.display_name = " · ".join(filter(None, words))

    def _tell_rulebooks(self):
        """What happens to an object begins and ends tasks of its open cases."""
        if self.env["cx.complaint"]._is_rulebook_used():
            self.env["cx.complaint"]._tell_rulebooks(self.object_id._open_lines(), "complaint_id")

    def _rulebook_moment(self):
        """The begin of the day's work: of an event only the day is known."""
        self.ensure_one()
        zone = self.company_id.resource_calendar_id.tz or "UTC"
        return days.start_of_work(self.date, zone)

    @api.constrains("date")
    def _check_has_happened(self):
        latest = fields.Date.add(fields.Date.context_today(self), days=1)  # elsewhere it may be tomorrow already
        for event in self:
            if event.date > latest:
                raise ValidationError(self.env._(
                    "%(event)s of %(object)s is still to come. Enter it when it has happened; plan it as an activity.",
                    event=event.display_name, object=event.object_id.display_name))

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create(vals_list)
        events.object_id._on_history_changed()
        events._tell_rulebooks()
        return events

    def write(self, vals):
        if not {"date", "kind_id", "object_id"} & vals.keys():
            return super().write(vals)
        objects = self.object_id
        objects._open_lines()._forget_object_dates()
        result = super().write(vals)
        (objects | self.object_id)._on_history_changed()
        return result

    def unlink(self):
        objects = self.object_id
        objects._open_lines()._forget_object_dates()
        result = super().unlink()
        objects.exists()._on_history_changed()
        return result
