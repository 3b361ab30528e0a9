from odoo import Command

from .returns_common import ReturnsCommon


class DockCommon(ReturnsCommon):
    """A dock where parcels arrive, customer service and quality on duty; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["cx.department"].search([("function", "in", ("service", "quality", "management"))]).active = False
        cls.env["cx.department"].create([
            {"name": "Service", "function": "service", "duty_user_id": cls.users_by_login["cx_service"].id},
        ])
        cls.quality = cls.env["cx.department"].create(
            {"name": "Quality", "function": "quality", "duty_user_id": cls.users_by_login["cx_quality"].id})
        cls.unidentified = cls.env.ref("cx_complaint.product_unidentified")
        cls.Consignment = cls.env["cx.consignment"]
        cls.others = cls.env["stock.move"].search(cls.env["stock.move"]._cx_domain_unassigned())

    def _parcel(self, partner=None, **vals):
        """A parcel that nobody announced, at the dock."""
        consignment = self._as("cx_warehouse", self.Consignment).create({
            "waybill": "1Z 999", "partner_id": (self.customer if partner is None else partner).id,
            "pieces_arrived": 1, **vals})
        consignment.action_arrive()
        return consignment

    def _receive_without_rma(self, consignment, *goods, **line_vals):
        """The clerk takes ``(product, quantity)`` pairs into quarantine that belong to no RMA.

        :return: the receipts' moves
        """
        before = consignment.picking_ids.move_ids
        self._as("cx_warehouse", self.env["cx.consignment.receive"]).create({
            "consignment_id": consignment.id,
            "line_ids": [Command.create({"product_id": product.id, "quantity": quantity, **line_vals})
                         for product, quantity in goods],
        }).action_receive()
        return (consignment.sudo().picking_ids.move_ids - before).with_user(self.env.user)

    def _unassigned(self):
        """The queue of customer service, without what stood in it before the test."""
        return self.env["stock.move"].search(self.env["stock.move"]._cx_domain_unassigned()) - self.others

    def _in_quarantine(self, product, owner=None):
        """What stands in the tree by the books of stock, of one owner where he is named."""
        domain = [("product_id", "=", product.id), ("location_id.cx_warehouse_id", "=", self.warehouse.id)]
        if owner is not None:
            domain.append(("owner_id", "=", owner.id))
        return sum(self.env["stock.quant"].search(domain).mapped("quantity"))

    def _todos(self, record, login):
        return record.activity_ids.filtered(lambda activity: activity.user_id == self.users_by_login[login])

    def _assert_refused(self, code, line, moves):
        """The line may not adopt the moves for this reason."""
        self.assertIn(code, [blocker.code for blocker in line._blockers_adopt(moves)])
