from .dock_common import DockCommon
from .quality_common import QualityCommon


class ProfileCommon(DockCommon, QualityCommon):
    """Departments on duty, and the shipped orders of receiving to choose from; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.department"].search([("function", "in", ("planning", "warehouse", "after_sales"))]).active = False
        cls.env["cx.department"].create([
            {"name": function, "function": function, "duty_user_id": cls.users_by_login[login].id}
            for function, login in (
                ("planning", "cx_planning"), ("warehouse", "cx_warehouse"), ("after_sales", "cx_employee"))])
        cls.production = cls.env["cx.department"].create({"name": "Rework shop", "function": "production"})
        cls.aftersales = cls.warehouse.cx_aftersales_loc_id

    def _choose(self, code):
        """The company receives in this shipped order from now on."""
        self.env.company.cx_receipt_profile_id = self.env.ref(f"cx_complaint.receipt_profile_{code}")

    def _announced(self, quantity, product=None, **vals):
        """An authorised RMA whose parcel stands at the dock.

        :return: the RMA's line and the consignment of the clerk
        """
        rma = self._authorise(self._deliver(product or self.product, quantity), quantity)
        self._as("cx_service", rma).action_announce_consignment()
        consignment = self._as("cx_warehouse", rma.consignment_ids)
        consignment.write({"pieces_arrived": 1, **vals})
        consignment.action_arrive()
        return rma.line_ids, consignment

    def _stands_in(self, location, product=None):
        """What stands in a place by the books of stock."""
        return sum(self.env["stock.quant"].search([
            ("product_id", "=", (product or self.product).id), ("location_id", "=", location.id)]).mapped("quantity"))

    def _summaries(self, record, login):
        """What a person has to do about a record."""
        return self._todos(record, login).mapped("summary")

    def _carry_out(self, pickings):
        """The clerk validates transfers."""
        for picking in self._as("cx_warehouse", pickings):
            picking.move_ids.picked = True
            picking.button_validate()

    def _enter_and_place(self, consignment):
        """The clerk enters that there are no papers, and the parcel is placed."""
        consignment.is_without_papers = True
        consignment.action_enter_papers()
        consignment.action_place()
