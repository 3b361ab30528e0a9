from odoo import api, models
from odoo.fields import Command


class DemoVehicle(models.AbstractModel):
    """A hospital's van that keeps coming back to the workshop: served, never sold from stock."""

    _inherit = "cx.demo"

    @api.model
    def _tell_vehicle(self):
        """Three visits in three weeks, an earlier complaint, and one more today."""
        ref = self.env.ref
        vehicle = ref("cx_complaint.object_kind_vehicle")
        ref("base.main_company").write({"cx_uses_objects": True, "cx_object_kind_id": vehicle.id})
        self._as("manager", self.env["cx.warranty.rule"]).create({
            "name": "Vehicles sold by us", "object_kind_id": vehicle.id, "start": "delivery", "product_length": 24,
            "labour_length": 24})
        partner = ref("cx_complaint.partner_harbour")
        van = self._as("service", self.env["cx.object"]).create({
            "kind_id": vehicle.id, "identifier": "MA·7KX 204", "name": "Transit ambulance van", "partner_id": partner.id,
            "contact_name": "Dana Reyes, transport", "brand": "Ford",
            "event_ids": [Command.create(self._happened(*event)) for event in (
                ("purchased", 300, "Sold by our branch"), ("delivered", 293, False),
                ("shop_visit", 20, "Rear door does not lock"), ("left_workshop", 19, "Lock adjusted"),
                ("shop_visit", 11, "Rear door again"), ("repaired", 10, "Lock replaced"),
                ("shop_visit", 3, "Rear door rattles"))],
        })
        vals = {"partner_id": partner.id, "channel_id": ref("cx_complaint.channel_phone").id,
                "category_id": ref("cx_complaint.category_service").id, "caller_name": "Dana Reyes, transport"}
        self._complain(
            {**vals, "summary": "Rear door of the van does not lock after the service", "received_on": self._ago(12)},
            {"object_id": van.id, "name": "Rear door does not lock", "wish": "repair"})
        self._complain(
            {**vals, "summary": "Third visit and the rear door still rattles", "received_on": self._ago(1)},
            {"object_id": van.id, "name": "Rear door rattles", "wish": "repair",
             "service_event_id": van.event_ids.sorted("date")[-1:].id})

    def _happened(self, kind, days, note):
        return {"kind_id": self.env.ref(f"cx_complaint.service_event_kind_{kind}").id, "date": self._ago(days).date(),
                "note": note, "place": "Quay Street workshop" if kind in ("shop_visit", "repaired") else False}
