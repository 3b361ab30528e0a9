from odoo import api, models


class DemoRepairedPump(models.AbstractModel):
    """A hospital's pump leaks; it is the hospital's property, is repaired and sent back; the case is closed."""

    _inherit = "cx.demo"

    @api.model
    def _tell_repaired_pump(self):
        ref = self.env.ref
        pump = ref("cx_complaint.product_pump")
        serials = self._lots(pump, "P7-000417", "P7-000418", "P7-000419")
        self._stock(pump, 1, serials)
        self._stock(ref("cx_complaint.product_seal"), 40)
        order = self._sell(ref("cx_complaint.partner_harbour"), pump, 3, {serial: 1 for serial in serials}, days=120)
        unit = serials[1]
        complaint = self._complain(
            {
                "summary": "Infusion pump leaks at the cassette",
                "partner_id": ref("cx_complaint.partner_harbour").id,
                "channel_id": ref("cx_complaint.channel_phone").id, "caller_name": "Dr. Amelia Stone",
                "severity": "critical", "received_on": self._ago(21),
            },
            {
                "product_id": pump.id, "quantity": 1, "sale_line_id": order.order_line.id,
                "origin_move_id": order.picking_ids.move_ids.id, "lot_ids": [(6, 0, unit.ids)],
                "defect_id": ref("cx_complaint.defect_assembly").id, "name": "Drops at the cassette seal",
                "detection_point": "field", "wish": "repair", "return_decision": "repair",
            })
        complaint.action_confirm()
        rma = self._return(complaint, kind_id=ref("cx_complaint.rma_kind_repair").id)
        self._tell(rma, "UPS", "1Z-88-0417")
        self._receive(rma)
        dispositions = self._inspect(
            rma.line_ids, self._finding("repair", 1, "assembly", unit, "Seal seated askew"),
            scheme=ref("cx_complaint.scheme_pump_seal"), cause="Seal set mounted askew.")
        self._as("planning", dispositions).action_execute()
        self._finish(dispositions.production_ids)
        self._as("quality", dispositions).action_release()
        self._transfer(dispositions)
        complaint.write({
            "conclusion": "<p>The seal set was mounted askew at the first assembly.</p>",
            "solution": "<p>Repaired free of charge and sent back; leak test at 1.5 bar passed.</p>",
            "answer": "<p>Your pump P7-000418 got a new seal set, passed the leak test, and is on its way to you.</p>",
            "outcome": "established",
        })
        for step in ("investigate", "conclude", "decide", "answer"):
            getattr(complaint, f"action_{step}")()
        complaint.line_ids.write({"is_answered": True, "is_solved": True})
        if not complaint._blockers("close"):
            complaint.action_close()
