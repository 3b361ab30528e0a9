from odoo import api, fields, models
from odoo.fields import Command


class DemoRateFirst(models.AbstractModel):
    """A dealer's season starts: lamps are wanted back on his shelves at once, so planning plans from a sample.

    A second return waits for its rate. In a third one some units were broken by use, which sales negotiates, and some
    go back to the vendor they were bought from.
    """

    _inherit = "cx.demo"

    @api.model
    def _tell_rate_first(self):
        ref = self.env.ref
        lamp, clamp = ref("cx_complaint.product_lamp"), ref("cx_complaint.product_clamp")
        self._stock(lamp, 90)
        self._stock(clamp, 40)
        lamps = self._sell(ref("cx_complaint.partner_north"), lamp, 60, days=25).picking_ids.move_ids
        clamps = self._sell(ref("cx_complaint.partner_north"), clamp, 30, days=25).picking_ids.move_ids
        self._tell_planned_from_rate(lamps)
        self._replenished_at_once(clamps, 16, "Clamps lose their grip")
        self._tell_negotiated(lamps)

    def _replenished_at_once(self, sold, quantity, summary):
        """Received goods whose customer waits for other ones.

        :return: the RMA line
        """
        line = self._sent_back(sold, quantity, summary)
        self._as("sales", line.rma_id).write({
            "is_replenishment_wanted": True, "limit_date": fields.Date.add(fields.Date.today(), days=12)})
        return line

    def _sent_back(self, sold, quantity, summary):
        complaint = self._complain(
            {
                "summary": summary, "partner_id": sold.partner_id.id, "email": sold.partner_id.email,
                "channel_id": self.env.ref("cx_complaint.channel_mail").id, "received_on": self._ago(6),
            },
            {
                "product_id": sold.product_id.id, "quantity": quantity, "origin_move_id": sold.id,
                "sale_line_id": sold.sale_line_id.id, "defect_id": self.env.ref("cx_complaint.defect_function").id,
                "name": summary, "detection_point": "incoming", "wish": "exchange", "return_decision": "return",
            })
        complaint.action_confirm()
        rma = self._return(complaint)
        self._receive(rma)
        return rma.line_ids

    def _tell_planned_from_rate(self, sold):
        """Eight of twenty-four are looked at: two can be reworked, one is scrap. Planning need not wait for the rest."""
        line = self._replenished_at_once(sold, 24, "Lamps flicker when dimmed")
        self._inspect(line, self._finding("rework", 2, "function"), self._finding("scrap", 1, "damage"),
                      mode="sample", sample_qty=8)
        action = self._as("planning", line).action_plan_from_rate()
        today = fields.Date.today()
        self._as("planning", self.env["cx.plan.rate"]).with_context(**action["context"]).create({
            "promised_date": fields.Date.add(today, days=3),
            "workcenter_id": self.env.ref("cx_complaint.workcenter_rework").id,
            "start_date": fields.Date.add(today, days=2), "finish_date": fields.Date.add(today, days=6),
        }).action_plan()

    def _tell_negotiated(self, sold):
        """Six are good, two broke in use and wait for the customer's answer, two go back to their vendor."""
        vendor = self.env["res.partner"].create({"name": "Foshan Lamp Works", "is_company": True})
        sold.product_id.seller_ids = [Command.create({"partner_id": vendor.id, "price": 12.0})]
        line = self._sent_back(sold, 10, "Ten lamps do not light up")
        self._inspect(line, self._finding("good", 6), self._finding("user_damage", 2, "damage", note="Run at 48 V"))
        disposition = self._as("quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 2, "destination": "vendor",
            "reason": "Base not soldered: a fault of the vendor's"})
        disposition.action_approve()
        disposition.action_execute()
