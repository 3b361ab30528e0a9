from odoo import api, fields, models
from odoo.fields import Command


class DemoParcels(models.AbstractModel):
    """The dock on an ordinary day: what is on its way, what waits to be counted, what nobody knows, what nobody fetches."""

    _inherit = "cx.demo"

    @api.model
    def _tell_parcels(self):
        """Four parcels: announced for our driver, arrived and not counted, goods for no RMA, not collected in time."""
        clamp, partner = self.env.ref("cx_complaint.product_clamp"), self.env.ref("cx_complaint.partner_harbour")
        self._stock(clamp, 60)
        sold = self._sell(partner, clamp, 40, days=20).picking_ids.move_ids
        self._tell_fetched_by_driver(sold)
        self._tell_arrived_not_counted(sold)
        self._tell_without_rma(sold)
        self._tell_not_collected(sold)

    def _clamps_back(self, sold, quantity, summary):
        """An authorised return of so many clamps."""
        complaint = self._complain(
            {
                "summary": summary, "partner_id": sold.partner_id.id,
                "channel_id": self.env.ref("cx_complaint.channel_hotline").id, "received_on": self._ago(5),
            },
            {
                "product_id": sold.product_id.id, "quantity": quantity, "origin_move_id": sold.id,
                "sale_line_id": sold.sale_line_id.id, "defect_id": self.env.ref("cx_complaint.defect_surface").id,
                "name": summary, "detection_point": "production", "wish": "exchange", "return_decision": "return",
            })
        complaint.action_confirm()
        return self._return(complaint)

    def _tell_fetched_by_driver(self, sold):
        """Our driver is asked to bring two cartons; he takes the return note along."""
        rma = self._clamps_back(sold, 6, "Six clamps scratched")
        self._as("sales", self.env["cx.consignment"]).create({
            "rma_ids": [Command.set(rma.ids)], "pickup": "own", "driver_id": self.env.ref("cx_complaint.user_warehouse").id,
            "pieces_announced": 2, "expected_date": fields.Date.add(fields.Date.today(), days=1),
        }).action_announce()

    def _tell_arrived_not_counted(self, sold):
        """Came by express this morning, stands at the dock."""
        rma = self._clamps_back(sold, 4, "Four clamps bent")
        consignment = self._as("service", self.env["cx.consignment"]).create({
            "rma_ids": [Command.set(rma.ids)], "waybill": "SF-1090-4471", "carrier_name": "SF Express",
            "channel": "express", "pieces_announced": 1,
        })
        consignment.action_announce()
        self._as("warehouse", consignment).action_arrive()

    def _tell_without_rma(self, sold):
        """A carton that nobody announced: in quarantine, customer service is to find out what it is about."""
        consignment = self._as("warehouse", self.env["cx.consignment"]).create({
            "waybill": "1Z-70-114", "partner_id": sold.partner_id.id, "carrier_name": "UPS", "channel": "air",
            "pieces_arrived": 1, "packing": "damaged", "freight_terms": "collect", "freight_amount": 48.0,
        })
        consignment.action_arrive()
        self._as("warehouse", self.env["cx.consignment.receive"]).create({
            "consignment_id": consignment.id,
            "line_ids": [Command.create({"product_id": sold.product_id.id, "quantity": 3})],
        }).action_receive()

    def _tell_not_collected(self, sold):
        """Placed eight days ago; quality has not fetched it."""
        rma = self._clamps_back(sold, 5, "Five clamps with rust")
        consignment = self._as("service", self.env["cx.consignment"]).create({
            "rma_ids": [Command.set(rma.ids)], "waybill": "DHL-5522-908", "carrier_name": "DHL", "channel": "post",
            "pieces_announced": 1,
        })
        consignment.action_announce()
        clerk = self._as("warehouse", consignment)
        clerk.action_arrive()
        clerk.pieces_arrived = 1
        clerk.action_count()
        self._receive(rma)
        consignment.sudo().write({event: self._ago(8) for event in ("arrived_on", "counted_on", "placed_on")})
