from odoo import api, models


class DemoSmallBatch(models.AbstractModel):
    """Forty RoHS drivers of two lots fail in the customer's incoming inspection.

    Some are good, most are reworked, a few are scrap: one rework order is done, the other one waits.
    """

    _inherit = "cx.demo"

    @api.model
    def _tell_small_batch(self):
        ref = self.env.ref
        driver = ref("cx_complaint.product_driver")
        first, second = self._lots(driver, "LED24-2608-A", "LED24-2608-B")
        self._stock(driver, 200, first)
        self._stock(driver, 200, second)
        self._stock(ref("cx_complaint.product_capacitor"), 1500)
        order = self._sell(ref("cx_complaint.partner_north"), driver, 80, {first: 50, second: 30}, days=35)
        complaint = self._complain(
            {
                "summary": "Drivers fail in burn-in after two hours",
                "partner_id": ref("cx_complaint.partner_north").id,
                "channel_id": ref("cx_complaint.channel_mail").id,
                "email": "service@northwind-lighting.example.com", "severity": "major", "urgency": "1",
                "received_on": self._ago(9), "customer_date": self._ago(10).date(),
                "demand": "Rework or replace the failing drivers; cause in 8D form within two weeks.",
                "reference_ids": [
                    (0, 0, {"kind": "complaint", "number": "NWL-8D-2231"}),
                    (0, 0, {"kind": "return_note", "number": "RN-40518"}),
                ],
            },
            {
                "product_id": driver.id, "quantity": 40, "sale_line_id": order.order_line.id,
                "origin_move_id": order.picking_ids.move_ids.id, "lot_ids": [(6, 0, (first | second).ids)],
                "defect_id": ref("cx_complaint.defect_function").id, "name": "No output after two hours at 60 °C",
                "detection_point": "incoming", "wish": "repair", "return_decision": "return",
                "defect_rate": 50.0,
            })
        complaint.action_confirm()
        complaint.action_investigate()
        rma = self._return(complaint, limit_date=self._ago(-18).date(), requirement=complaint.demand)
        self._tell(rma, "Rhenus", "RH-7720-4418")
        self._receive(rma, lots={first: 24, second: 16})
        dispositions = self._inspect(
            rma.line_ids,
            self._finding("good", 6, lots=first, note="No fault found in 8 h burn-in"),
            self._finding("rework", 18, "function", first, "C7 dried out"),
            self._finding("rework", 12, "function", second, "C7 dried out"),
            self._finding("scrap", 4, "damage", second, "Housing cracked"),
            scheme=ref("cx_complaint.scheme_driver_capacitor"),
            cause="Electrolytic capacitor C7 of supplier batch 2026-03 dries out: the supplier changed the sealing.")
        self._carry_out_small_batch(dispositions, first)

    def _carry_out_small_batch(self, dispositions, finished_lot):
        """Good ones back to stock, scrap scrapped, one lot reworked and released, the other one in work."""
        rework = dispositions.filtered(lambda disposition: disposition.work == "rework")
        self._as("planning", rework).action_create_rework_orders()
        self._as("quality", dispositions - rework).action_execute()
        self._transfer(dispositions - rework)
        done = rework.filtered(lambda disposition: finished_lot in disposition.lot_ids)
        self._finish(done.production_ids)
        self._as("quality", done).action_release()
        self._transfer(done)
