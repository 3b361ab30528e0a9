from odoo import api, fields, models

from ...rules import phases


class ObjectKind(models.Model):
    """Vehicle, site, machine, purchase: what its number is called, and what has to be known of it.

    :source: S2.03-7, S2.13-19, S2.16-21, S2.19-20
    """

    _name = "cx.object.kind"
    _description = "Kind of Object"
    _inherit = ["cx.catalogue.mixin"]

    identifier_label = fields.Char(
        string="Name of Its Number", translate=True, help="What its number is called: plate number, order number …")
    has_purchase = fields.Boolean(
        string="Purchase Recorded", help="City, mall or shop, brand, amount and dates of the purchase are asked for.")
    has_address = fields.Boolean(string="Address Recorded", help="Where it stands, or was delivered to.")
    has_product = fields.Boolean(string="Product Recorded", help="It is one of our products.")
    is_complete_needed = fields.Boolean(
        string="Needed in Full",
        help="A complaint about it is confirmed only when everything is known that is recorded of this kind.")
    phase_ids = fields.One2many("cx.object.phase", "kind_id", string="Phases", copy=True)
    has_acceptance = fields.Boolean(
        string="Is Accepted", compute="_compute_has_acceptance",
        help="A phase starts with its acceptance; until then it is under way, and in warranty.")

    @api.depends("phase_ids.start_kind_id.warranty_start")
    def _compute_has_acceptance(self):
        for kind in self:
            kind.has_acceptance = "acceptance" in kind.phase_ids.start_kind_id.mapped("warranty_start")

    def _plain_phases(self):
        """The phases as plain values, for ``rules/``."""
        return [phases.Phase(
            id=phase.id, sequence=phase.sequence, start=phase.start_kind_id.id, length=phase.duration, unit=phase.unit)
            for phase in self.phase_ids]
