from odoo import api, models


class DemoKitInParts(models.AbstractModel):
    """Two of five lamp sets come back, the clamps first: the kit is received in its parts."""

    _inherit = "cx.demo"

    @api.model
    def _tell_kit_in_parts(self):
        ref = self.env.ref
        clamp = ref("cx_complaint.product_clamp")
        self._stock(ref("cx_complaint.product_lamp"), 60)
        self._stock(clamp, 120)
        order = self._sell(ref("cx_complaint.partner_harbour"), ref("cx_complaint.product_lamp_set"), 5, days=25)
        complaint = self._complain(
            {
                "summary": "Two lamp sets with scratched shades",
                "partner_id": ref("cx_complaint.partner_harbour").id,
                "channel_id": ref("cx_complaint.channel_letter").id, "severity": "minor",
                "received_on": self._ago(6), "customer_date": self._ago(8).date(),
            },
            {
                "product_id": ref("cx_complaint.product_lamp_set").id, "quantity": 2,
                "sale_line_id": order.order_line.id, "defect_id": ref("cx_complaint.defect_surface").id,
                "name": "Scratched shades", "detection_point": "store", "wish": "exchange",
                "return_decision": "return",
            })
        complaint.action_confirm()
        rma = self._return(complaint)
        self._receive(rma, {clamp: 4})
        complaint.line_ids.action_propose_replacement()
