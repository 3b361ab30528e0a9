from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ...rules.blocker import Blocker

# date of the line: event of the object that it follows
_DATES = {"purchased_on": "purchase", "accepted_on": "acceptance", "shipped_date": "delivery"}


class ComplaintLine(models.Model):
    """A line about an object: its number, the service event complained of, its phase, warranties that start with it.

    :source: S2.03-7, S2.13-19, S2.16-21, S2.19-20
    """

    _name = "cx.complaint.line"
    _inherit = "cx.complaint.line"

    object_id = fields.Many2one(
        "cx.object", check_company=True, index="btree_not_null", ondelete="restrict",
        help="Vehicle, site, machine or purchase that it is about. Type its number; a new one can be made at once.")
    service_event_id = fields.Many2one(
        "cx.service.event", check_company=True, index="btree_not_null", ondelete="set null",
        compute="_compute_service_event_id", store=True, readonly=False,
        help="The repair, delivery or visit that is complained of.")
    object_phase_id = fields.Many2one(
        "cx.object.phase", string="Phase", compute="_compute_object_phase_id", store=True, index="btree_not_null",
        ondelete="set null", help="In which phase the object was when the complaint came.")
    purchased_on = fields.Date(compute="_compute_purchased_on", store=True, readonly=False)
    accepted_on = fields.Date(compute="_compute_accepted_on", store=True, readonly=False)
    customer_company_id = fields.Many2one(related="complaint_id.commercial_partner_id", string="Customer's Company")
    user_company_id = fields.Many2one(
        related="complaint_id.end_customer_id.commercial_partner_id", string="End Customer's Company")

    def write(self, vals):
        if "object_id" in vals:
            self._forget_object_dates()
        return super().write(vals)

    # What the object tells

    @api.depends("object_id")
    def _compute_service_event_id(self):
        for line in self:
            if line.service_event_id.object_id != line.object_id:
                line.service_event_id = False

    @api.depends("object_id")
    def _compute_purchased_on(self):
        for line in self:
            line.purchased_on = line.object_id.purchased_on or line.purchased_on

    @api.depends("object_id")
    def _compute_accepted_on(self):
        for line in self:
            line.accepted_on = line.object_id.accepted_on or line.accepted_on

    @api.depends("object_id")
    def _compute_shipped_date(self):
        """A delivery from stock is known better than the object's."""
        result = super()._compute_shipped_date()
        for line in self.filtered(lambda line: line.object_id and not line.origin_move_id):
            line.shipped_date = line.object_id.delivered_on or line.shipped_date
        return result

    @api.depends("object_id")
    def _compute_site_phase(self):
        """What is accepted when it is finished is under way until then."""
        result = super()._compute_site_phase()
        for line in self:
            if not line.accepted_on and line.object_id.has_acceptance:
                line.site_phase = "ongoing"
        return result

    @api.depends("object_id", "complaint_id.received_on")
    def _compute_object_phase_id(self):
        for line in self:
            one = line.object_id
            line.object_phase_id = one._phase_on(line._complained_on()) if one else False

    @api.depends("object_id")
    def _compute_warranty(self):
        return super()._compute_warranty()

    def _follow_object(self):
        """The object's history has changed."""
        for name in (*_DATES, "site_phase", "object_phase_id"):
            self.env.add_to_compute(self._fields[name], self)
        self._judge_anew()

    def _forget_object_dates(self):
        """Take away the dates that came from the object, before they change there or the object does."""
        for line in self.filtered("object_id"):
            for name, start in _DATES.items():
                is_its_own = name == "shipped_date" and line.origin_move_id
                if line[name] and not is_its_own and line[name] == line.object_id._starting_events(start)[:1].date:
                    line[name] = False

    # Warranty

    def _is_under_warranty_rules(self):
        return super()._is_under_warranty_rules() or bool(self.object_id)

    def _warranty_product(self):
        return super()._warranty_product() or self.object_id.product_id

    def _warranty_object_kind(self):
        return self.object_id.kind_id._origin.id

    def _warranty_words(self, rule, judgement):
        if judgement.why == "no_rule" and not self.product_id:
            return self.env._("No warranty rule holds for %(object)s.", object=self.object_id.display_name)
        return super()._warranty_words(rule, judgement)

    # What must hold

    @api.constrains("object_id", "service_event_id")
    def _check_event_of_object(self):
        for line in self:
            event = line.service_event_id
            if event and event.object_id != line.object_id:
                raise ValidationError(self.env._(
                    "%(line)s: %(event)s belongs to %(object)s. Choose a service event of the object complained of.",
                    line=line.display_name, event=event.display_name, object=event.object_id.display_name))

    def _blockers_details(self):
        return super()._blockers_details() + self._blockers_object()

    def _blockers_object(self):
        """What has to be known of objects of a kind before a complaint is confirmed."""
        self.ensure_one()
        one = self.object_id
        missing = one._missing_labels() if one.kind_id.is_complete_needed else ()
        return [Blocker(
            "object_incomplete", one.display_name,
            self.env._("not known yet: %(labels)s.", labels=", ".join(missing)),
            self.env._("Ask the customer and enter it on the object."))] if missing else []
