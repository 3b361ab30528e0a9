from odoo import api, models
from odoo.fields import Command


class DemoBondedReturn(models.AbstractModel):
    """A customer in a bonded zone wants sixty drivers reworked: import/export has applied, customs has not answered."""

    _inherit = "cx.demo"

    @api.model
    def _tell_bonded_return(self):
        driver = self.env.ref("cx_complaint.product_driver")
        lot = self._lots(driver, "LED24-2609-Z")
        self._stock(driver, 60, lot)
        zone = self.env["res.partner"].create({
            "name": "Huangpu Lighting (Bonded Zone)", "is_company": True, "cx_needs_customs_contract": True,
            "email": "quality@huangpu-lighting.example.com", "phone": "+86 20 5555 0144",
            "city": "Guangzhou", "country_id": self.env.ref("base.cn").id,
        })
        self._warehouse().company_id.cx_has_bonded_trade = True
        order = self._sell(zone, driver, 60, {lot: 60}, days=21, invoiced=False)
        complaint = self._complain(
            {
                "summary": "Drivers hum above 40 °C", "partner_id": zone.id, "severity": "minor",
                "channel_id": self.env.ref("cx_complaint.channel_mail").id, "email": zone.email,
                "received_on": self._ago(4), "demand": "Rework all of them.",
                "reference_ids": [Command.create({"kind": "return_note", "number": "HPZ-R-118"})],
            },
            {
                "product_id": driver.id, "quantity": 60, "sale_line_id": order.order_line.id,
                "origin_move_id": order.picking_ids.move_ids.id, "lot_ids": [Command.set(lot.ids)],
                "name": "Audible hum", "detection_point": "production", "wish": "repair", "return_decision": "return",
            })
        complaint.action_confirm()
        rma = self._return(complaint, requirement=complaint.demand)
        contract = self._as("trade", self.env["cx.customs.contract"]).browse(
            self._as("trade", rma).action_apply_contract()["res_id"])
        contract.authority = "Huangpu Customs"
        contract.action_apply()
