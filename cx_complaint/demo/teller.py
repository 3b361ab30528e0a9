from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Command


class DemoTeller(models.AbstractModel):
    """Tells the stories of the demo data: every step is the step of the person whose job it is.

    Only demo files call it; nothing here can be called from outside.
    """

    _name = "cx.demo"
    _description = "Stories of the Demo Data"

    @api.model
    def _prepare(self):
        """What every story needs: quarantine, which a hook makes after the demo data only, and released schemes.

        The company has everything, so that everything is to be seen.
        """
        self._warehouse().company_id.write({"cx_has_group": True, "cx_has_penalties": True})
        self._warehouse()._cx_ensure_quarantine()
        schemes = self.env.ref("cx_complaint.scheme_driver_capacitor") | self.env.ref("cx_complaint.scheme_pump_seal")
        self._as("engineering", schemes).action_release()

    def _as(self, login, records):
        """``records`` in the hands of the demo user of this function."""
        user = self.env.ref(f"cx_complaint.user_{login}")
        return records.with_user(user).with_company(user.company_id).with_context(
            mail_notify_force_send=False, skip_sms=True, allowed_company_ids=user.company_id.ids)

    def _ago(self, days, hour=9):
        """A moment in the past, on the hour."""
        return fields.Datetime.now().replace(hour=hour, minute=10, second=0, microsecond=0) - timedelta(days=days)

    def _warehouse(self):
        company = self.env.ref("base.main_company")
        return self.env["stock.warehouse"].search([("company_id", "=", company.id)], limit=1)

    # What was before the complaint

    def _lots(self, product, *names):
        return self.env["stock.lot"].create([{"name": name, "product_id": product.id} for name in names])

    def _stock(self, product, quantity, lots=None):
        """Count ``quantity`` into stock; of a serial one each."""
        self.env["stock.quant"].with_context(inventory_mode=True).create([
            {
                "product_id": product.id, "location_id": self._warehouse().lot_stock_id.id, "lot_id": lot.id,
                "inventory_quantity": 1.0 if product.tracking == "serial" else quantity,
            } for lot in lots or [self.env["stock.lot"]]
        ]).action_apply_inventory()

    def _sell(self, partner, product, quantity, lots=None, days=30, invoiced=True, **vals):
        """Sell, deliver and invoice.

        :param dict lots: quantity by lot, where the product is tracked
        :return: the order
        """
        order = self.env["sale.order"].create({
            "partner_id": partner.id, "user_id": self.env.ref("cx_complaint.user_sales").id,
            "warehouse_id": self._warehouse().id, "date_order": self._ago(days),
            "order_line": [Command.create({"product_id": product.id, "product_uom_qty": quantity})], **vals,
        })
        order.action_confirm()
        moves = order.picking_ids.move_ids
        if lots:
            moves._do_unreserve()
            moves.move_line_ids = [Command.create({
                "product_id": product.id, "lot_id": lot.id, "quantity": shipped,
                "location_id": moves.location_id.id, "location_dest_id": moves.location_dest_id.id,
            }) for lot, shipped in lots.items()]
        moves.picked = True
        order.picking_ids.with_context(skip_sms=True)._action_done()  # without the questions that other apps ask a clerk
        if invoiced:
            order._create_invoices().write({"invoice_date": self._ago(days - 1).date()})
            order.invoice_ids.action_post()
        return order

    # The complaint and the return

    def _complain(self, vals, *lines):
        """A complaint as customer service registers it, with its lines."""
        service = self.env.ref("cx_complaint.user_service")
        partner = self.env["res.partner"].browse(vals["partner_id"])
        return self._as("service", self.env["cx.complaint"]).create({
            "kind_id": self.env.ref("cx_complaint.complaint_kind_complaint").id,
            "category_id": self.env.ref("cx_complaint.category_quality").id,
            "first_responsible_id": service.id, "handler_id": service.id, "phone": partner.phone,
            "is_read_back": True, **vals, "line_ids": [Command.create(line) for line in lines],
        })

    def _return(self, complaint, **vals):
        """The RMA of a complaint, authorised; its receipt waits at the dock."""
        complaint.action_create_rma()
        rma = complaint.rma_line_ids.rma_id
        rma.write(vals)
        rma.action_authorise()
        return rma

    def _tell(self, rma, carrier, waybill):
        """Instructions, labels and form to the customer, where this machine can print; then he ships."""
        if self.env["ir.actions.report"].get_wkhtmltopdf_state() != "install":
            self._as("sales", rma).action_tell_customer()
        self._as("sales", rma).action_ship(carrier, waybill)

    def _receive(self, rma, quantities=None, lots=None):
        """The clerk counts and validates; what is not named comes as announced.

        :param dict quantities: counted quantity by product; the rest stays expected
        :param dict lots: counted quantity by lot
        """
        picking = self._as("warehouse", rma.picking_ids).filtered(lambda receipt: receipt.state not in ("done", "cancel"))
        for move in picking.move_ids:
            if quantities is not None:
                move.quantity = quantities.get(move.product_id, 0.0)
        if lots:
            self._count_lots(picking.move_ids, lots)
        picking.move_ids.filtered("quantity").picked = True
        picking.with_context(skip_backorder=True).button_validate()

    def _count_lots(self, move, lots):
        """The lots that stand on the cartons, with what was counted of each."""
        owner = move.restrict_partner_id
        move.move_line_ids.unlink()
        move.move_line_ids = [Command.create({
            "product_id": move.product_id.id, "lot_id": lot.id, "quantity": counted, "owner_id": owner.id,
            "location_id": move.location_id.id, "location_dest_id": move.location_dest_id.id,
            "picking_id": move.picking_id.id,
        }) for lot, counted in lots.items()]

    def _inspect(self, line, *findings, scheme=None, **vals):
        """An inspection in full, finished; its verdicts propose dispositions, which quality approves.

        :param scheme: how what is to be worked on is worked on
        :return: the dispositions
        """
        inspection = self._as("quality", self.env["cx.inspection"]).create({
            "rma_line_id": line.id, "is_marked": True, "line_ids": [Command.create(finding) for finding in findings],
            **vals,
        })
        inspection.action_finish()
        dispositions = inspection.disposition_ids
        dispositions.filtered(lambda disposition: disposition.work != "none").scheme_id = scheme
        dispositions.action_approve()
        return dispositions.with_env(self.env)

    def _finding(self, verdict, quantity, defect=None, lots=None, note=None):
        return {
            "verdict_id": self.env.ref(f"cx_complaint.verdict_{verdict}").id,
            "defect_id": defect and self.env.ref(f"cx_complaint.defect_{defect}").id,
            "quantity": quantity, "lot_ids": [Command.set(lots.ids)] if lots else False, "note": note,
        }

    # The goods afterwards

    def _finish(self, orders):
        """Planning closes rework orders."""
        for order in self._as("planning", orders):
            order.with_context(skip_redirection=True, skip_backorder=True).button_mark_done()

    def _transfer(self, dispositions):
        """The clerk carries out the transfers of dispositions."""
        pickings = self._as("warehouse", dispositions.move_ids.picking_id).filtered(
            lambda picking: picking.state not in ("done", "cancel") and picking.picking_type_code != "incoming")
        pickings.move_ids.picked = True
        pickings.button_validate()
