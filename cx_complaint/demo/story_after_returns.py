import base64

from odoo import api, models
from odoo.fields import Command
from odoo.tools import file_open


class DemoAfterReturns(models.AbstractModel):
    """A clinic has deducted a pump from its payment: repaired, it is ours, and an employee may buy it.

    Two lamps that came back in opened cartons are good and no longer sold as new: they go out of discount stock.
    """

    _inherit = "cx.demo"

    @api.model
    def _tell_after_returns(self):
        grade = self.env["cx.grade"].create({
            "name": "Opened or repaired", "code": "B", "discount": 30.0, "internal_discount": 60.0})
        self._tell_internal_sale(grade)
        self._tell_discount_sale()

    def _tell_internal_sale(self, grade):
        pump = self.env.ref("cx_complaint.product_pump")
        unit = self._lots(pump, "P7-000388")
        self._stock(pump, 1, unit)
        self._stock(self.env.ref("cx_complaint.product_seal"), 1)
        line = self._come_back("Pump deducted from the payment", pump, 1, unit)
        dispositions = self._as("quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 1, "work": "repair", "destination": "internal",
            "lot_ids": [Command.set(unit.ids)], "scheme_id": self.env.ref("cx_complaint.scheme_pump_seal").id})
        dispositions.action_approve()
        self._as("planning", dispositions).action_execute()
        dispositions = dispositions.sudo()
        self._finish(dispositions.production_ids)
        self._as("quality", dispositions).action_release()
        self._transfer(dispositions)
        items = self._as("finance", self.env["cx.internal.sale.item"])
        items.action_collect()
        item = items.search([("lot_id", "=", unit.id)])
        with file_open("cx_complaint/static/img/demo_pump.png", "rb") as photo:
            item.write({
                "grade_id": grade.id, "image_1920": base64.b64encode(photo.read()),
                "condition": "Returned once, new seal set, leak test passed.\nA scratch at the foot."})
        item.action_publish()

    def _tell_discount_sale(self):
        lamp = self.env.ref("cx_complaint.product_lamp")
        self._stock(lamp, 2)
        line = self._come_back("Cartons opened by the dealer", lamp, 2)
        disposition = self._as("quality", self.env["cx.disposition"]).create({
            "rma_line_id": line.id, "quantity": 2, "destination": "discount"})
        disposition.action_approve()
        disposition.action_execute()
        self._transfer(disposition.sudo())
        rates = self._as("finance", self.env["cx.discount.rate"])
        rates.action_collect()
        rates.search([("product_id", "=", lamp.id)]).discount = 30.0
        self.env["sale.order"].create({
            "partner_id": self.env.ref("cx_complaint.partner_north").id,
            "user_id": self.env.ref("cx_complaint.user_sales").id, "warehouse_id": self._warehouse().id,
            "order_line": [Command.create({"product_id": lamp.id, "product_uom_qty": 1, "cx_from_discount": True})]})

    def _come_back(self, summary, product, quantity, unit=None):
        """Sold, delivered and received back as ours.

        :return: the RMA line
        """
        partner = self.env.ref("cx_complaint.partner_pearl")
        order = self._sell(partner, product, quantity, unit and {unit: 1}, days=60)
        complaint = self._complain(
            {"summary": summary, "partner_id": partner.id, "received_on": self._ago(12),
             "channel_id": self.env.ref("cx_complaint.channel_mail").id, "email": partner.email},
            {"product_id": product.id, "quantity": quantity, "sale_line_id": order.order_line.id,
             "origin_move_id": order.picking_ids.move_ids.id, "lot_ids": [Command.set(unit.ids if unit else [])],
             "name": summary, "wish": "credit", "return_decision": "return"})
        complaint.action_confirm()
        rma = self._return(complaint)
        self._tell(rma, "SF Express", f"SF-{rma.id:06d}")
        self._receive(rma)
        return rma.line_ids
