from markupsafe import Markup

from odoo import api, fields, models

from ...rules.blocker import Blocker


class StaffMixin(models.AbstractModel):
    """A record of a company that says who does what. What was read of the staff is forgotten when it changes."""

    _name = "cx.staff.mixin"
    _description = "Who Does What"

    _PEOPLE_FIELDS = ()  # fields that name users
    _STAFF_FIELDS = frozenset()  # fields that say who does what

    blocker_html = fields.Html(string="Still in the Way", compute="_compute_blocker_html", sanitize=False)

    @api.depends(lambda self: self._STAFF_FIELDS)
    def _compute_blocker_html(self):
        for record in self:
            blockers = record._blockers_people() if record._origin else []
            record.blocker_html = blockers and Markup("<ul class='mb-0'>%s</ul>") % Markup().join(
                Markup("<li>%s</li>") % blocker.sentence() for blocker in blockers)

    def _blockers_people(self):
        """Who is named and has left, and that nobody is there at all."""
        self.ensure_one()
        blockers = []
        # sudo: res.users - who is named is no secret to whoever may read the record
        record = self.sudo().with_context(active_test=False)
        labels = record.fields_get(self._PEOPLE_FIELDS, ["string"])
        for name in self._PEOPLE_FIELDS:
            gone = record[name] - record[name]._cx_working_in(record.company_id)
            blockers += [Blocker(
                "person_gone", self.display_name,
                self.env._("%(person)s (%(part)s) does not work here any more.", person=user.name,
                           part=labels[name]["string"]),
                self.env._("Name somebody else."),
            ) for user in gone]
        return blockers

    # ORM

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records._forget_staff(dict.fromkeys(records.company_id))
        return records

    def write(self, vals):
        if self._STAFF_FIELDS.isdisjoint(vals):
            return super().write(vals)
        before = self._staff_by_company()
        result = super().write(vals)
        self._forget_staff({**dict.fromkeys(self.company_id), **before})
        return result

    def unlink(self):
        before = self._staff_by_company()
        result = super().unlink()
        self._forget_staff(before)
        return result

    def _staff_by_company(self):
        """Who does what now in the companies of these records."""
        return {company: self.env["cx.role"]._staff(company.id) for company in self.company_id}

    def _forget_staff(self, before):
        """Who does what has changed.

        :param before: ``{company: staff before}``, None where it is not known
        """
        self.env.registry.clear_cache()
        self.env["cx.role"]._on_staff_changed(before)
