from odoo.exceptions import UserError
from odoo.tests import new_test_user

from .dock_common import DockCommon


class DockScreenCommon(DockCommon):
    """A clerk who may work at the dock and has no stock rights at all; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.clerk = new_test_user(cls.env, "dock_clerk", groups="cx_complaint.group_warehouse")
        cls.dock = cls.env["cx.dock"].with_user(cls.clerk)
        cls.product.barcode = "4006381333931"

    def _announce(self, *rmas, waybill="WB 1", **vals):
        rma = self.env["cx.rma"].concat(*rmas)
        consignment = self._as("cx_service", self.Consignment).create({
            "waybill": waybill, "partner_id": rma[:1].partner_id.id, "rma_ids": rma.ids, **vals})
        consignment.action_announce()
        return consignment

    def _scan(self, consignment, code, counts=(), asked=None):
        return self.dock.scan(consignment.id, code, list(counts), asked)

    def _place(self, consignment, counts, token="token-0001", pieces=1, **facts):
        answer = self.dock.place(consignment.id, counts, {"pieces_arrived": pieces, **facts}, token)
        self.env.invalidate_all()
        return answer["screen"]

    def _assert_not_placed(self, message, consignment, counts, **facts):
        """The count is refused with this sentence, as a whole."""
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            self._place(consignment, counts, **facts)

    def _count(self, rma_or_line, quantity, **vals):
        """An entry of what is expected of an RMA of one line."""
        line = rma_or_line.line_ids if rma_or_line._name == "cx.rma" else rma_or_line
        return {"move_id": line._open_receipt_moves().id, "quantity": quantity, **vals}
