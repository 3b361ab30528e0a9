from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .warranty_rule import UNITS


class ObjectPhase(models.Model):
    """A part of an object's life that changes who looks after it: under way, accepted, within two months after that.

    :source: S2.03-7, S2.03-8a
    """

    _name = "cx.object.phase"
    _description = "Phase of an Object"
    _check_company_auto = True
    _order = "kind_id, sequence, id"

    kind_id = fields.Many2one("cx.object.kind", required=True, ondelete="cascade", index=True)
    company_id = fields.Many2one(related="kind_id.company_id", store=True, index=True)
    sequence = fields.Integer(default=10)
    name = fields.Char(required=True, translate=True)
    start_kind_id = fields.Many2one(
        "cx.service.event.kind", string="Starts With", check_company=True, index="btree_not_null", ondelete="restrict",
        help="Empty: with the object itself. The phase that started last holds; of two, the one that ends first.")
    duration = fields.Integer(string="Lasts", help="0: until another phase starts.")
    unit = fields.Selection(UNITS, default="months", required=True)

    _duration_not_negative = models.Constraint("CHECK (duration >= 0)", "A phase cannot last less than no time.")

    @api.constrains("start_kind_id", "duration")
    def _check_start_of_duration(self):
        for phase in self:
            if phase.duration and not phase.start_kind_id:
                raise ValidationError(self.env._(
                    "%(phase)s has a length but nothing that it starts with. Choose the service event from which its days"
                    " are counted, or let it last 0.", phase=phase.name))
