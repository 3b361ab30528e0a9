from odoo import api, fields, models


class StockReturnPicking(models.TransientModel):
    """Core's Return button on a delivery, where the company wants returned goods in quarantine."""

    _inherit = "stock.return.picking"

    def _prepare_picking_default_values_based_on(self, picking):
        vals = super()._prepare_picking_default_values_based_on(picking)
        if picking._cx_returns_into_quarantine():
            picking_type = picking.picking_type_id.warehouse_id.cx_return_type_id
            vals.update(
                picking_type_id=picking_type.id,
                location_dest_id=picking_type.default_location_dest_id.id,
                # nobody agreed to take them back yet: they are the customer's until an RMA takes them over
                owner_id=picking.partner_id.commercial_partner_id.id,
            )
        return vals


class StockReturnPickingLine(models.TransientModel):
    _inherit = "stock.return.picking.line"

    def _prepare_move_default_values(self, new_picking):
        vals = super()._prepare_move_default_values(new_picking)
        if new_picking.picking_type_id.cx_role == "return":
            # what is credited in the end lowers the order, not what was received
            vals["to_refund"] = False
        return vals


class StockPicking(models.Model):
    _inherit = "stock.picking"

    cx_is_return_requested = fields.Boolean(
        string="Return Opens a Request", compute="_compute_cx_is_return_requested",
        help="The company wants a return request where Odoo's Return button stands, and the user may write one.")

    @api.depends("company_id.cx_return_button", "picking_type_id.code")
    @api.depends_context("uid")
    def _compute_cx_is_return_requested(self):
        may = any(self.env.user.has_group(f"cx_complaint.group_{name}") for name in ("service", "sales"))
        for picking in self:
            picking.cx_is_return_requested = (
                may and picking.company_id.cx_return_button == "request" and picking.picking_type_code == "outgoing")

    def _cx_returns_into_quarantine(self):
        """Whether core's return of this transfer goes into quarantine: deliveries to customers, where it is set so.

        Who may not write return requests gets quarantine where the company wants requests.
        """
        self.ensure_one()
        return bool(
            self.company_id.cx_return_button != "core" and self.picking_type_code == "outgoing"
            and self.location_dest_id.usage == "customer" and self.picking_type_id.warehouse_id.cx_return_type_id.active
            and self.picking_type_id.cx_role != "back")
