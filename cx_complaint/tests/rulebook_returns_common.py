from .returns_common import ReturnsCommon
from .rulebook_common import RulebookCommon


class RulebookReturnsCommon(RulebookCommon, ReturnsCommon):
    """A procedure about returned goods: from the delivery to the quarantine; no test methods."""

    def complain_goods(self, quantity=5, at=None, product=None, **vals):
        """Deliver, and complain of all of it: it is to come back."""
        move = self._deliver(product or self.product, quantity)
        return self.complain(at=at, line_ids=[(0, 0, {
            "product_id": move.product_id.id, "origin_move_id": move.id, "quantity": quantity, "wish": "repair",
            "return_decision": "return"})], **vals)

    def ask_return(self):
        """The return is asked for."""
        self.rma = self._draft(self.complaint.line_ids)
        return self.rma

    def authorise(self):
        self.ask_return()
        self.rma.action_authorise()

    def receive(self):
        """The goods are in quarantine."""
        self._receive(self.rma.picking_ids)
        self.complaint.invalidate_recordset()
        self.line = self.rma.line_ids

    def decide(self, work="rework", **vals):
        """What happens to the goods is approved."""
        self.goods = self.env["cx.disposition"].create({
            "rma_line_id": self.line.id, "quantity": self.line.received_qty, "work": work, **vals})
        self.goods.action_approve()
        self.complaint.invalidate_recordset()
