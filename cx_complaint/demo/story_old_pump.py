from odoo import api, models


class DemoOldPump(models.AbstractModel):
    """A pump of three years ago: out of warranty, so the hospital is asked before it comes back, and told a price."""

    _inherit = "cx.demo"

    @api.model
    def _tell_old_pump(self):
        ref = self.env.ref
        complaint = self._complain(
            {
                "summary": "Old infusion pump does not start any more",
                "partner_id": ref("cx_complaint.partner_harbour").id,
                "channel_id": ref("cx_complaint.channel_phone").id, "caller_name": "Sam Ortiz, facilities",
                "received_on": self._ago(2),
            },
            {
                "product_id": ref("cx_complaint.product_pump").id, "quantity": 1, "is_lot_unknown": True,
                "shipped_date": self._ago(1130).date(), "defect_id": ref("cx_complaint.defect_function").id,
                "name": "No reaction to the power key", "detection_point": "field", "wish": "repair",
                "return_decision": "repair",
            })
        complaint.action_confirm()
        line = complaint.line_ids
        line.action_propose_charge()
        line.settlement_ids.write({"labour_amount": 180.0, "parts_amount": 46.0})
