from odoo.fields import Command

from .common import CxCommon


class ObjectsCommon(CxCommon):
    """A company that serves vehicles, sites and purchases."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.write({"cx_uses_objects": True, "cx_object_kind_id": False, "cx_visit_days": 30,
                               "cx_repeat_days": 90})
        cls.vehicle, cls.site, cls.purchase = (
            cls.env.ref(f"cx_complaint.object_kind_{kind}") for kind in ("vehicle", "site", "purchase"))

    @classmethod
    def _event_kind(cls, name):
        return cls.env.ref(f"cx_complaint.service_event_kind_{name}")

    def _object(self, identifier, kind=None, login="cx_service", **vals):
        return self._as(login, self.env["cx.object"]).create({
            "identifier": identifier, "kind_id": (kind or self.vehicle).id, "partner_id": self.customer.id, **vals})

    def _happen(self, one, kind, *days, login="cx_service"):
        return self._as(login, self.env["cx.service.event"]).create([
            {"object_id": one.id, "kind_id": self._event_kind(kind).id, "date": day} for day in days])

    def _complain(self, one=None, received_on="2026-06-15 10:00:00", line=None, **vals):
        lines = [Command.create({"object_id": one.id, "name": "Rattles", **(line or {})})] if one else []
        return self._as("cx_service", self.env["cx.complaint"]).create({
            "summary": "It rattles", "partner_id": self.customer.id, "received_on": received_on, "line_ids": lines,
            **vals})
