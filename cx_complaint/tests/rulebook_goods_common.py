from odoo import fields

from .rework_common import ReworkCommon
from .rulebook_common import RulebookCommon


class RulebookGoodsCommon(RulebookCommon, ReworkCommon):
    """Goods that come back under a rulebook, step by step; no test methods."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.verdict_rework = cls.env.ref("cx_complaint.verdict_rework")

    def complain_of_goods(self, quantity=1.0, ask=True, **vals):
        """A complaint about delivered goods, and the return that is asked for.

        :param ask: whether it is asked for at once; see :meth:`ask_return`
        """
        self._put_in_stock(self.product, quantity)
        delivered = self._sell((self.product, quantity)).picking_ids.move_ids
        self.complain(line_ids=[(0, 0, {
            "product_id": self.product.id, "origin_move_id": delivered.id, "quantity": quantity,
            "return_decision": "return", "wish": "exchange"})], **vals)
        return self.ask_return() if ask else None

    def ask_return(self):
        """The return is asked for."""
        self.complaint.action_create_rma()
        self.line = self.complaint.rma_line_ids
        self.rma = self.line.rma_id
        self._refresh()
        return self.line

    def see_on_site(self, login="cx_sales", result="confirmed", found=False, call=False, **vals):
        """Somebody went to the customer and saw the goods; ``call``: who goes along is asked before."""
        check = self._as(login, self.env["cx.site.check"].browse(
            self._as(login, self.complaint).action_confirm_on_site()["res_id"]))
        check.line_ids.write({"result": result, "found": found})
        check.write({"confirmed_on": fields.Datetime.now(), "party": "company", "finding": "Seen there", **vals})
        if call:
            check.action_call()
        check.action_finish()
        self._refresh()
        return check

    def authorise(self):
        """The return is authorised: goods may come."""
        self.line.rma_id.action_authorise()
        self._refresh()

    def receive(self):
        """All of it is in quarantine."""
        self._receive(self.line, self.line.quantity)
        self._refresh()

    def inspect(self, verdict="rework"):
        """Quality has inspected it: all of it has this verdict, and is to be reworked unless it is said otherwise."""
        self._as("cx_quality", self.line).action_inspect()
        inspection = self._as("cx_quality", self.line.inspection_ids)
        inspection.line_ids = [(0, 0, {
            "verdict_id": self.env.ref(f"cx_complaint.verdict_{verdict}").id, "quantity": self.line.quantity})]
        inspection.action_finish()
        self._refresh()

    def decide_rework(self):
        """What quality proposed is approved."""
        self.disposition = self.line.disposition_ids
        self._as("cx_quality", self.disposition).action_approve()
        self._refresh()

    def order_rework(self):
        """The order is there."""
        self._execute(self.disposition)
        self._refresh()

    def rework(self):
        """The order is done."""
        self._finish(self.disposition.production_ids)
        self._refresh()

    def release(self):
        """Reworked goods passed the check and are back in stock."""
        self._as("cx_quality", self.disposition).action_release()
        self.disposition._open_leaving_moves().picking_id.button_validate()
        self._refresh()

    def _refresh(self):
        self.env.flush_all()
        self.env.invalidate_all()
