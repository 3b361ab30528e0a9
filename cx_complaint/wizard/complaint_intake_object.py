from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain


class ComplaintIntake(models.TransientModel):
    """What the call is about, by its number: found however it is written, or registered with the case.

    :source: S2.13-14, S2.13-19, S2.16-21
    """

    _name = "cx.complaint.intake"
    _inherit = "cx.complaint.intake"

    object_number = fields.Char(
        string="Object", help="Plate, order, site or machine number; spaces, dashes and capitals do not matter.")
    object_kind_id = fields.Many2one(
        "cx.object.kind", string="Kind of Object", domain="[('company_id', 'in', (False, company_id))]",
        default=lambda self: self.env.company.cx_object_kind_id)
    object_text = fields.Char(compute="_compute_object_text")

    @api.depends("object_number", "object_kind_id", "company_id")
    def _compute_object_text(self):
        for intake in self:
            found = intake._known_objects()
            if not intake.object_number:
                intake.object_text = False
            elif len(found) == 1:
                intake.object_text = self.env._("Known: %(object)s", object=found.display_name)
            elif intake.object_kind_id:
                intake.object_text = self.env._("Not known yet; it is registered with the complaint.")
            else:
                intake.object_text = self.env._("Choose what kind of object it is.")

    @api.depends("object_number", "object_kind_id")
    def _compute_case_ids(self):
        return super()._compute_case_ids()

    @api.onchange("object_number", "object_kind_id")
    def _onchange_object_number(self):
        found = self._known_objects().sudo(False)
        if len(found) == 1 and found.has_access("read"):
            self.partner_id = self.partner_id or found.partner_id
            self.caller_name = self.caller_name or found.contact_name
            self.phone = self.phone or found.phone

    def action_register(self):
        """Register the object as well, where it is not known yet."""
        self.ensure_one()
        if self.object_number and not self._known_objects():
            if not self.object_kind_id:
                raise UserError(self.env._(
                    "“%(number)s” is not known yet. Choose what kind of object it is.", number=self.object_number))
            # sudo: cx.object - who may register a case names what it is about
            self.env["cx.object"].sudo().create(self._prepare_object_vals())
        return super().action_register()

    def _prepare_object_vals(self):
        return {
            "company_id": self.company_id.id, "kind_id": self.object_kind_id.id, "identifier": self.object_number,
            "partner_id": self.partner_id.id, "contact_name": self.caller_name, "phone": self.phone,
        }

    def _prepare_complaint_vals(self):
        vals = super()._prepare_complaint_vals()
        known = self._known_objects()
        if len(known) > 1:
            raise UserError(self.env._(
                "“%(number)s” is the number of several objects: %(kinds)s. Choose the kind of object.",
                number=self.object_number, kinds=", ".join(known.kind_id.mapped("name"))))
        if known:
            vals["line_ids"] = [Command.create({"object_id": known.id, "name": self.summary})]
        return vals

    def _known_objects(self):
        """Those with the number, as superuser: whoever speaks with the caller is told that it is known."""
        self.ensure_one()
        if not self._is_own_company():
            return self.env["cx.object"].sudo()
        # sudo: cx.object - found by its number; the form shows number and description of it, nothing else
        return self.env["cx.object"].sudo()._find(self.object_number, self.company_id, self.object_kind_id)

    def _caller_domains(self):
        """An open case of the object is the caller's as well."""
        known = self._known_objects()
        return super()._caller_domains() + ([Domain("line_ids.object_id", "in", known.ids)] if known else [])
