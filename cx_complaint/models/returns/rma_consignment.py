from odoo import Command, fields, models
from odoo.exceptions import UserError


class Rma(models.Model):
    """The parcels in which the goods of an RMA arrive."""

    _inherit = "cx.rma"

    consignment_ids = fields.Many2many(
        "cx.consignment", "cx_consignment_rma_rel", "rma_id", "consignment_id", string="Consignments",
        check_company=True, copy=False)
    consignment_count = fields.Integer(string="Parcels", compute="_compute_consignment_count")

    def _compute_consignment_count(self):
        for rma in self:
            rma.consignment_count = len(rma.consignment_ids)

    def action_announce_consignment(self):
        """Announce the parcel in which the goods of these RMAs come, and open it.

        :raises UserError: naming the RMAs that are not on their way, or do not belong into one parcel
        """
        self.env["cx.consignment"]._check_may("announce")
        if not self:
            raise UserError(self.env._("Choose the RMAs whose goods come in the parcel."))
        idle = self.filtered(lambda rma: rma.state not in ("authorised", "receiving"))
        if idle:
            raise UserError("\n".join(self.env._(
                "%(rma)s is %(state)s. Goods are announced while an authorised RMA waits for them.",
                rma=rma.display_name, state=dict(rma._fields["state"]._description_selection(self.env))[rma.state])
                for rma in idle))
        if len(self.partner_id.commercial_partner_id) > 1 or len(self.warehouse_id) > 1:
            raise UserError(self.env._(
                "%(rmas)s are of several customers or warehouses. Announce one parcel for each.",
                rmas=", ".join(self.mapped("display_name"))))
        consignment = self.env["cx.consignment"].create(self._prepare_consignment_vals())
        consignment.action_announce()
        return consignment._get_records_action()

    def action_view_consignments(self):
        """Open the parcels of this RMA."""
        return self.consignment_ids._get_records_action()

    def _prepare_consignment_vals(self):
        first = self[:1]
        return {
            "company_id": first.company_id.id,
            "warehouse_id": first.warehouse_id.id,
            "partner_id": first.partner_id.id,
            "rma_ids": [Command.set(self.ids)],
            "carrier_name": first.carrier_name,
            "waybill": first.tracking_number,
        }
