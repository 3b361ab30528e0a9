from datetime import timedelta

from odoo import api, fields, models


class DemoOpenCases(models.AbstractModel):
    """What waits for somebody: a call of this morning, and goods on their way to the dock."""

    _inherit = "cx.demo"

    @api.model
    def _tell_new_call(self):
        """Only who, one sentence and a phone number are known."""
        self._as("service", self.env["cx.complaint"]).create({
            "summary": "Two pumps show error E-07 since the last update",
            "caller_name": "Mr. Novak, night shift", "phone": "+1 617 555 0163", "urgency": "1",
            "channel_id": self.env.ref("cx_complaint.channel_hotline").id, "received_on": fields.Datetime.now() - timedelta(minutes=50),
        })

    @api.model
    def _tell_waiting_at_dock(self):
        """Ten drivers, authorised and shipped; the clerk only has to count them."""
        ref = self.env.ref
        driver, partner = ref("cx_complaint.product_driver"), ref("cx_complaint.partner_pearl")
        lot = self._lots(driver, "LED24-2609-C")
        self._stock(driver, 60, lot)
        order = self._sell(partner, driver, 25, {lot: 25}, days=14)
        complaint = self._complain(
            {
                "summary": "Ten drivers too dim", "partner_id": partner.id,
                "channel_id": ref("cx_complaint.channel_our_visit").id, "received_on": self._ago(3),
            },
            {
                "product_id": driver.id, "quantity": 10, "sale_line_id": order.order_line.id,
                "origin_move_id": order.picking_ids.move_ids.id, "lot_ids": [(6, 0, lot.ids)],
                "defect_id": ref("cx_complaint.defect_function").id, "name": "Output current 12 % low",
                "detection_point": "production", "wish": "exchange", "return_decision": "return",
            })
        complaint.action_confirm()
        self._tell(self._return(complaint), "SF Express", "SF-1088-2207")
